import { ExpressionFailure } from "../../../expression/failure.ts";
import { Unknown } from "../../../expression/value.ts";
import type { Resource } from "./model.ts";
import { placeOfNested } from "./nested-target.ts";
import { targetId } from "./target.ts";
import { joinTexts, type OpenText, partsOf, toOpenText } from "../../../expression/open-text.ts";

const RESOURCE_GROUP = /^Microsoft\.Resources\/resourceGroups$/i;
const LEGACY_EXTENSION = "/providers/";

/**
 * The id of a resource, letter case as written.
 *
 * @throws ExpressionFailure when name and type do not fit each other
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid
 */
export function resourceId(resource: Resource): OpenText {
  const type = resource.declaration.type.replace(/\/+$/, "");
  const { name } = resource;
  checkSegments(type, name);
  const scope = scopeId(resource);
  const at = type.toLowerCase().lastIndexOf(LEGACY_EXTENSION);
  if (at > 0) return legacyId({ type, name, scope, at });
  const isGroup =
    RESOURCE_GROUP.test(type) &&
    resource.frame.target.kind === "subscription" &&
    resource.member("scope") === undefined;
  if (isGroup) return joinTexts([scope, "/resourceGroups/", name]);
  const segments = segmentsOf(name);
  const fits = segments.length === type.split("/").length - 1;
  return joinTexts(fits ? [scope, ...path(type, segments)] : [scope, `/providers/${type}/`, opaque(name)]);
}

/** The id of what the resource extends, or of the scope that it is deployed to. */
function scopeId(resource: Resource): OpenText {
  const { frame, declaration } = resource;
  if (resource.isDeployment || declaration.isExisting) {
    const place = placeOfNested(resource);
    if (place !== null) return targetId(place);
  }
  if (resource.parent !== null && resource.member("scope") === undefined) return parentScope(resource);
  const scope = toOpenText(resource.member("scope"));
  if (scope === undefined || scope === "") return targetId(frame.target);
  if (scope === "/") return "";
  if (isFullId(scope)) return typeof scope === "string" ? scope.replace(/\/+$/, "") : scope;
  return joinTexts([targetId(frame.target), "/providers/", scope]);
}

/** Whether a scope is an id from the root on; a text of which nothing is known is taken for one. */
function isFullId(scope: OpenText): boolean {
  const [start] = partsOf(scope);
  return typeof start !== "string" || start.startsWith("/");
}

/** A child lies where its parent does. */
function parentScope({ parent, frame }: Resource): OpenText {
  if (parent === null) return targetId(frame.target);
  return scopeId(parent);
}

/** `/providers/Namespace/type/name/…` */
function path(type: string, segments: readonly (readonly OpenText[])[]): readonly OpenText[] {
  const [namespace = "", ...types] = type.split("/");
  return [`/providers/${namespace}`, ...types.flatMap((each, index) => [`/${each}/`, ...(segments[index] ?? [])])];
}

/** The segments of a name, empty ones left out as Resource Manager does; what is not known is taken for a part of one. */
function segmentsOf(name: OpenText): readonly (readonly OpenText[])[] {
  const segments: OpenText[][] = [[]];
  for (const part of partsOf(name)) {
    const pieces = typeof part === "string" ? part.split("/") : [part];
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) segments.push([]);
      segments.at(-1)?.push(piece);
    }
  }
  return segments.filter((segment) => segment.some((piece) => piece !== ""));
}

/** `a/providers/locks` named `x/Microsoft.Authorization/l` is the extension `Microsoft.Authorization/locks` of `a`. */
function legacyId({ type, name, scope, at }: { type: string; name: OpenText; scope: OpenText; at: number }): OpenText {
  const owner = type.slice(0, at);
  const ownTypes = type.slice(at + LEGACY_EXTENSION.length);
  const segments = segmentsOf(name);
  const count = owner.split("/").length - 1;
  const [[namespace] = [], ...own] = segments.slice(count);
  if (typeof namespace !== "string" || own.length !== ownTypes.split("/").length) {
    return joinTexts([scope, `/providers/${type}/`, opaque(name)]);
  }
  return joinTexts([scope, ...path(owner, segments.slice(0, count)), ...path(`${namespace}/${ownTypes}`, own)]);
}

/** A name that does not tell its segments: the id is unknown, and still the same for the same name. */
function opaque(name: OpenText): Unknown {
  return name instanceof Unknown
    ? new Unknown(name.reason, name.expression, name.sensitive)
    : new Unknown("not-analysed", `'${name}'`);
}

function checkSegments(type: string, name: OpenText): void {
  if (typeof name !== "string") return;
  const found = segmentsOf(name).length;
  const expected = type.split("/").length - 1;
  const isOne = expected === 1 && found === 1 && name.includes("/"); // its id cannot be made
  if ((found === expected && !isOne) || type.startsWith("[")) return;
  const fact = `The name '${name}' contains '${found}' name segment(s) separated by '/', but '${expected}' segment(s) were expected.`;
  throw new ExpressionFailure("value", `The name does not fit the type '${type}'. ${fact}`);
}
