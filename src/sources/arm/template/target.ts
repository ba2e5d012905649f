import type { DeploymentKind, DeploymentScope, ScopeText } from "../../../expression/scope.ts";
import { Unknown } from "../../../expression/value.ts";
import {
  given,
  managementGroupName,
  resourceGroupName,
  subscriptionId,
} from "../../../expression/functions/scope-parts.ts";
import { joinTexts, type OpenText } from "../../../expression/open-text.ts";

/** The id of what a deployment is made to: what ids of its resources start with. Empty for a tenant. */
export function targetId(scope: DeploymentScope): OpenText {
  switch (scope.kind) {
    case "resourceGroup":
      return joinTexts(["/subscriptions/", subscriptionId(scope), "/resourceGroups/", resourceGroupName(scope)]);
    case "subscription":
      return joinTexts(["/subscriptions/", subscriptionId(scope)]);
    case "managementGroup":
      return joinTexts(["/providers/Microsoft.Management/managementGroups/", managementGroupName(scope)]);
    default:
      return "";
  }
}

/** What a nested deployment says about where it goes. */
export interface NestedTarget {
  readonly scope: OpenText | null;
  readonly subscriptionId: OpenText | null;
  readonly resourceGroup: OpenText | null;
  readonly location: OpenText | null;
  readonly name: OpenText;
  readonly contentVersion: string;
  /** Where a resource group is that the same deployment makes. */
  readonly locationOfGroup: (subscription: ScopeText, group: OpenText) => OpenText | undefined;
}

/** The scope of a nested deployment within that of its parent. */
export function nestedScope(parent: DeploymentScope, target: NestedTarget): DeploymentScope {
  const { name, contentVersion } = target;
  const place = placeOf(parent, target);
  const common = { tenantId: parent.tenantId, name, contentVersion, mode: "Incremental" };
  if (place.kind !== "resourceGroup") {
    return { ...place, ...common, resourceGroupLocation: null, location: target.location ?? parent.location };
  }
  return { ...place, ...common, resourceGroupLocation: groupLocation(parent, place, target), location: null };
}

interface Place {
  readonly kind: DeploymentKind;
  readonly subscriptionId: ScopeText;
  readonly resourceGroup: ScopeText;
  readonly managementGroup: ScopeText;
}

function placeOf(parent: DeploymentScope, target: NestedTarget): Place {
  const { scope } = target;
  if (scope !== null) return placeOfScope(scope) ?? parent;
  const nowhere = { resourceGroup: null, managementGroup: null };
  const subscription = target.subscriptionId ?? parent.subscriptionId;
  if (target.resourceGroup !== null) {
    return { ...nowhere, kind: "resourceGroup", subscriptionId: subscription, resourceGroup: target.resourceGroup };
  }
  if (target.subscriptionId !== null) return { ...nowhere, kind: "subscription", subscriptionId: subscription };
  return parent;
}

const MANAGEMENT_GROUP = /^(?:\/?providers\/)?Microsoft\.Management\/managementGroups\/(?<name>[^/]+)$/i;
const SUBSCRIPTION = /^\/?subscriptions\/(?<subscription>[^/]+)(?:\/resourceGroups\/(?<group>[^/]+))?$/i;

/** What the `scope` of a deployment names; `null` when it is no place to deploy to. */
function placeOfScope(scope: OpenText): Place | null {
  const nowhere = { subscriptionId: null, resourceGroup: null, managementGroup: null };
  if (scope instanceof Unknown) {
    return { ...nowhere, kind: "managementGroup", managementGroup: new Unknown(scope.reason, scope.expression) };
  }
  if (scope === "/") return { ...nowhere, kind: "tenant" };
  const group = MANAGEMENT_GROUP.exec(scope)?.groups?.["name"];
  if (group !== undefined) return { ...nowhere, kind: "managementGroup", managementGroup: group };
  const { subscription, group: resourceGroup } = SUBSCRIPTION.exec(scope)?.groups ?? {};
  if (subscription === undefined) return null;
  if (resourceGroup === undefined) return { ...nowhere, kind: "subscription", subscriptionId: subscription };
  return { ...nowhere, kind: "resourceGroup", subscriptionId: subscription, resourceGroup };
}

function groupLocation(parent: DeploymentScope, place: Place, target: NestedTarget): ScopeText {
  const group = place.resourceGroup ?? resourceGroupName(parent);
  const isParents =
    parent.kind === "resourceGroup" &&
    sameText(place.resourceGroup, parent.resourceGroup) &&
    sameText(place.subscriptionId, parent.subscriptionId);
  if (isParents) return parent.resourceGroupLocation;
  const declared = target.locationOfGroup(place.subscriptionId, group);
  if (declared !== undefined) return declared;
  const id = joinTexts([given(place.subscriptionId, "subscription().subscriptionId"), "/", group]);
  const shown = typeof id === "string" ? `'${id}'` : (id.expression ?? "");
  return new Unknown("scope", `resourceGroup(${shown}).location`);
}

/** Whether two scope texts name the same: unknown ones do when they come from the same expression. */
export function sameText(left: ScopeText, right: ScopeText): boolean {
  if (typeof left === "string" && typeof right === "string") return left.toLowerCase() === right.toLowerCase();
  if (left instanceof Unknown && right instanceof Unknown) {
    return left.expression !== null && left.expression === right.expression;
  }
  return left === right;
}
