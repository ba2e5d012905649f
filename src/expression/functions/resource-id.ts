import type { ArmValue } from "../arm-value.ts";
import { residualCall } from "../residual.ts";
import type { DeploymentScope } from "../scope.ts";
import { Unknown } from "../value.ts";
import { type Call, DOCUMENTATION, type FunctionDefinition, refuse } from "./signature.ts";
import { managementGroupName, resourceGroupName, subscriptionId } from "./scope-parts.ts";
import { textOf } from "./text-parts.ts";

const PAGE = `${DOCUMENTATION}-resource`;
const GUID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})$/i;
const RESOURCE_GROUP_TYPE = "MICROSOFT.RESOURCES/RESOURCEGROUPS";

/** The resource id functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource */
export const RESOURCE_ID: readonly FunctionDefinition[] = [
  idFunction("resourceId", 2, (deployment) => SCOPES_OF_LEVEL[deployment.kind]),
  idFunction("subscriptionResourceId", 1, () => ["subscription"]),
  idFunction("tenantResourceId", 0, () => []),
  idFunction("managementGroupResourceId", 1, () => ["managementGroup"]),
  {
    name: "extensionResourceId",
    parameters: ["String", "String", "String"],
    rest: "String",
    checksAll: true,
    unknowns: "any",
    documentation: `${PAGE}#extensionresourceid`,
    evaluate: extensionResourceId,
  },
];

/** What may stand before the type, and is filled in where it does not. */
type ScopePart = "subscription" | "resourceGroup" | "managementGroup";

/** What an id is relative to at each level, when nothing is said. */
const SCOPES_OF_LEVEL: Readonly<Record<DeploymentScope["kind"], readonly ScopePart[]>> = {
  resourceGroup: ["subscription", "resourceGroup"],
  subscription: ["subscription"],
  managementGroup: [],
  tenant: [],
};

const SCOPE_VALUES: Readonly<Record<ScopePart, (deployment: DeploymentScope) => string | Unknown>> = {
  subscription: subscriptionId,
  resourceGroup: resourceGroupName,
  managementGroup: managementGroupName,
};

function idFunction(
  name: string,
  maxScopes: number,
  defaults: (deployment: DeploymentScope) => readonly ScopePart[],
): FunctionDefinition {
  return {
    name,
    parameters: ["String", "String"],
    rest: "String",
    checksAll: true,
    unknowns: "any",
    documentation: `${PAGE}#${name.toLowerCase()}`,
    evaluate(call) {
      const typeIndex = typeIndexOf(call, call.args, maxScopes);
      if (typeIndex === undefined) return call.session.unknownCall(call, call.args);
      checkNameCount(call, call.args, typeIndex);
      const scopes = scopesOf(call, typeIndex, defaults(call.scope.deployment));
      const args = [...scopes, ...call.args.slice(typeIndex)];
      return completeId(call, args, (texts) => {
        const [type = "", ...names] = texts.slice(scopes.length);
        return scopeId(name, texts.slice(0, scopes.length), type) + providerPath(name, [type, names], scopes.length);
      });
    },
  };
}

/** The scope arguments, those that were left out filled in from the left. */
function scopesOf(call: Call, typeIndex: number, defaults: readonly ScopePart[]): readonly ArmValue[] {
  const { name } = call.definition;
  const { deployment } = call.scope;
  if (name === "managementGroupResourceId" && typeIndex === 0 && deployment.kind !== "managementGroup") {
    refuse(
      "arguments",
      "Unable to evaluate template language function 'managementGroupResourceId'. At least 3 parameters should be provided.",
    );
  }
  const tooHigh = deployment.kind === "managementGroup" || deployment.kind === "tenant";
  if (name === "subscriptionResourceId" && typeIndex === 0 && tooHigh) {
    refuse(
      "arguments",
      "Unable to evaluate template language function 'subscriptionResourceId'. At least 3 parameters should be provided.",
    );
  }
  const given = call.args.slice(0, typeIndex);
  const missing = defaults.slice(0, Math.max(defaults.length - typeIndex, 0));
  const scopes = [...missing.map((part) => SCOPE_VALUES[part](deployment)), ...given];
  const [subscription] = scopes;
  if (name !== "managementGroupResourceId" && scopes.length > 0)
    checkSubscription(subscription ?? null, typeIndex > 0 && missing.length === 0);
  return scopes;
}

function checkSubscription(value: ArmValue, given: boolean): void {
  if (!given || value instanceof Unknown) return;
  const text = textOf(value) ?? "";
  if (!GUID.test(text)) refuse("value", `The provided value '${text}' is not valid subscription identifier.`);
}

/** Where the type stands: the only argument with a slash. `undefined` when an unknown argument may be the type. */
function typeIndexOf(call: Call, args: readonly ArmValue[], maxIndex: number): number | undefined {
  const segmented = [...args.entries()].filter(
    ([, arg]) => !(arg instanceof Unknown) && textOf(arg)?.includes("/") === true,
  );
  const [first, second] = segmented;
  const { name } = call.definition;
  if (first === undefined && args.some((arg) => arg instanceof Unknown)) return undefined;
  if (first === undefined || second !== undefined) {
    const shown = args.map((arg) => (arg instanceof Unknown ? "" : textOf(arg))).join(",");
    const fact =
      "function requires exactly one multi-segmented argument which must be resource type including resource provider namespace.";
    refuse(
      "value",
      `Unable to evaluate template language function '${name}': ${fact} Current function arguments '${shown}'.`,
    );
  }
  if (first[0] > maxIndex) {
    const fact = `function requires fully qualified resource type '${textOf(first[1])}' as one of first ${maxIndex + 1} arguments.`;
    refuse("value", `Unable to evaluate template language function '${name}': ${fact}`);
  }
  return first[0];
}

function checkNameCount(call: Call, args: readonly ArmValue[], typeIndex: number): void {
  const type = (textOf(args[typeIndex] ?? null) ?? "").replace(/\/+$/, "");
  const wanted = type.split("/").length - 1;
  const names = args.length - typeIndex - 1;
  if (names === wanted && wanted > 0) return;
  const fact = `the type '${type}' requires '${wanted}' resource name argument(s).`;
  refuse("value", `Unable to evaluate template language function '${call.definition.name}': ${fact}`);
}

/** The id, or the call with all of its scope filled in when a part of it is unknown. */
function completeId(call: Call, args: readonly ArmValue[], build: (texts: readonly string[]) => string): ArmValue {
  if (!args.some((arg) => arg instanceof Unknown)) return build(args.map((arg) => textOf(arg) ?? ""));
  const texts: string[] = [];
  for (const arg of args) {
    const text = arg instanceof Unknown ? arg.placeholder : textOf(arg);
    if (text === null || text === undefined) return residualCall(call, args);
    texts.push(text);
  }
  return residualCall(call, args, { placeholder: build(texts), prefix: "/" });
}

function scopeId(name: string, scopes: readonly string[], type: string): string {
  const [first, group] = scopes;
  if (first === undefined) return "";
  if (name === "managementGroupResourceId") return `/providers/Microsoft.Management/managementGroups/${first}`;
  const subscription = `/subscriptions/${first}`;
  if (group === undefined)
    return type.toUpperCase() === RESOURCE_GROUP_TYPE ? `${subscription}/resourceGroups` : subscription;
  return `${subscription}/resourceGroups/${group}`;
}

/** `/providers/Namespace/type/name/…`; of a resource group directly below a subscription the name alone. */
function providerPath(
  functionName: string,
  [type, names]: readonly [string, readonly string[]],
  scopeCount: number,
): string {
  const belowSubscription = scopeCount === 1 && functionName !== "managementGroupResourceId";
  if (belowSubscription && type.toUpperCase() === RESOURCE_GROUP_TYPE) return `/${names.join("")}`;
  return providerId(type, names);
}

function providerId(type: string, names: readonly string[]): string {
  const [namespace = "", ...types] = type.replace(/\/+$/, "").split("/");
  const present = names.filter((name) => name !== "");
  const path = present.map((name, index) => `${types[index] ?? ""}/${name}`).join("/");
  return `/providers/${namespace}/${path}`;
}

function extensionResourceId(call: Call): ArmValue {
  const [parent, ...others] = call.args;
  if (parent instanceof Unknown || others.some((arg) => arg instanceof Unknown)) {
    return completeExtensionId(call);
  }
  return extensionId(
    call,
    textOf(parent ?? null) ?? "",
    others.map((arg) => textOf(arg) ?? ""),
  );
}

function completeExtensionId(call: Call): ArmValue {
  return completeId(call, call.args, ([parent = "", ...others]) => extensionId(call, parent, others));
}

function extensionId(call: Call, parent: string, others: readonly string[]): string {
  const segments = parent.split("/").filter((segment) => segment !== "");
  if (segments.length < 2) {
    const fact = `the provided parent resource id '${parent}' is not a valid uri.`;
    refuse("value", `Unable to evaluate template language function 'extensionResourceId': ${fact}`);
  }
  const typeIndex = typeIndexOf(call, others, 0) ?? 0;
  checkNameCount(call, others, typeIndex);
  const [type = "", ...names] = others;
  return `/${segments.join("/")}${providerId(type, names)}`;
}
