import { joinKeyOf } from "../expression/open-text.ts";
import type { Unknown } from "../expression/value.ts";

/**
 * An ARM resource id taken apart. Letter case stays as written; `key` is what to compare and index by.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#resourceid
 */
export interface ResourceId {
  readonly text: string;
  /** `text` in lower case: two ids name the same resource exactly when their keys are equal. */
  readonly key: string;
  /** Full type, `Microsoft.CognitiveServices/accounts/deployments`. */
  readonly type: string;
  /** Full name, `account/deployment`. */
  readonly name: string;
  /** Key of the id one level up (`…/accounts/a` of `…/accounts/a/deployments/d`), or `null` for a top-level resource. */
  readonly parentKey: string | null;
  /** Key of what the resource is deployed to: a resource group, subscription, management group, `/`, or another resource. */
  readonly scopeKey: string;
  readonly subscriptionId: string | null;
  readonly resourceGroup: string | null;
}

/** Found in the text as written: lower case can be longer, and what is behind a `İ` would move. */
const PROVIDERS = /\/providers(?=\/)/gi;

/** Takes an ARM id apart, or gives `null` when `text` is not one. */
export function parseResourceId(text: string): ResourceId | null {
  const trimmed = text.length > 1 && text.endsWith("/") ? text.slice(0, -1) : text;
  if (!trimmed.startsWith("/")) return null;
  const key = trimmed.toLowerCase();
  const provider = [...trimmed.matchAll(PROVIDERS)].at(-1);
  const rest = provider === undefined ? null : trimmed.slice(provider.index + provider[0].length + 1);
  const own = rest === null ? containerParts(trimmed) : providerParts(rest);
  if (own === null) return null;
  const scope = trimmed.slice(0, provider?.index).toLowerCase();
  return {
    text: trimmed,
    key,
    ...own,
    parentKey: rest === null ? null : parentKeyOf(key, rest),
    scopeKey: provider === undefined ? scopeOfContainer(key) : scope === "" ? "/" : scope,
    ...containerOf(trimmed),
  };
}

/**
 * What to join ids by that may have to wait for the deployment: two ids of the same expression name the same resource. The parts that
 * are not known stand in braces; never printed as an id.
 */
export function joinableId(id: string | Unknown): ResourceId | null {
  if (typeof id === "string") return parseResourceId(id);
  const key = id.placeholder ?? joinKeyOf(id);
  return key === null ? null : parseResourceId(key);
}

function providerParts(rest: string): { type: string; name: string } | null {
  const parts = rest.split("/");
  if (parts.length < 3 || parts.length % 2 === 0 || parts.includes("")) return null;
  const types = [parts[0]];
  const names: string[] = [];
  for (let i = 1; i < parts.length; i += 2) {
    types.push(parts[i]);
    names.push(parts[i + 1] ?? "");
  }
  return { type: types.join("/"), name: names.join("/") };
}

function containerParts(text: string): { type: string; name: string } | null {
  const parts = text.split("/").slice(1);
  if (parts[0]?.toLowerCase() !== "subscriptions" || parts[1] === undefined || parts[1] === "") return null;
  if (parts.length === 2) return { type: "Microsoft.Resources/subscriptions", name: parts[1] };
  const isGroup = parts.length === 4 && parts[2]?.toLowerCase() === "resourcegroups" && parts[3] !== "";
  return isGroup ? { type: "Microsoft.Resources/resourceGroups", name: parts[3] ?? "" } : null;
}

function scopeOfContainer(key: string): string {
  const at = key.indexOf("/resourcegroups/");
  return at === -1 ? "/" : key.slice(0, at);
}

function parentKeyOf(key: string, rest: string): string | null {
  if (rest.split("/").length < 5) return null;
  return key.slice(0, key.lastIndexOf("/", key.lastIndexOf("/") - 1));
}

function containerOf(text: string): { subscriptionId: string | null; resourceGroup: string | null } {
  const parts = text.split("/", 5);
  const inSubscription = parts[1]?.toLowerCase() === "subscriptions";
  const inGroup = inSubscription && parts[3]?.toLowerCase() === "resourcegroups";
  return {
    subscriptionId: inSubscription ? (parts[2] ?? null) : null,
    resourceGroup: inGroup ? (parts[4] ?? null) : null,
  };
}
