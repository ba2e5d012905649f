import type { CanonicalInput } from "../lib/canonical-json.ts";
import { isArray, Sensitive, Unknown, type Value } from "./value.ts";

/**
 * `value` in a form that is compared as text: an unknown by the expression that would give it, a secret by nothing of it. Member names
 * that could be taken for either are escaped.
 */
export function toCanonical(value: Value): CanonicalInput {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Unknown) return { $unknown: value.expression ?? value.reason };
  if (value instanceof Sensitive) return { $secret: true };
  if (isArray(value)) return value.map(toCanonical);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name.startsWith("$") ? `$${name}` : name, toCanonical(item)]),
  );
}
