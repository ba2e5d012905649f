import type { Printable } from "./printable.ts";

/** A value as one short line: JSON, with an unknown as `unknown (REASON)`, cut after `maxChars` characters. */
export function displayValue(value: Printable, maxChars = 100): string {
  const text = isUnknown(value) ? `unknown (${value["unknown"]})` : value === null ? "not set" : JSON.stringify(value);
  return text.length > maxChars ? `${text.slice(0, maxChars - 1)}…` : text;
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
