import type { DeploymentScope } from "../../../expression/scope.ts";
import type { ScopeText } from "../../../expression/scope.ts";
import { Unknown } from "../../../expression/value.ts";
import { literalText } from "./literal.ts";
import type { Frame, Resource } from "./model.ts";
import { valueOf } from "./node.ts";
import { nestedScope, sameText } from "./target.ts";
import { type OpenText, toOpenText } from "../../../expression/open-text.ts";

const RESOURCE_GROUP = /^Microsoft\.Resources\/resourceGroups$/i;

/** Where a deployment goes, or where an existing resource lies; `null` when it says nothing of its own. */
export function placeOfNested(resource: Resource): DeploymentScope | null {
  const scope = text(resource, "scope");
  const subscriptionId = text(resource, "subscriptionId");
  const resourceGroup = text(resource, "resourceGroup");
  if (!resource.isDeployment && scope !== null) return null;
  if (!resource.isDeployment && subscriptionId === null && resourceGroup === null) return null;
  const { frame, declaration } = resource;
  checkSubscription(resource, subscriptionId);
  checkGroup(resource, resourceGroup);
  const template = valueOf(valueOf(declaration.node, "properties"), "template");
  return nestedScope(frame.target, {
    scope,
    subscriptionId,
    resourceGroup,
    location: text(resource, "location"),
    name: resource.name,
    contentVersion: literalText(valueOf(template, "contentVersion")) ?? "1.0.0.0",
    locationOfGroup: (subscription, group) => locationOfGroup(frame, subscription, group),
  });
}

const SUBSCRIPTION_ID = /^\s*[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\s*$/i;

/** Found with the Bicep CLI 0.49.2. */
function checkSubscription(resource: Resource, id: OpenText | null): void {
  if (typeof id !== "string" || SUBSCRIPTION_ID.test(id)) return;
  resource.refuse(`The provided value '${id}' is not valid subscription identifier.`, resource.declaration.node);
}

/** Found with the Bicep CLI 0.49.2. */
function checkGroup(resource: Resource, name: OpenText | null): void {
  if (typeof name !== "string" || (name.trim() !== "" && !/[/\\]/.test(name))) return;
  resource.refuse(`The provided value '${name}' is not a valid name of a resource group.`, resource.declaration.node);
}

/** The text of a member; an empty one says nothing. */
function text(resource: Resource, member: string): OpenText | null {
  const value = toOpenText(resource.member(member));
  return value === undefined || value === "" ? null : value;
}

/** Where a resource group is that this deployment, or one around it, makes. Azure reports it in its short form. */
function locationOfGroup(from: Frame, subscription: ScopeText, group: OpenText): OpenText | undefined {
  for (let frame: Frame | undefined = from; frame !== undefined; frame = frame.parent?.frame) {
    if (!sameText(frame.target.subscriptionId, subscription)) continue;
    for (const resource of frame.resources) {
      const isGroup = RESOURCE_GROUP.test(resource.declaration.type) && resource.isListed;
      if (!isGroup || !sameText(resource.name, group)) continue;
      const location = toOpenText(resource.member("location"));
      return location instanceof Unknown ? location : location?.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
    }
  }
  return undefined;
}
