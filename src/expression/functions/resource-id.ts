import type { ArmValue } from "../arm-value.ts";
import { ExpressionFailure } from "../failure.ts";
import { residualCall } from "../residual.ts";
import type { DeploymentScope } from "../scope.ts";
import { Sensitive, Unknown } from "../value.ts";
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
    checks: "all",
    unknowns: "any",
    documentation: `${PAGE}#extensionresourceid`,
    evaluate: extensionResourceId,
  },
];

/** What another of these functions gives for `args`: `resourceGroup('x').id` is a `subscriptionResourceId`. */
export function resourceIdAs(call: Call, name: string, args: readonly ArmValue[]): ArmValue {
  const definition = RESOURCE_ID.find((each) => each.name === name) ?? call.definition;
  return definition.evaluate({ ...call, definition, node: { ...call.node, name }, args });
}

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
    checks: "all",
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
  const [first] = given;
  if (name !== "managementGroupResourceId" && first !== undefined && missing.length === 0) checkSubscription(first);
  return [...missing.map((part) => SCOPE_VALUES[part](deployment)), ...given];
}

/** @throws ExpressionFailure value, when the argument is known and no subscription's id */
export function checkSubscription(value: ArmValue): void {
  if (value instanceof Unknown || GUID.test(textOf(value) ?? "")) return;
  refuse("value", `The provided value '${shownText(value)}' is not valid subscription identifier.`);
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
    const shown = args.map(shownText).join(",");
    const fact =
      "function requires exactly one multi-segmented argument which must be resource type including resource provider namespace.";
    refuse(
      "value",
      `Unable to evaluate template language function '${name}': ${fact} Current function arguments '${shown}'.`,
    );
  }
  if (first[0] > maxIndex && args.some((arg) => arg instanceof Unknown)) return undefined;
  if (first[0] > maxIndex) {
    const fact = `function requires fully qualified resource type '${shownText(first[1])}' as one of first ${maxIndex + 1} arguments.`;
    refuse("value", `Unable to evaluate template language function '${name}': ${fact}`);
  }
  return first[0];
}

/** An argument as messages may show it. */
function shownText(arg: ArmValue): string {
  if (arg instanceof Sensitive) return "«secret»";
  return arg instanceof Unknown ? "" : (textOf(arg) ?? "");
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
  const texts = args.map(
    (arg) => (arg instanceof Unknown ? arg.placeholder : arg instanceof Sensitive ? null : textOf(arg)) ?? null,
  );
  const present = texts.filter((text) => text !== null);
  if (present.length < texts.length) return residualCall(call, args);
  try {
    return residualCall(call, args, { placeholder: build(present), prefix: "/" });
  } catch (failure) {
    if (failure instanceof ExpressionFailure) return residualCall(call, args);
    throw failure;
  }
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

/** Empty segments and empty names do not count here, though they do where names are counted. */
function providerId(type: string, names: readonly string[]): string {
  const [namespace = "", ...types] = type.split("/").filter((segment) => segment !== "");
  const present = names.filter((name) => name !== "").slice(0, types.length);
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
