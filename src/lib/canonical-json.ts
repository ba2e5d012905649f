import { compareText } from "./compare-text.ts";

/** JSON as `canonicalJson` takes it: what is not a plain scalar, array or object has been replaced before. */
export type CanonicalInput =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly CanonicalInput[]
  | { readonly [name: string]: CanonicalInput };

/**
 * JSON with members in the order of their names and no white space: equal values have equal texts, however they were written.
 *
 * @example canonicalJson({ b: 1, a: [true] }) // '{"a":[true],"b":1}'
 */
export function canonicalJson(value: CanonicalInput): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => compareText(a, b));
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${canonicalJson(item)}`).join(",")}}`;
}
