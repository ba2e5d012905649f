import { looksLikeCredential } from "../diagnostics/credentials.ts";
import { isArray, Sensitive, Unknown, type Value } from "../expression/value.ts";

/** JSON that may be shown to anybody: no unknowns, no secrets. */
export type Printable =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Printable[]
  | { readonly [name: string]: Printable };

/** What stands in the place of a secret. */
export const SECRET_TEXT = "«secret»";

/**
 * `value` as reports show it: an unknown as `{ "unknown": REASON }`, a secret leaf, or a text in the format of a credential, as
 * `«secret»`. Objects and arrays keep their shape.
 */
export function toPrintable(value: Value): Printable {
  if (typeof value === "string") return looksLikeCredential(value) ? SECRET_TEXT : value;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Unknown) return { unknown: value.reason };
  if (value instanceof Sensitive) return SECRET_TEXT;
  if (isArray(value)) return value.map(toPrintable);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPrintable(item)]));
}
