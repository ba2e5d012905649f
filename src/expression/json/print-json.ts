import { ArmObject, type ArmScalar, type ArmValue, isArmArray } from "../arm-value.ts";
import { formatDouble } from "../dotnet/number-format.ts";
import { Sensitive, Unknown } from "../value.ts";

/**
 * A known value as compact JSON, the way `string()` prints arrays and objects.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string#string
 * @example printJson([1n, 1, "é"]) // '[1,1.0,"é"]'
 */
export function printJson(value: ArmValue): string {
  const parts: string[] = [];
  write(value, parts);
  return parts.join("");
}

/** A floating-point number as JSON: always with a point or an exponent. */
export function printFloat(value: number): string {
  if (!Number.isFinite(value)) return `"${formatDouble(value)}"`;
  const text = formatDouble(value);
  return /[.E]/.test(text) ? text : `${text}.0`;
}

function write(value: ArmValue, parts: string[]): void {
  if (isArmArray(value)) {
    parts.push("[");
    for (const [index, element] of value.entries()) {
      if (index > 0) parts.push(",");
      write(element, parts);
    }
    parts.push("]");
  } else if (value instanceof ArmObject) {
    writeObject(value, parts);
  } else {
    parts.push(scalar(value));
  }
}

function writeObject(value: ArmObject, parts: string[]): void {
  parts.push("{");
  let first = true;
  for (const [name, member] of value.members) {
    parts.push(first ? "" : ",", printString(name), ":");
    write(member, parts);
    first = false;
  }
  parts.push("}");
}

function scalar(value: ArmScalar | Sensitive | Unknown): string {
  if (value instanceof Sensitive) return scalar(value.value);
  if (value instanceof Unknown) return "null";
  if (typeof value === "string") return printString(value);
  return typeof value === "number" ? printFloat(value) : String(value);
}

// oxlint-disable-next-line no-control-regex -- these are the characters that JSON escapes
const ESCAPED = /["\\\0-\x1f\u0085\u2028\u2029]/g;
const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function printString(text: string): string {
  const escaped = text.replaceAll(ESCAPED, (character) => {
    return SHORT_ESCAPES.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}
