import { canonicalJson } from "../lib/canonical-json.ts";
import { Sensitive, Unknown, type Value } from "./value.ts";

/**
 * `value` as text that is the same for the same values: canonical JSON, with an unknown written as the expression that would give it and
 * nothing of a secret. Neither of the two is JSON, so no text from outside can pass for one.
 */
export function canonicalText(value: Value): string {
  return canonicalJson(value, textOfLeaf);
}

function textOfLeaf(value: object): string | undefined {
  if (value instanceof Unknown) return `unknown(${JSON.stringify(value.expression ?? value.reason)})`;
  return value instanceof Sensitive ? "secret()" : undefined;
}
