import { isObject, Unknown, type Value } from "../../expression/value.ts";
import { CHANGE_TYPES, type ChangeType } from "../../plan/change-type.ts";
import { markSecrets } from "../../plan/mark-secrets.ts";
import type { NotAnalysed } from "../../plan/plan.ts";
import type { PlannedResource } from "../../plan/planned-resource.ts";
import { parseResourceId, type ResourceId } from "../../plan/resource-id.ts";
import { isJsonObject, type Json, textOf } from "./json.ts";
import { holdsExpression, toValue } from "./what-if-value.ts";

interface ChangeContext {
  /** Position in its list, zero-based, to name a change that has no name of its own. */
  readonly index: number;
  readonly potential: boolean;
  /** A diagnostic said that not every nested deployment was expanded. */
  readonly expansionIncomplete: boolean;
}

interface ReadChange {
  readonly resource?: PlannedResource;
  readonly notAnalysed?: NotAnalysed;
}

type JsonObject = Readonly<Record<string, Json>>;

/**
 * One entry of `changes` or `potentialChanges`. What the service could not look into is kept with an unknown body and listed as not
 * analysed; an entry that names neither an id nor a type is only listed.
 */
export function readChange(json: unknown, context: ChangeContext): ReadChange {
  if (!isJsonObject(json))
    return { notAnalysed: { resource: `change ${context.index + 1}`, reason: "it is not an object" } };
  const identity = identityOf(json);
  const name = textOf(json["resourceId"]) ?? identity?.type ?? `change ${context.index + 1}`;
  if (identity === undefined)
    return { notAnalysed: { resource: name, reason: "it names neither a resource id nor a type" } };
  const { changeType, problem } = changeTypeOf(json, context);
  const outside = changeType === "ignore" && problem === undefined;
  const shown = shownBodies(json);
  const after = problem === undefined ? afterOf(shown, changeType) : new Unknown("not-analysed");
  const resource: PlannedResource = {
    ...identity,
    address: null,
    apiVersion: memberText(json, "apiVersion") ?? null,
    changeType,
    potential: context.potential,
    outside,
    before: markSecrets(identity.type, beforeOf(shown, changeType)),
    after: markSecrets(identity.type, after),
    dependsOn: [],
  };
  const reason = problem ?? (isHidden(resource) ? "the result does not show its properties" : undefined);
  return reason === undefined ? { resource } : { resource, notAnalysed: { resource: name, reason } };
}

function isHidden({ outside, after }: PlannedResource): boolean {
  return !outside && after instanceof Unknown;
}

function identityOf(json: JsonObject): Pick<PlannedResource, "id" | "type" | "name"> | undefined {
  const written = textOf(json["resourceId"]) ?? memberText(json, "id");
  const id = written === undefined ? null : parseResourceId(written);
  const type = memberText(json, "type") ?? textOf(json["resourceType"]) ?? id?.type;
  if (type === undefined) return undefined;
  return { id: id ?? unknownId(written), type, name: nameOf(json, id) };
}

/** An id that is an expression (`Unsupported` changes have them), or none at all (resources of extensions). */
function unknownId(written: string | undefined): Unknown {
  if (written === undefined) return new Unknown("not-reported");
  return new Unknown("unresolved-expression", written.replace(/^\[(?<inner>.*)\]$/s, "$<inner>"));
}

function nameOf(json: JsonObject, id: ResourceId | null): string | Unknown {
  if (id !== null) return id.name;
  const name = memberText(json, "name");
  if (name === undefined) return identifierText(json["identifiers"]) ?? new Unknown("not-reported");
  return name.startsWith("[") ? new Unknown("unresolved-expression", name.slice(1, -1)) : name;
}

/** Extension resources are named by their identifiers: `displayName=app, uniqueName=app`. */
function identifierText(identifiers: Json | undefined): string | undefined {
  if (!isJsonObject(identifiers)) return undefined;
  const parts = Object.entries(identifiers).map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return parts.length === 0 ? undefined : parts.join(", ");
}

/** A text member of the body after the change, else of the one before. */
function memberText(json: JsonObject, name: string): string | undefined {
  for (const side of ["after", "before"]) {
    const body = json[side];
    const text = isJsonObject(body) ? textOf(body[name]) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

function changeTypeOf(json: JsonObject, context: ChangeContext): { changeType: ChangeType; problem?: string } {
  const written = textOf(json["changeType"]);
  const changeType = CHANGE_TYPES.find((type) => type.toLowerCase() === written?.toLowerCase());
  const unsupported = textOf(json["unsupportedReason"]);
  if (changeType === undefined)
    return { changeType: "unsupported", problem: `its change type is ${written ?? "missing"}` };
  if (changeType === "unsupported") return { changeType, problem: unsupported ?? "what-if does not support it" };
  if (changeType !== "ignore") return { changeType };
  if (unsupported !== undefined) return { changeType, problem: unsupported };
  // "Ignore" also stands for "not expanded"; which of the two only a complete expansion tells
  return context.expansionIncomplete
    ? { changeType, problem: "it may belong to a nested deployment that was not expanded" }
    : { changeType };
}

/** What a result shows of a resource: the live body, whose texts are literal, and the body to come. */
interface Shown {
  readonly live: Value | undefined;
  readonly coming: Value | undefined;
}

function shownBodies(json: JsonObject): Shown {
  const live = bodyOf(json, "before");
  const after = bodyOf(json, "after");
  holdsExpression(live); // for the limit on nesting; its texts are literal
  const values = holdsExpression(after) && after !== undefined ? toValue(after, live) : after;
  return { live, coming: values === undefined ? undefined : completed(values, json) };
}

function beforeOf({ live, coming }: Shown, changeType: ChangeType): Value {
  if (changeType === "create") return null;
  const unchanged = changeType === "noChange" || changeType === "ignore" ? coming : undefined;
  return live ?? unchanged ?? new Unknown(missingReason(changeType));
}

function afterOf({ live, coming }: Shown, changeType: ChangeType): Value {
  if (changeType === "delete") return null;
  const unchanged = changeType === "noChange" || changeType === "ignore" ? live : undefined;
  return coming ?? unchanged ?? new Unknown(missingReason(changeType));
}

function missingReason(changeType: ChangeType): "not-analysed" | "not-reported" {
  return changeType === "deploy" || changeType === "unsupported" ? "not-analysed" : "not-reported";
}

function bodyOf(json: JsonObject, side: string): JsonObject | undefined {
  const body = json[side];
  return isJsonObject(body) ? body : undefined;
}

/**
 * The body after a change, with `not-reported` in place of top-level members that the service's own delta speaks of and a result
 * without `before` does not show: a shortened document must not read as an empty one.
 */
function completed(after: Value, json: JsonObject): Value {
  const { before, delta } = json;
  if (!Array.isArray(delta) || isJsonObject(before) || !isObject(after)) return after;
  const members = new Map<string, Value>(Object.entries(after));
  for (const entry of delta) {
    const deleted = isJsonObject(entry) && textOf(entry["propertyChangeType"])?.toLowerCase() === "delete";
    const top = isJsonObject(entry) && !deleted ? textOf(entry["path"])?.split(".", 1)[0] : undefined;
    if (top !== undefined && !members.has(top)) members.set(top, new Unknown("not-reported"));
  }
  return Object.fromEntries(members);
}
