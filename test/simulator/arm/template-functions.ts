import { arrayOf, isObject, objectOf, sameJson, textOf } from "../json.ts";
import type { TemplateFunction } from "./expression.ts";
import { resourceIdIn, subscriptionScope, TENANT, type Scope } from "./scope.ts";

/** What the scope functions of a template answer. */
export interface ScopeFacts {
  readonly scope: Scope;
  /** Of the resource group, or of the deployment at wider scopes. */
  readonly location: string;
  readonly tenantId: string;
  readonly deploymentName: string;
}

/** The functions that need nothing but their arguments and the scope. */
export function templateFunctions(facts: ScopeFacts): Record<string, TemplateFunction> {
  return { ...plainFunctions(), ...scopeFunctions(facts) };
}

function plainFunctions(): Record<string, TemplateFunction> {
  return {
    concat: (args) => (args.some(Array.isArray) ? args.flatMap(arrayOf) : args.map(print).join("")),
    format: ([pattern, ...values]) =>
      textOf(pattern).replaceAll(/\{(?<index>\d+)\}/gu, (_match, index: string) => print(values[Number(index)])),
    tolower: ([text]) => textOf(text).toLowerCase(),
    toupper: ([text]) => textOf(text).toUpperCase(),
    replace: ([text, from, to]) => textOf(text).replaceAll(textOf(from), textOf(to)),
    equals: ([left, right]) => sameJson(left, right),
    not: ([value]) => value !== true,
    and: (args) => args.every((value) => value === true),
    or: (args) => args.includes(true),
    if: ([condition, yes, no]) => (condition === true ? yes : no),
    empty: ([value]) => value === null || value === undefined || sizeOf(value) === 0,
    length: ([value]) => sizeOf(value),
    coalesce: (args) => args.find((value) => value !== null && value !== undefined) ?? null,
    createarray: (args) => args,
    createobject: (args) =>
      Object.fromEntries(args.flatMap((key, index) => (index % 2 === 0 ? [[print(key), args[index + 1]]] : []))),
    union: (args) =>
      args.some(Array.isArray)
        ? args.flatMap(arrayOf)
        : Object.fromEntries(args.flatMap((value) => Object.entries(objectOf(value)))),
    true: () => true,
    false: () => false,
    null: () => null,
    string: ([value]) => print(value),
    int: ([value]) => Number(value),
  };
}

function scopeFunctions({ scope, location, tenantId, deploymentName }: ScopeFacts): Record<string, TemplateFunction> {
  const subscription = subscriptionScope(scope.subscriptionId ?? "");
  return {
    resourcegroup: () => ({ id: scope.id, name: scope.resourceGroup, location, tags: {}, properties: {} }),
    subscription: () => ({
      id: subscription.id,
      subscriptionId: scope.subscriptionId,
      tenantId,
      displayName: "Simulated",
    }),
    tenant: () => ({ tenantId }),
    deployment: () => ({ name: deploymentName, location }),
    resourceid: (args) => resourceId(scope, args),
    subscriptionresourceid: (args) => resourceId(subscription, args),
    tenantresourceid: (args) => resourceId(TENANT, args),
    extensionresourceid: ([base, ...rest]) => resourceId({ id: print(base) }, rest),
  };
}

/** The arguments before the type, when there are any, are a subscription and a resource group. */
function resourceId(scope: Pick<Scope, "id" | "subscriptionId">, args: readonly unknown[]): string {
  const texts = args.map(print);
  const at = texts.findIndex((text) => text.includes("/"));
  const [type = "", ...names] = texts.slice(at);
  const [first, second] = texts.slice(0, at);
  const own = { id: scope.id };
  const group = {
    id: `/subscriptions/${second === undefined ? (scope.subscriptionId ?? "") : (first ?? "")}/resourceGroups/${second ?? first ?? ""}`,
  };
  return resourceIdIn(first === undefined ? own : group, type, names.join("/"));
}

function print(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "number" ? String(value) : JSON.stringify(value ?? null);
}

function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}
