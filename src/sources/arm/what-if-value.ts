import { GateError } from "../../diagnostics/gate-error.ts";
import { Unknown, type Value } from "../../expression/value.ts";
import { isJsonObject, type Json } from "./json.ts";

/** Deepest nesting of a body. ARM itself refuses templates far below it. */
const MAX_DEPTH = 200;

/**
 * Whether a text below `json` may be an expression. Looks at everything, so it also holds the limit on nesting.
 *
 * @throws GateError SOURCE_TOO_DEEP when `json` is nested deeper than any Azure resource
 */
export function holdsExpression(json: Json | undefined, depth = 0): boolean {
  if (typeof json === "string") return json.charCodeAt(0) === OPENING_BRACKET;
  if (typeof json !== "object" || json === null) return false;
  if (depth > MAX_DEPTH)
    throw new GateError("SOURCE_TOO_DEEP", `a resource body is nested more than ${MAX_DEPTH} levels deep`);
  let found = false;
  for (const item of Array.isArray(json) ? json : Object.values(json))
    found = holdsExpression(item, depth + 1) || found;
  return found;
}

const OPENING_BRACKET = 0x5b;

/**
 * A body of a what-if as values. What-if leaves an expression where it cannot work out a value, so a text in square brackets is
 * unknown; `[[` escapes a bracket. The exception is a text that stands in `live` (the body read from the resource) at the same place:
 * nothing read from a resource is an expression.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-what-if#see-results
 */
export function toValue(json: Json, live: Json | undefined): Value {
  if (typeof json === "string") return json.startsWith("[") && json !== live ? expressionOrText(json) : json;
  if (typeof json !== "object" || json === null) return json;
  return convert(json, live);
}

function expressionOrText(text: string): Value {
  if (text.startsWith("[[")) return text.slice(1);
  return new Unknown("unresolved-expression", text.replace(/^\[(?<inner>.*)\]$/s, "$<inner>"));
}

function convert(json: Json, live: Json | undefined): Value {
  if (Array.isArray(json))
    return json.map((item, index) => toValue(item, Array.isArray(live) ? live[index] : undefined));
  const members = isJsonObject(json) ? Object.entries(json) : [];
  return Object.fromEntries(
    members.map(([name, item]) => [name, toValue(item, isJsonObject(live) ? live[name] : undefined)]),
  );
}
