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
  const { type } = resource.declaration;
  const legacy = type.toLowerCase().lastIndexOf(LEGACY_EXTENSION);
  checkSegments(resource);
  if (legacy > 0) return legacyId(resource, legacy);
  const scope = scopeId(resource);
  const isGroup = RESOURCE_GROUP.test(type) && resource.frame.target.kind === "subscription" && resource.member("scope") === undefined;
  return isGroup ? joinTexts([scope, "/resourceGroups/", resource.name]) : joinTexts([scope, path(type, resource.name)]);
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
  const start = scope instanceof Unknown ? scope.prefix : scope;
  if (start.startsWith("/")) return typeof scope === "string" ? scope.replace(/\/+$/, "") : scope;
  return joinTexts([targetId(frame.target), "/providers/", scope]);
}

/** A child lies where its parent does. */
function parentScope({ parent, frame }: Resource): OpenText {
  if (parent === null) return targetId(frame.target);
  return scopeId(parent);
}

/** `/providers/Namespace/type/name/…` */
function path(type: string, name: OpenText): OpenText {
  const [namespace = "", ...types] = type.split("/");
  if (typeof name === "string") {
    const names = name.split("/");
    return `/providers/${namespace}${types.map((each, index) => `/${each}/${names[index] ?? ""}`).join("")}`;
  }
  const parts = [`/providers/${namespace}`];
  const segments = segmentsOf(name);
  if (segments.length !== types.length) return new Unknown(name.reason, null, name.sensitive);
  return joinTexts(types.reduce<OpenText[]>((all, each, index) => [...all, `/${each}/`, ...(segments[index] ?? [])], [...parts]));
}

/** The segments of a name, what is not known taken for a part of one. */
function segmentsOf(name: OpenText): readonly (readonly OpenText[])[] {
  const segments: OpenText[][] = [[]];
  for (const part of partsOf(name)) {
    const pieces = typeof part === "string" ? part.split("/") : [part];
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) segments.push([]);
      segments.at(-1)?.push(piece);
    }
  }
  return segments;
}

/** `a/providers/locks` named `x/Microsoft.Authorization/l` is the extension `Microsoft.Authorization/locks` of `a`. */
function legacyId(resource: Resource, at: number): OpenText {
  const { type } = resource.declaration;
  const { name } = resource;
  const owner = type.slice(0, at);
  const ownTypes = type.slice(at + LEGACY_EXTENSION.length).split("/");
  const scope = resource.parent === null ? scopeId(resource) : parentScope(resource);
  if (typeof name !== "string") return new Unknown(name.reason, null, name.sensitive);
  const names = name.split("/");
  const ownerNames = names.slice(0, owner.split("/").length - 1);
  const [namespace = "", ...ownNames] = names.slice(ownerNames.length);
  const ownerPath = path(owner, ownerNames.join("/"));
  return joinTexts([scope, ownerPath, path([namespace, ...ownTypes].join("/"), ownNames.join("/"))]);
}

function checkSegments({ declaration: { type }, name }: Resource): void {
  if (typeof name !== "string") return;
  const found = name.split("/").length;
  const expected = type.split("/").length - 1;
  if (found === expected || type.startsWith("[")) return;
  const fact = `The name '${name}' contains '${found}' name segment(s) separated by '/', but '${expected}' segment(s) were expected.`;
  throw new ExpressionFailure("value", `The name does not fit the type '${type}'. ${fact}`);
}
