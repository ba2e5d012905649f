import { GateError } from "../../diagnostics/gate-error.ts";
import { Unknown, type Value } from "../../expression/value.ts";
import { isJsonObject, type Json } from "./json.ts";

/** Deepest nesting of a body. ARM itself refuses templates far below it. */
const MAX_DEPTH = 200;

/** @throws GateError SOURCE_TOO_DEEP when `json` is nested deeper than any Azure resource */
export function checkDepth(json: Json | undefined, depth = 0): void {
  if (typeof json !== "object" || json === null) return;
  if (depth > MAX_DEPTH)
    throw new GateError("SOURCE_TOO_DEEP", `a resource body is nested more than ${MAX_DEPTH} levels deep`);
  for (const item of Array.isArray(json) ? json : Object.values(json)) checkDepth(item, depth + 1);
}

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
  return holdsExpression(json) ? convert(json, live) : json;
}

function expressionOrText(text: string): Value {
  if (text.startsWith("[[")) return text.slice(1);
  return new Unknown("unresolved-expression", text.replace(/^\[(?<inner>.*)\]$/s, "$<inner>"));
}

/** Most bodies hold none and are used as they are, without a copy. */
function holdsExpression(json: Json): boolean {
  if (typeof json === "string") return json.startsWith("[");
  if (typeof json !== "object" || json === null) return false;
  return (Array.isArray(json) ? json : Object.values(json)).some(holdsExpression);
}

function convert(json: Json, live: Json | undefined): Value {
  if (Array.isArray(json))
    return json.map((item, index) => toValue(item, Array.isArray(live) ? live[index] : undefined));
  const members = isJsonObject(json) ? Object.entries(json) : [];
  return Object.fromEntries(
    members.map(([name, item]) => [name, toValue(item, isJsonObject(live) ? live[name] : undefined)]),
  );
}
