import type { Value, ValueObject } from "../../src/expression/value.ts";

/** Members of a body or of its `properties`. */
export interface Members {
  readonly [name: string]: Value;
}

/** A body in ARM shape for rule tables: id, type, name and what the row gives. */
export type Body = ValueObject & { readonly id: string; readonly type: string; readonly name: string };

export const GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg";

/** A resource of `type` below the test's resource group, or below `scope`. */
export function resource(type: string, name: string, members: Members = {}, scope = GROUP): Body {
  return { id: `${scope}/providers/${interleave(type, name)}`, type, name, apiVersion: "2025-06-01", ...members };
}

function interleave(type: string, name: string): string {
  const [provider = "", ...types] = type.split("/");
  const names = name.split("/");
  return [provider, ...types.flatMap((part, index) => [part, names[index] ?? ""])].join("/");
}

/** An Azure OpenAI account with the given properties. */
export function account(properties: Members = {}, members: Members = {}): Body {
  return resource("Microsoft.CognitiveServices/accounts", "aoai", {
    kind: "OpenAI",
    sku: { name: "S0" },
    ...members,
    properties,
  });
}

/** A model deployment of that account. */
export function deployment(properties: Members = {}, sku: Value = { name: "Standard", capacity: 10 }): Body {
  return resource("Microsoft.CognitiveServices/accounts/deployments", "aoai/gpt", {
    sku,
    properties: { model: { format: "OpenAI", name: "gpt-4o" }, ...properties },
  });
}

/** A content-filter policy of that account. */
export function raiPolicy(contentFilters: Value, properties: Members = {}): Body {
  return resource("Microsoft.CognitiveServices/accounts/raiPolicies", "aoai/strict", {
    properties: { ...properties, contentFilters },
  });
}

/** Something that few rules apply to. */
export function storageAccount(properties: Members = {}): Body {
  return resource("Microsoft.Storage/storageAccounts", "st", { kind: "StorageV2", properties });
}

/** A private endpoint for the resource with this id. */
export function privateEndpoint(targetId: Value, groupIds: Value = ["account"]): Body {
  return resource("Microsoft.Network/privateEndpoints", "pe", {
    properties: {
      privateLinkServiceConnections: [{ name: "c", properties: { privateLinkServiceId: targetId, groupIds } }],
    },
  });
}

/** A diagnostic setting of the resource with this id. */
export function diagnosticSetting(targetId: string, properties: Members): Body {
  return resource("Microsoft.Insights/diagnosticSettings", "ds", { properties }, targetId);
}
