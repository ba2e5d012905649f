import { ArmObject, type ArmValue } from "../arm-value.ts";
import { composed, printValue } from "../print.ts";
import { Unknown } from "../value.ts";
import { checkSubscription, resourceIdAs } from "./resource-id.ts";
import { given, managementGroupName, resourceGroupName, subscriptionId, tenantId } from "./scope-parts.ts";
import { type Call, DOCUMENTATION, type FunctionDefinition, refuse, refuseType } from "./signature.ts";
import { textOf } from "./text-parts.ts";

const PAGE = `${DOCUMENTATION}-scope`;

/** Scope functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-scope */
export const SCOPE: readonly FunctionDefinition[] = [
  {
    name: "resourceGroup",
    parameters: ["String", "String"],
    required: 0,
    checks: "all",
    unknowns: "any",
    documentation: `${PAGE}#resourcegroup`,
    evaluate: resourceGroup,
  },
  {
    name: "subscription",
    parameters: [["String", "Integer", "Boolean"]],
    required: 0,
    unknowns: "any",
    documentation: `${PAGE}#subscription`,
    evaluate: subscription,
  },
  {
    name: "managementGroup",
    parameters: ["String"],
    required: 0,
    unknowns: "any",
    documentation: `${PAGE}#managementgroup`,
    evaluate: managementGroup,
  },
  { name: "tenant", parameters: [], documentation: `${PAGE}#tenant`, evaluate: tenant },
];

function refuseLevel(name: string): never {
  refuse("scope", `The deployment metadata '${name}' is not valid.`);
}

function atRunTime(expression: string): Unknown {
  return new Unknown("runtime-function", expression);
}

function resourceGroup(call: Call): ArmValue {
  const { deployment } = call.scope;
  if (call.args.length > 0) return otherResourceGroup(call);
  if (deployment.kind !== "resourceGroup") refuseLevel("resourceGroup");
  const name = resourceGroupName(deployment);
  const known = typeof name === "string";
  return ArmObject.of([
    ["id", idBelow(call, [subscriptionId(deployment), name])],
    ["name", name],
    ["type", "Microsoft.Resources/resourceGroups"],
    ["location", given(deployment.resourceGroupLocation, "resourceGroup().location")],
    ["tags", atRunTime("resourceGroup().tags")],
    ...(known ? [["managedBy", atRunTime("resourceGroup().managedBy")] as const] : []),
    ["properties", atRunTime("resourceGroup().properties")],
  ]);
}

/** `resourceGroup('name')` and `resourceGroup('subscription', 'name')`: nothing but id, name and type. */
function otherResourceGroup(call: Call): ArmValue {
  const { deployment } = call.scope;
  const [first = null, second] = call.args;
  const atHome = deployment.kind === "resourceGroup" || deployment.kind === "subscription";
  if (second === undefined && !atHome) refuseLevel("subscription");
  const scope = second === undefined ? subscriptionId(deployment) : first;
  const name = second ?? first;
  return ArmObject.of([
    ["id", resourceIdAs(call, "subscriptionResourceId", [scope, "Microsoft.Resources/resourceGroups", name])],
    ["name", name],
    ["type", "Microsoft.Resources/resourceGroups"],
  ]);
}

/** The id of a resource group, printed like Microsoft's engine does while a part of it is unknown. */
function idBelow(call: Call, [subscription, group]: readonly [string | Unknown, string | Unknown]): ArmValue {
  if (typeof subscription === "string" && typeof group === "string") {
    return `/subscriptions/${subscription}/resourceGroups/${group}`;
  }
  const { residualLength } = call.session.budget.limits;
  const texts = [printValue(subscription, residualLength), printValue(group, residualLength)];
  const text = composed(texts, residualLength, ([first = "", second = ""]) => {
    return `subscriptionResourceId(${first}, 'Microsoft.Resources/resourceGroups', ${second})`;
  });
  const first = placeholderOf(subscription);
  const second = placeholderOf(group);
  const placeholder =
    first === null || second === null ? {} : { placeholder: `/subscriptions/${first}/resourceGroups/${second}` };
  const reason = [subscription, group].find((part) => part instanceof Unknown)?.reason ?? "scope";
  return new Unknown(reason, text, { prefix: "/subscriptions/", ...placeholder });
}

function placeholderOf(part: string | Unknown): string | null {
  return part instanceof Unknown ? part.placeholder : part;
}

function subscription(call: Call): ArmValue {
  const { deployment } = call.scope;
  const [given] = call.args;
  if (given !== undefined) return otherSubscription(call, given);
  if (deployment.kind !== "resourceGroup" && deployment.kind !== "subscription") refuseLevel("subscription");
  const id = subscriptionId(deployment);
  return ArmObject.of([
    ["id", prefixed("/subscriptions/", id)],
    ["subscriptionId", id],
    ["tenantId", tenantId(deployment)],
    ["displayName", atRunTime("subscription().displayName")],
  ]);
}

/** Only an id that is written there is checked: what an expression gives is taken as it is. */
function otherSubscription(call: Call, given: ArmValue): ArmValue {
  const written = call.node.args[0]?.kind;
  if (written === "text") checkSubscription(given);
  if (written === "integer") refuseType({ ...call.definition, parameters: ["String"] }, 0, given);
  const id = prefixed("/subscriptions/", given instanceof Unknown ? given : (textOf(given) ?? ""));
  return ArmObject.of([
    ["id", id],
    ["subscriptionId", given],
  ]);
}

function prefixed(prefix: string, part: string | Unknown): string | Unknown {
  if (typeof part === "string") return prefix + part;
  const text = part.expression === null ? null : `concat('${prefix}', ${part.expression})`;
  const placeholder = part.placeholder === null ? {} : { placeholder: prefix + part.placeholder };
  return new Unknown(part.reason, text, { prefix, ...placeholder });
}

function managementGroup(call: Call): ArmValue {
  const { deployment } = call.scope;
  const [given] = call.args;
  if (given !== undefined) return otherManagementGroup(call, given);
  if (deployment.kind !== "managementGroup") refuseLevel("managementGroup");
  const name = managementGroupName(deployment);
  return ArmObject.of([
    ["id", prefixed("/providers/Microsoft.Management/managementGroups/", name)],
    ["name", name],
    ["type", "Microsoft.Management/managementGroups"],
    ["properties", atRunTime("managementGroup().properties")],
  ]);
}

function otherManagementGroup(call: Call, given: ArmValue): ArmValue {
  return ArmObject.of([
    ["id", resourceIdAs(call, "tenantResourceId", ["Microsoft.Management/managementGroups", given])],
    ["name", given],
    ["type", "/providers/Microsoft.Management/managementGroups"],
  ]);
}

function tenant(call: Call): ArmValue {
  const id = tenantId(call.scope.deployment);
  if (id instanceof Unknown) return new Unknown("scope", "tenant()");
  return ArmObject.of([
    ["countryCode", atRunTime("tenant().countryCode")],
    ["displayName", atRunTime("tenant().displayName")],
    ["id", `/tenants/${id}`],
    ["tenantId", id],
  ]);
}
