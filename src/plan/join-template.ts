import { isArray, isObject, Unknown, type Value } from "../expression/value.ts";
import type { NotAnalysed, Plan } from "./plan.ts";
import type { PlannedResource } from "./planned-resource.ts";
import { findMember } from "./value-equality.ts";

/**
 * Joins a what-if result with the expansion of its template, resource by resource. The what-if decides what there is and what is before; the
 * template fills in what the what-if left unresolved, and says where each property is written. What only one of the two saw is listed.
 */
export function joinTemplate(whatIf: Plan, template: Plan): Plan {
  const declared = new Map<string, PlannedResource>();
  for (const resource of template.resources)
    if (!(resource.id instanceof Unknown) && !declared.has(resource.id.key)) declared.set(resource.id.key, resource);
  const written = new Map<PlannedResource, PlannedResource>();
  const seen = new Set<string>();
  const resources = whatIf.resources.map((resource) => {
    const key = resource.id instanceof Unknown ? null : resource.id.key;
    const own = key === null ? undefined : declared.get(key);
    if (key === null || own === undefined || resource.changeType === "delete") return resource;
    seen.add(key);
    const joined = fill(resource, own);
    written.set(joined, own);
    return joined;
  });
  const missed = template.resources.filter(({ id }) => id instanceof Unknown || !seen.has(id.key));
  for (const resource of missed) {
    const added: PlannedResource = { ...resource, changeType: "deploy", before: new Unknown("not-reported") };
    written.set(added, resource);
    resources.push(added);
  }
  return {
    ...whatIf,
    resources,
    notAnalysed: [
      ...whatIf.notAnalysed,
      ...template.notAnalysed,
      ...missed.map(onlyDeclared),
      ...resources.filter((resource) => isUndeclared(resource, written)).map(onlySeen),
    ],
    notifications: [...whatIf.notifications, ...template.notifications],
    outputs: template.outputs,
    locate: (resource, path) => {
      const own = written.get(resource);
      return own === undefined ? whatIf.locate(resource, path) : template.locate(own, path);
    },
  };
}

/** The resource as the what-if shows it, with the author's name for it and what only the template tells. */
function fill(resource: PlannedResource, own: PlannedResource): PlannedResource {
  return {
    ...resource,
    address: own.address,
    apiVersion: resource.apiVersion ?? own.apiVersion,
    dependsOn: own.dependsOn,
    after: resource.after === null ? null : fillValue(resource.after, own.after),
  };
}

function fillValue(value: Value, declared: Value | undefined): Value {
  if (declared === undefined) return value;
  if (value instanceof Unknown)
    return value.reason === "unresolved-expression" || value.reason === "not-reported" ? declared : value;
  if (isObject(value) && isObject(declared)) {
    const filled: Record<string, Value> = { ...value };
    for (const [name, item] of Object.entries(value)) {
      const other = findMember(declared, name);
      filled[name] = other === undefined ? item : fillValue(item, declared[other]);
    }
    return filled;
  }
  if (isArray(value) && isArray(declared) && value.length === declared.length)
    return value.map((item, index) => fillValue(item, declared[index]));
  return value;
}

function isUndeclared(resource: PlannedResource, written: ReadonlyMap<PlannedResource, PlannedResource>): boolean {
  const { outside, changeType } = resource;
  return !outside && changeType !== "delete" && changeType !== "ignore" && !written.has(resource);
}

function onlyDeclared(resource: PlannedResource): NotAnalysed {
  return {
    resource: nameOf(resource),
    reason:
      "the template declares it and the what-if does not list it: judged as written, its state before is not known",
  };
}

function onlySeen(resource: PlannedResource): NotAnalysed {
  return {
    resource: nameOf(resource),
    reason: "the what-if lists it and the template does not declare it: its lines and unresolved values are not known",
  };
}

function nameOf({ id, address, type }: PlannedResource): string {
  return id instanceof Unknown ? (address ?? type) : id.text;
}
