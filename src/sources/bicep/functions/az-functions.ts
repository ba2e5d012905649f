import type { ScopeKind } from "../types/type.ts";

/**
 * The functions of the namespace `az`, in the notation of `SignatureReader`.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions
 */
export const AZ_FUNCTIONS: readonly string[] = [
  "deployer() deployer",
  "deployment() =deployment",
  "environment() environment",
  "extensionResourceId(string, string, string, ...string) string",
  "managementGroupResourceId(string, string, ...string) string",
  "pickZones(string, string, string, int?, int?) array",
  "providers(string, string?) any",
  "resourceId(string, string, ...string) string",
  "subscriptionResourceId(string, string, ...string) string",
  "tenantResourceId(string, string, ...string) string",
];

/** Those of `az` that are run when resources are deployed. */
export const AZ_INLINING_FUNCTIONS: readonly string[] = [
  "reference(string, string?, string?) object",
  "toLogicalZone(string, string, string) string",
  "toLogicalZones(string, string, array) array",
  "toPhysicalZone(string, string, string) string",
  "toPhysicalZones(string, string, array) array",
];

/** Those of `az` for parameters files. */
export const AZ_PARAMETERS_FUNCTIONS: readonly string[] = ["getSecret(string, string, string, string, string?) secret"];

/** What `listKeys()` and all its like are, whatever the service calls them. */
export const LIST_FUNCTION = "list(string, string, object?) any";

/**
 * The functions for the scopes of a deployment, by the scope of the file they are called in.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-scope
 */
export const SCOPE_FUNCTIONS: Readonly<Record<ScopeKind, readonly string[]>> = {
  tenant: [
    "tenant() =tenant",
    "managementGroup(string) =managementGroup",
    "subscription(string) =subscription",
    "resourceGroup(string, string) =resourceGroup",
  ],
  managementGroup: [
    "tenant() =tenant",
    "managementGroup(string?) =managementGroup",
    "subscription(string) =subscription",
    "resourceGroup(string, string) =resourceGroup",
  ],
  subscription: [
    "tenant() =tenant",
    "managementGroup(string) =managementGroup",
    "subscription(string?) =subscription",
    "resourceGroup(string, string?) =resourceGroup",
  ],
  resourceGroup: [
    "tenant() =tenant",
    "managementGroup(string) =managementGroup",
    "subscription(string?) =subscription",
    "resourceGroup(string?, string?) =resourceGroup",
  ],
};
