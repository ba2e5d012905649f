import type { Call } from "../service.ts";

/** Where a deployment goes. */
export interface Scope {
  readonly kind: "resourceGroup" | "subscription" | "managementGroup" | "tenant";
  /** ARM id without a slash at the end; empty for the tenant. */
  readonly id: string;
  readonly subscriptionId?: string;
  readonly resourceGroup?: string;
  readonly managementGroup?: string;
}

/** The paths below which `/providers/Microsoft.Resources/deployments` lives. */
export const SCOPE_PATHS = [
  "/subscriptions/{subscription}/resourcegroups/{resourceGroup}",
  "/subscriptions/{subscription}",
  "/providers/Microsoft.Management/managementGroups/{managementGroup}",
  "",
] as const;

export const TENANT: Scope = { kind: "tenant", id: "" };

export function resourceGroupScope(subscriptionId: string, resourceGroup: string): Scope {
  return {
    kind: "resourceGroup",
    id: `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`,
    subscriptionId,
    resourceGroup,
  };
}

export function subscriptionScope(subscriptionId: string): Scope {
  return { kind: "subscription", id: `/subscriptions/${subscriptionId}`, subscriptionId };
}

/** The scope that the path of a call names. */
export function scopeOf(call: Call): Scope {
  const { subscription, resourceGroup, managementGroup } = call.params;
  if (subscription !== undefined && resourceGroup !== undefined) return resourceGroupScope(subscription, resourceGroup);
  if (subscription !== undefined) return subscriptionScope(subscription);
  if (managementGroup === undefined) return TENANT;
  const id = `/providers/Microsoft.Management/managementGroups/${managementGroup}`;
  return { kind: "managementGroup", id, managementGroup };
}

/** The resource group that an id lies in, in lower case with its subscription; undefined outside of any. */
export function groupOf(id: string): string | undefined {
  return /^(?<group>\/subscriptions\/[^/]+\/resourcegroups\/[^/]+)(?:\/|$)/u.exec(id.toLowerCase())?.groups?.["group"];
}

/** The id of a resource of `type` called `name` in `scope`; both may have several segments. */
export function resourceIdIn(scope: Pick<Scope, "id">, type: string, name: string): string {
  const [namespace = "", ...types] = type.split("/");
  const names = name.split("/");
  const pairs = types.map((segment, index) => `${segment}/${names[index] ?? ""}`);
  return `${scope.id}/providers/${namespace}/${pairs.join("/")}`;
}

/** Type and name of the resource with `id`, from its last provider on; undefined when the id has none. */
export function partsOfId(id: string): { readonly type: string; readonly name: string } | undefined {
  const at = id.toLowerCase().lastIndexOf("/providers/");
  if (at < 0) return undefined;
  const [namespace = "", ...rest] = id.slice(at + "/providers/".length).split("/");
  if (rest.length < 2 || rest.length % 2 !== 0) return undefined;
  const type = [namespace, ...rest.filter((_, index) => index % 2 === 0)].join("/");
  return { type, name: rest.filter((_, index) => index % 2 === 1).join("/") };
}
