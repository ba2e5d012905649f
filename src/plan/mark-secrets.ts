import { isArray, isObject, Sensitive, Unknown, type Value, type ValueObject } from "../expression/value.ts";
import { sameText } from "../lib/arm-text.ts";
import { SECRET_PATHS } from "./secret-paths.ts";

/**
 * `body` with every leaf marked that its type declares secret, also where a member is written twice in different letter case. Bodies of
 * other types come back as they are; nothing is changed in place.
 */
export function markSecrets(type: string, body: Value): Value {
  const key = type.toLowerCase();
  if (!Object.hasOwn(SECRET_PATHS, key)) return body;
  let marked = body;
  for (const path of SECRET_PATHS[key] ?? []) marked = markAt(marked, path.replaceAll("[]", ".[]").split("."));
  return marked;
}

function markAt(value: Value, steps: readonly string[]): Value {
  const [step, ...rest] = steps;
  if (step === undefined) return markLeaves(value);
  if (step === "[]") return isArray(value) ? value.map((item) => markAt(item, rest)) : value;
  if (!isObject(value)) return value;
  const names = Object.keys(value).filter((name) => step === "*" || sameText(name, step));
  return names.length === 0
    ? value
    : withMembers(value, new Map(names.map((name) => [name, markAt(value[name] ?? null, rest)])));
}

function withMembers(object: ValueObject, replaced: ReadonlyMap<string, Value>): ValueObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, replaced.get(name) ?? value]));
}

/** Marks every scalar below `value`; objects and arrays keep their shape. */
function markLeaves(value: Value): Value {
  if (value === null || value instanceof Unknown || value instanceof Sensitive) return value;
  if (isArray(value)) return value.map(markLeaves);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, markLeaves(item)]));
  return new Sensitive(value);
}
