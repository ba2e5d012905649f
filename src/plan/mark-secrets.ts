import { isArray, isObject, Sensitive, Unknown, type Value } from "../expression/value.ts";
import { sameText } from "../lib/arm-text.ts";
import { lookUp } from "../lib/look-up.ts";
import { OFTEN_SECRET_PATHS, SECRET_PATHS } from "./secret-paths.ts";

/**
 * `body` with every leaf marked that its type declares secret or that often holds a secret, also where a member is written twice in
 * different letter case. Bodies of other types come back as they are; nothing is changed in place.
 *
 * @param writtenBy who wrote the body. A what-if says nothing about secrets. In a template what its author left unmarked at a place that
 *   holds other things, too, stays readable in the plan.
 */
export function markSecrets(type: string, body: Value, writtenBy: "service" | "template" = "service"): Value {
  const key = type.toLowerCase();
  let marked = body;
  for (const steps of lookUp(SECRET_PATHS, key) ?? []) marked = markAt(marked, { steps, readable: false });
  const readable = writtenBy === "template";
  for (const steps of lookUp(OFTEN_SECRET_PATHS, key) ?? []) marked = markAt(marked, { steps, readable });
  return marked;
}

interface Place {
  readonly steps: readonly string[];
  readonly readable: boolean;
}

function markAt(value: Value, place: Place, depth = 0): Value {
  const step = place.steps[depth];
  if (step === undefined) return markLeaves(value, place);
  if (step === "[]") return isArray(value) ? value.map((item) => markAt(item, place, depth + 1)) : value;
  if (!isObject(value)) return value;
  const marked: Record<string, Value> = { ...value };
  for (const name of Object.keys(value))
    if (step === "*" || sameText(name, step)) marked[name] = markAt(value[name] ?? null, place, depth + 1);
  return marked;
}

/** Marks every scalar below `value` that can hold a secret; objects and arrays keep their shape. */
function markLeaves(value: Value, place: Place): Value {
  if (value === null || value === "" || value instanceof Unknown || value instanceof Sensitive) return value;
  if (isArray(value)) return value.map((item) => markLeaves(item, place));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, markLeaves(item, place)]));
  return new Sensitive(value, null, place.readable);
}
