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
 *
 * @param audience `author` also sees the leaves of a template that are {@link Sensitive.readable}, and integers as they are: as `bigint`
 *   where a number of JavaScript would round them. For everyone else such an integer is a text.
 */
export function toPrintable(value: Value, audience: "everyone" | "author" = "everyone"): Printable {
  if (typeof value === "string") return looksLikeCredential(value) ? SECRET_TEXT : value;
  if (typeof value === "bigint") return printableInteger(value, audience);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Unknown) return { unknown: value.reason };
  if (value instanceof Sensitive)
    return audience === "author" && value.readable ? toPrintable(value.value) : SECRET_TEXT;
  if (isArray(value)) return value.map((item) => toPrintable(item, audience));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, toPrintable(item, audience)]));
}

function printableInteger(value: bigint, audience: "everyone" | "author"): Printable {
  if (Number.isSafeInteger(Number(value))) return Number(value);
  return audience === "author" ? value : value.toString();
}
