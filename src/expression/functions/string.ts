import { type ArmValue, isArmArray, typeName } from "../arm-value.ts";
import { toLowerInvariant, toUpperInvariant } from "../dotnet/casing.ts";
import { printJson } from "../json/print-json.ts";
import { residualCall } from "../residual.ts";
import { Unknown } from "../value.ts";
import {
  argumentAt,
  type Call,
  checkResultLength,
  DOCUMENTATION,
  type FunctionDefinition,
  integerAt,
  refuse,
  textAt,
} from "./signature.ts";

const PAGE = `${DOCUMENTATION}-string`;
const MAX_PAD_WIDTH = 16n;
const WHITE_SPACE_ENDS =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;
const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/** String functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-string */
export const STRING: readonly FunctionDefinition[] = [
  affix("startsWith"),
  affix("endsWith"),
  {
    name: "like",
    parameters: ["String", "String"],
    secrets: "reveal",
    documentation: `${PAGE}#like`,
    evaluate: (call) => isLike(textAt(call, 0), textAt(call, 1)),
  },
  changed("toLower", toLowerInvariant),
  changed("toUpper", toUpperInvariant),
  {
    name: "trim",
    parameters: ["String"],
    documentation: `${PAGE}#trim`,
    evaluate: (call) => textAt(call, 0).replaceAll(WHITE_SPACE_ENDS, ""),
  },
  {
    name: "padLeft",
    parameters: ["any", "Integer", "String"],
    required: 2,
    checks: "when-known",
    unknowns: "inside",
    documentation: `${PAGE}#padleft`,
    evaluate: padLeft,
  },
  { name: "replace", parameters: ["String", "String", "String"], documentation: `${PAGE}#replace`, evaluate: replace },
  { name: "split", parameters: ["String", "any"], unknowns: "inside", documentation: `${PAGE}#split`, evaluate: split },
  { name: "string", parameters: ["any"], documentation: `${PAGE}#string`, evaluate: toText },
  {
    name: "substring",
    parameters: ["String", "Integer", "Integer"],
    required: 2,
    checks: "when-known",
    unknowns: "any",
    documentation: `${PAGE}#substring`,
    evaluate: substring,
  },
];

/**
 * Whether `text` has the form of `pattern`, letter case aside; `*` stands for any text, and nothing else has a meaning. Found with the
 * Bicep CLI 0.49.2.
 */
function isLike(text: string, pattern: string): boolean {
  const rest = toUpperInvariant(text);
  const pieces = toUpperInvariant(pattern).split("*");
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return rest === first;
  const end = rest.length - last.length;
  if (end < first.length || !rest.startsWith(first) || !rest.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = rest.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

/** `startsWith` and `endsWith`: linguistic, letter case aside. */
function affix(name: "startsWith" | "endsWith"): FunctionDefinition {
  return {
    name,
    parameters: ["String", "String"],
    unknowns: "any",
    secrets: "reveal",
    documentation: `${PAGE}#${name.toLowerCase()}`,
    evaluate(call) {
      const [text, part] = call.args;
      const { comparer, budget } = call.session;
      const guard = (cost: number): void => budget.spend(cost);
      if (text instanceof Unknown && typeof part === "string" && name === "startsWith") {
        const known = decidedByPrefix(text.prefix, part);
        return known ? comparer.startsWith(text.prefix, part, guard) : call.session.unknownCall(call, call.args);
      }
      if (text instanceof Unknown || part instanceof Unknown) return call.session.unknownCall(call, call.args);
      return comparer[name](textAt(call, 0), textAt(call, 1), guard);
    },
  };
}

/** Only plain text is sure to be compared character by character. */
function decidedByPrefix(prefix: string, part: string): boolean {
  return part !== "" && prefix.length > part.length && /^[ -~]*$/.test(prefix) && /^[ -~]*$/.test(part);
}

function changed(name: string, change: (text: string) => string): FunctionDefinition {
  return {
    name,
    parameters: ["String"],
    unknowns: "any",
    documentation: `${PAGE}#${name.toLowerCase()}`,
    evaluate(call) {
      const [text] = call.args;
      if (!(text instanceof Unknown)) return change(textAt(call, 0));
      const placeholder = text.placeholder === null ? {} : { placeholder: change(text.placeholder) };
      return residualCall(call, call.args, { prefix: change(text.prefix), ...placeholder });
    },
  };
}

function padLeft(call: Call): ArmValue {
  const value = argumentAt(call, 0);
  const width = integerAt(call, 1);
  const filler = call.args.length > 2 ? textAt(call, 2) : " ";
  const start = "Unable to evaluate template language function 'padLeft':";
  const syntax = "The syntax is padLeft(string, totalWidth [, paddingChar]).";
  if (typeof value !== "string" && typeof value !== "bigint") {
    const fact = `The source string must be a String or integer type, while '${typeName(value)}' was provided.`;
    refuse("type", `${start} the first parameter is invalid. ${fact} ${syntax}`);
  }
  if (width <= 0n || width > MAX_PAD_WIDTH) {
    const fact = `Total width must be a positive integer value and not greater than '${MAX_PAD_WIDTH}', while '${width}' was provided.`;
    refuse("value", `${start} the second parameter is invalid. ${fact} ${syntax}`);
  }
  if (filler.length !== 1) {
    const fact = `The padding character must be a single character, while '${filler}' was provided.`;
    refuse("value", `${start} the third parameter is invalid. ${fact} ${syntax}`);
  }
  return value.toString().padStart(Number(width), filler);
}

function replace(call: Call): ArmValue {
  const text = textAt(call, 0);
  const from = textAt(call, 1);
  const to = textAt(call, 2);
  if (from === "") {
    refuse("value", "The template language function 'replace' expects its second parameter to not be null or empty.");
  }
  const pieces = text.split(from);
  checkResultLength(call, text.length + (pieces.length - 1) * (to.length - from.length));
  return pieces.join(to);
}

function split(call: Call): ArmValue {
  const text = textAt(call, 0);
  const delimiters = delimitersOf(argumentAt(call, 1));
  if (delimiters === undefined) return call.session.unknownCall(call, call.args);
  call.session.budget.spend(text.length);
  const wanted = delimiters.filter((delimiter) => delimiter !== "");
  if (delimiters.length === 0) return text.split(WHITE_SPACE);
  const [only] = wanted;
  if (wanted.length <= 1) return only === undefined ? [text] : text.split(only);
  return splitAtAny(call, text, wanted);
}

/** `undefined` when one of them is unknown. */
function delimitersOf(value: ArmValue): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  const elements = isArmArray(value) ? value : [];
  const texts = elements.filter((element) => typeof element === "string");
  const unknown = elements.some((element) => element instanceof Unknown);
  const refused = isArmArray(value)
    ? elements.find((each) => typeof each !== "string" && !(each instanceof Unknown))
    : value;
  if (isArmArray(value) && refused === undefined) return unknown ? undefined : texts;
  const fact = `to be of type 'String or Array of Strings'. The provided value is of type '${typeName(refused ?? null)}'.`;
  return refuse("type", `The template language function 'split' expects its second parameter ${fact}`);
}

/** At each place the first delimiter that fits is taken. */
function splitAtAny(call: Call, text: string, delimiters: readonly string[]): readonly string[] {
  call.session.budget.spend(text.length * delimiters.length);
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length;) {
    const found = delimiters.find((delimiter) => text.startsWith(delimiter, at));
    if (found === undefined) {
      at += 1;
    } else {
      parts.push(text.slice(start, at));
      at += found.length;
      start = at;
    }
  }
  return [...parts, text.slice(start)];
}

function toText(call: Call): ArmValue {
  const value = argumentAt(call, 0);
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null || typeof value === "number") {
    const fact = `to be one of the following types 'Integer, String, Boolean, Object, Array'. The provided value is of type '${typeName(value)}'.`;
    refuse("type", `The template language function 'string' expects its first parameter ${fact}`);
  }
  const text = printJson(value);
  call.session.budget.spendText(text.length);
  return text;
}

function substring(call: Call): ArmValue {
  const [text, from, count] = call.args;
  if (call.args.some((arg) => arg instanceof Unknown)) {
    const known = text instanceof Unknown && typeof from === "bigint" && typeof count === "bigint";
    const inside =
      known && from >= 0n && count >= 0n && from + count <= BigInt(text.prefix.length) && text.prefix !== "";
    if (inside) return text.prefix.slice(Number(from), Number(from + count));
    return call.session.unknownCall(call, call.args);
  }
  return substringOf(textAt(call, 0), integerAt(call, 1), call.args.length > 2 ? integerAt(call, 2) : null);
}

function substringOf(text: string, index: bigint, length: bigint | null): string {
  const start = "Unable to evaluate the template language function 'substring'. The";
  const size = BigInt(text.length);
  if (index < 0n) refuse("value", `${start} index parameter cannot be less than zero. The index: '${index}'.`);
  if (index > size) {
    const fact = `The index parameter: '${index}', the length of the string parameter: '${size}'.`;
    refuse("value", `${start} index parameter cannot be larger than the length of the string. ${fact}`);
  }
  if (length === null) return text.slice(Number(index));
  if (length < 0n)
    refuse("value", `${start} length parameter cannot be less than zero. The length parameter: '${length}'.`);
  if (index + length > size) {
    const fact = `The index parameter: '${index}', the length parameter: '${length}', the length of the string parameter: '${size}'.`;
    refuse("value", `${start} index and length parameters must refer to a location within the string. ${fact}`);
  }
  return text.slice(Number(index), Number(index + length));
}
