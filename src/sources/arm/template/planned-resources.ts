import { ArmObject, type ArmValue } from "../../../expression/arm-value.ts";
import { toValue } from "../../../expression/convert.ts";
import { printValue } from "../../../expression/print.ts";
import { Sensitive, Unknown, type Value, type ValueObject } from "../../../expression/value.ts";
import { type OpenText, toOpenText } from "../../../expression/open-text.ts";
import { markSecrets } from "../../../plan/mark-secrets.ts";
import type { PlannedResource } from "../../../plan/planned-resource.ts";
import { parseResourceId, type ResourceId } from "../../../plan/resource-id.ts";
import { dependencyIds, idText, inDependencyOrder, nameOf } from "./dependency-order.ts";
import { literalText } from "./literal.ts";
import type { Frame, Resource } from "./model.ts";
import { valueOf } from "./node.ts";

/** A resource of the plan with what it was made from. */
export interface PlannedEntry {
  readonly planned: PlannedResource;
  readonly resource: Resource;
}

/** Members of a resource that are deployed, in the order in which Resource Manager reports them. */
const MEMBERS = [
  "location",
  "extendedLocation",
  "sku",
  "kind",
  "managedBy",
  "plan",
  "identity",
  "tags",
  "zones",
  "scale",
  "placement",
];

const MAX_LENGTH = 81_920;

/**
 * The resources that would be deployed, in dependency order, nested deployments opened.
 *
 * @throws GateError TEMPLATE_INVALID when Resource Manager would refuse one
 */
export function plannedResources(frame: Frame): readonly PlannedEntry[] {
  const bodies = new Map<Resource, ValueObject>();
  evaluateAll(frame, bodies);
  const entries: PlannedEntry[] = [];
  collect(frame, null, { entries, bodies });
  // Resources of extensions come last.
  return [
    ...entries.filter(({ resource }) => !resource.isForeign),
    ...entries.filter(({ resource }) => resource.isForeign),
  ];
}

/** Works out every body: also those of resources with an unknown condition, and the values handed to nested deployments. */
function evaluateAll(frame: Frame, bodies: Map<Resource, ValueObject>): void {
  frame.validate();
  for (const resource of frame.resources) {
    if (resource.condition === false) continue;
    // What is wrong with the name or the place of an existing resource or a deployment is found with its id.
    void resource.id;
    if (resource.declaration.isExisting) continue;
    if (!resource.isDeployment) {
      bodies.set(resource, bodyOf(resource));
      continue;
    }
    noteMode(resource);
    const { content } = resource;
    if (content === null) continue;
    evaluateAll(content, bodies);
    content.outputs();
  }
}

interface Collection {
  readonly entries: PlannedEntry[];
  readonly bodies: ReadonlyMap<Resource, ValueObject>;
}

function collect(frame: Frame, condition: ArmValue, collection: Collection): void {
  for (const resource of inDependencyOrder(frame)) {
    if (!resource.isListed) continue;
    const joined = joinConditions(condition, conditionOf(resource));
    if (resource.isDeployment) {
      if (resource.content !== null) collect(resource.content, joined, collection);
      continue;
    }
    const body = collection.bodies.get(resource) ?? {};
    collection.entries.push({ planned: toPlanned(resource, body, joined), resource });
  }
}

/** What is left of a condition; `null` for one that is true. */
function conditionOf(resource: Resource): ArmValue {
  const { condition } = resource;
  if (condition === true) return null;
  if (!(condition instanceof Unknown)) {
    const { expansion } = resource.frame;
    expansion.notify(
      "warning",
      "condition-not-boolean",
      `the condition of '${nameOf(resource)}' is neither true nor false: Resource Manager refuses that`,
    );
  }
  return condition;
}

function joinConditions(outer: ArmValue, own: ArmValue): ArmValue {
  if (outer === null || own === null) return outer ?? own;
  const texts = [outer, own].map((each) => printValue(each, MAX_LENGTH));
  const unknown = [outer, own].find((each) => each instanceof Unknown);
  const reason = unknown instanceof Unknown ? unknown.reason : "runtime-function";
  return new Unknown(reason, texts.includes(null) ? null : `and(${texts.join(", ")})`);
}

function toPlanned(resource: Resource, body: ValueObject, condition: ArmValue): PlannedResource {
  const { apiVersion } = resource;
  const { isForeign: foreign } = resource;
  const { type } = resource.declaration;
  const id = foreign ? new Unknown("not-reported") : idOf(resource.id);
  const name = foreign ? identifiersOf(resource) : resource.name;
  const after = markSecrets(type, { ...identityMembers(resource, { name, condition }), ...body }, "template");
  return {
    id,
    address: addressOf(resource),
    type,
    name,
    apiVersion: foreign ? null : apiVersion,
    changeType: "create",
    potential: false,
    outside: false,
    before: null,
    after,
    dependsOn: dependencyIds(resource),
  };
}

function identityMembers(
  { id, apiVersion, isForeign, declaration }: Resource,
  { name, condition }: { readonly name: string | Unknown; readonly condition: ArmValue },
): ValueObject {
  const { type } = declaration;
  const conditional = condition === null ? {} : { condition: toValue(condition) };
  if (isForeign) return { type, ...conditional };
  return {
    id: typeof id === "string" ? id : new Unknown(id.reason, id.expression),
    type,
    ...conditional,
    name,
    ...(apiVersion === null ? {} : { apiVersion }),
  };
}

/** The path of symbolic names, `module.account`; `null` where one on the way has none. */
function addressOf({ symbol, frame }: Resource): string | null {
  const outer = frame.parent === null ? "" : addressOf(frame.parent);
  if (symbol === null || outer === null) return null;
  return outer === "" ? symbol : `${outer}.${symbol}`;
}

function idOf(id: OpenText): ResourceId | Unknown {
  const text = typeof id === "string" ? id : id.placeholder;
  const parsed = text === null ? null : parseResourceId(text);
  if (parsed !== null) return parsed;
  return typeof id === "string" ? new Unknown("not-analysed", printValue(id, MAX_LENGTH)) : id;
}

/** The members that are deployed; a null is left out, save within `properties` and `tags`. */
function bodyOf(resource: Resource): ValueObject {
  const body: Record<string, Value> = {};
  if (resource.isForeign) {
    const { properties } = resource;
    return properties === undefined ? {} : { properties: toValue(properties) };
  }
  checkIdentity(resource);
  for (const name of MEMBERS) {
    const value = resource.member(name);
    if (value !== undefined && value !== null) body[name] = toValue(value);
  }
  const node = valueOf(resource.declaration.node, "properties");
  const isNull = node?.kind === "scalar" && node.value === null;
  if (resource.properties !== undefined && !isNull) body["properties"] = toValue(resource.properties);
  return body;
}

/** A name, id, version or place that does not fit is refused even where nothing asks for it. */
function checkIdentity(resource: Resource): void {
  const { id, declaration, frame } = resource;
  const version = resource.member("apiVersion") ?? null;
  const isMissing = version === null || version === "";
  if (isMissing && valueOf(frame.template.node, "apiProfile") === undefined)
    resource.refuse(`The api-version property of '${idText(id)}' is not defined.`, declaration.node);
  for (const name of PLACE_MEMBERS) {
    const value = resource.member(name) ?? null;
    if (value === null || toOpenText(value) !== undefined) continue;
    resource.refuse(`Evaluation result of ${name} is not of type 'String'.`, declaration.node);
  }
}

const PLACE_MEMBERS = ["scope", "subscriptionId", "resourceGroup"];

function identifiersOf(resource: Resource): string | Unknown {
  const { properties } = resource;
  if (!(properties instanceof ArmObject)) return new Unknown("not-reported");
  const name = properties.get("name") ?? properties.get("uniqueName") ?? null;
  const plain = name instanceof Sensitive ? null : name;
  return typeof plain === "string" || plain instanceof Unknown ? plain : new Unknown("not-reported");
}

function noteMode(resource: Resource): void {
  const mode = literalText(valueOf(valueOf(resource.declaration.node, "properties"), "mode"));
  if (mode?.toLowerCase() !== "complete") return;
  resource.frame.expansion.notify(
    "warning",
    "nested-complete-mode",
    `the nested deployment '${nameOf(resource)}' asks for complete mode: Resource Manager refuses that`,
  );
}
