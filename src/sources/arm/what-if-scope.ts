import { Unknown } from "../../expression/value.ts";
import type { DeploymentScope } from "../../plan/plan.ts";
import type { PlannedResource } from "../../plan/planned-resource.ts";

/**
 * The scope that all resources of a what-if share. A what-if result does not name its scope: this is the smallest one that fits, or `null`
 * when there is none.
 */
export function scopeOf(resources: readonly PlannedResource[]): DeploymentScope | null {
  const ids = resources.flatMap(({ id, outside }) => (id instanceof Unknown || outside ? [] : [id]));
  const [first] = ids;
  if (first === undefined) return null;
  const { subscriptionId, resourceGroup } = first;
  const groups = new Set(ids.map((id) => (id.subscriptionId === null ? managementGroupOf(id.key) : undefined)));
  if (groups.has(null)) return { kind: "tenant" };
  const managementGroups = [...groups].filter((group) => group !== undefined);
  if (managementGroups.length > 0) return managementGroupScope(managementGroups);
  if (subscriptionId === null || !ids.every((id) => same(id.subscriptionId, subscriptionId))) return null;
  const inOneGroup =
    resourceGroup !== null &&
    ids.every((id) => same(id.resourceGroup, resourceGroup) && id.type !== "Microsoft.Resources/resourceGroups");
  return inOneGroup
    ? { kind: "resourceGroup", subscriptionId, resourceGroup }
    : { kind: "subscription", subscriptionId };
}

/** The management group that an id lies in; `null` for an id of the tenant itself. */
function managementGroupOf(key: string): string | null {
  return /^\/providers\/microsoft\.management\/managementgroups\/(?<name>[^/]+)/.exec(key)?.groups?.["name"] ?? null;
}

function managementGroupScope(groups: readonly (string | null)[]): DeploymentScope {
  const [group] = groups;
  return groups.length === 1 && typeof group === "string"
    ? { kind: "managementGroup", managementGroup: group }
    : { kind: "tenant" };
}

function same(left: string | null, right: string): boolean {
  return left?.toLowerCase() === right.toLowerCase();
}
