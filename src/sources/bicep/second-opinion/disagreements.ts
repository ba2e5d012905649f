import { isArray, isObject, Sensitive, Unknown, type Value } from "../../../expression/value.ts";
import { lookUp } from "../../../lib/look-up.ts";
import type { Location, Plan } from "../../../plan/plan.ts";
import type { PlannedResource } from "../../../plan/planned-resource.ts";
import type { PathSegment, PropertyPath } from "../../../plan/property-path.ts";
import { parseResourceId } from "../../../plan/resource-id.ts";
import { findMember } from "../../../plan/value-equality.ts";
import type { Difference } from "./compare-expansions.ts";
import { isExpression, type PredictedResource } from "./predicted-resource.ts";

/** A resource with more differences is another one altogether. */
const MAX_DIFFERENCES = 100;

const NOWHERE: Location = {
  file: null,
  startLine: null,
  startColumn: null,
  endLine: null,
  endColumn: null,
  precision: "none",
};

/**
 * The plan in which every value that differs is unknown with reason `evaluators-disagree`, a resource that only we have is so as a whole, and
 * one that only Microsoft's engine has is added without its body. What we do not know stays unknown for the reason that it has.
 */
export function withDisagreements(plan: Plan, differences: readonly Difference[]): Plan {
  if (differences.length === 0) return plan;
  const byResource = groupByResource(differences);
  const onlyTheirs = (byResource.get(null) ?? []).flatMap(({ predicted }) => predicted ?? []);
  const added = new Set(onlyTheirs.map(toPlanned));
  const originals = new Map<PlannedResource, PlannedResource>();
  const resources = plan.resources.map((resource) => {
    const doubtful = byResource.get(resource);
    if (doubtful === undefined) return resource;
    const changed = withUnknowns(resource, doubtful);
    originals.set(changed, resource);
    return changed;
  });
  return {
    ...plan,
    resources: [...resources, ...added],
    notAnalysed: [...plan.notAnalysed, ...differences.flatMap(toNotAnalysed)],
    locate: (resource, path) =>
      added.has(resource) ? NOWHERE : plan.locate(originals.get(resource) ?? resource, path),
  };
}

function groupByResource(differences: readonly Difference[]): Map<PlannedResource | null, Difference[]> {
  const groups = new Map<PlannedResource | null, Difference[]>();
  for (const difference of differences) {
    const group = groups.get(difference.resource);
    if (group === undefined) groups.set(difference.resource, [difference]);
    else group.push(difference);
  }
  return groups;
}

/** Only what is lost as a whole; a single value counts as seen. */
function toNotAnalysed({ resource, predicted }: Difference): Plan["notAnalysed"] {
  if (resource !== null && predicted !== null) return [];
  if (resource === null)
    return [
      { resource: predicted?.id ?? predicted?.type ?? "", reason: "only Microsoft's expansion has this resource" },
    ];
  const { id, address, type } = resource;
  const name = id instanceof Unknown ? (address ?? type) : id.text;
  return [{ resource: name, reason: "Microsoft's expansion does not have this resource" }];
}

function withUnknowns(resource: PlannedResource, differences: readonly Difference[]): PlannedResource {
  if (differences.length > MAX_DIFFERENCES) return { ...resource, after: new Unknown("evaluators-disagree") };
  let { id, name, after } = resource;
  for (const { path, ours } of differences) {
    if (ours instanceof Unknown) continue; // already unknown, for a reason that says more
    const doubt = new Unknown("evaluators-disagree", null, ours instanceof Sensitive);
    const at = path.length === 1 ? path[0] : undefined;
    if (at === "id") id = doubt;
    else if (at === "name") name = doubt;
    else after = replaceAt(after, path, doubt);
  }
  return { ...resource, id, name, after };
}

/** `value` with `part` at the path; objects on the way are made where there are none. */
function replaceAt(value: Value, path: PropertyPath, part: Value): Value {
  const [segment, ...rest] = path;
  if (segment === undefined) return part;
  if (isArray(value)) return value.map((item, index) => (index === segment ? replaceAt(item, rest, part) : item));
  const members = isObject(value) ? value : {};
  const name = nameIn(members, segment);
  const replaced = replaceAt(lookUp(members, name) ?? null, rest, part);
  return Object.fromEntries([...Object.entries(members).filter(([other]) => other !== name), [name, replaced]]);
}

function nameIn(members: Readonly<Record<string, Value>>, segment: PathSegment): string {
  return findMember(members, String(segment)) ?? String(segment);
}

function toPlanned({ id, type, name, apiVersion }: PredictedResource): PlannedResource {
  const doubt = new Unknown("evaluators-disagree");
  const parsed = id === null || isExpression(id) ? null : parseResourceId(id);
  return {
    id: parsed ?? doubt,
    address: null,
    type,
    name: name === null || isExpression(name) ? doubt : name,
    apiVersion,
    changeType: "create",
    potential: false,
    outside: false,
    before: null,
    after: doubt,
    dependsOn: [],
  };
}
