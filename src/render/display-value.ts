import type { Printable } from "./printable.ts";
import { cut } from "./shorten.ts";

/** A value as one short line: JSON, with an unknown as `unknown (REASON)`, cut after `maxChars` characters. */
export function displayValue(value: Printable, maxChars = 100): string {
  if (value === null) return "not set";
  const reason = unknownReason(value);
  const text = reason === null ? jsonOf(value, maxChars) : `unknown (${reason})`;
  return text.length > maxChars ? `${cut(text, maxChars - 1)}…` : text;
}

/** Why a value is not known; `null` when it is known. */
export function unknownReason(value: Printable): string | null {
  return isUnknown(value) ? value["unknown"] : null;
}

/** JSON, of a long text only as much as will be shown. */
function jsonOf(value: Printable, maxChars: number): string {
  if (typeof value === "string" && value.length > maxChars)
    return JSON.stringify(value.slice(0, maxChars + 1)).slice(0, -1);
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

function isUnknown(value: Printable): value is { readonly unknown: string } & Printable {
  return (
    typeof value === "object" &&
    value !== null &&
    "unknown" in value &&
    typeof value["unknown"] === "string" &&
    Object.keys(value).length === 1
  );
}
