import { isArray, isObject, Sensitive, Unknown, type Value } from "../expression/value.ts";
import { sameText } from "../lib/arm-text.ts";
import { lookUp } from "../lib/look-up.ts";
import { SECRET_PATHS } from "./secret-paths.ts";

/**
 * `body` with every leaf marked that its type declares secret, also where a member is written twice in different letter case. Bodies of
 * other types come back as they are; nothing is changed in place.
 */
export function markSecrets(type: string, body: Value): Value {
  const paths = lookUp(SECRET_PATHS, type.toLowerCase());
  if (paths === undefined) return body;
  let marked = body;
  for (const steps of paths) marked = markAt(marked, steps);
  return marked;
}

function markAt(value: Value, steps: readonly string[], depth = 0): Value {
  const step = steps[depth];
  if (step === undefined) return markLeaves(value);
  if (step === "[]") return isArray(value) ? value.map((item) => markAt(item, steps, depth + 1)) : value;
  if (!isObject(value)) return value;
  const marked: Record<string, Value> = { ...value };
  for (const name of Object.keys(value))
    if (step === "*" || sameText(name, step)) marked[name] = markAt(value[name] ?? null, steps, depth + 1);
  return marked;
}

/** Marks every scalar below `value`; objects and arrays keep their shape. */
function markLeaves(value: Value): Value {
  if (value === null || value instanceof Unknown || value instanceof Sensitive) return value;
  if (isArray(value)) return value.map(markLeaves);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, markLeaves(item)]));
  return new Sensitive(value);
}
