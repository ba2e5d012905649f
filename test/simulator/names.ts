/** The names and ids of the default world: obviously invented, and spelt as the real ones are. */
export const DEFAULTS = {
  tenantId: "11111111-1111-4111-8111-111111111111",
  clientId: "22222222-2222-4222-8222-222222222222",
  objectId: "33333333-3333-4333-8333-333333333333",
  subscriptionId: "44444444-4444-4444-8444-444444444444",
  resourceGroup: "rg-ai-test",
  location: "swedencentral",
  repository: "contoso/ai-platform",
  repositoryId: 700_001,
  ownerId: 600_001,
  organisation: "contoso",
  organisationId: "55555555-5555-4555-8555-555555555555",
  project: "platform",
  projectId: "66666666-6666-4666-8666-666666666666",
  azureRepositoryId: "77777777-7777-4777-8777-777777777777",
  serviceConnectionId: "88888888-8888-4888-8888-888888888888",
  serviceConnectionName: "azure-what-if",
} as const;

/** The public cloud's audience for exchanged tokens. */
export const EXCHANGE_AUDIENCE = "api://AzureADTokenExchange";

/** Where GitHub's tokens say they come from, unless an enterprise has its own issuer. */
export const GITHUB_ISSUER = "https://token.actions.githubusercontent.com";

/** The resource that an access token for Azure Resource Manager names. */
export const ARM_AUDIENCE = "https://management.azure.com";

/** An id in the shape of a GUID that tells what it is for, counted from 1. */
export function countedId(prefix: string, count: number): string {
  return `${prefix.padEnd(8, "0").slice(0, 8)}-0000-4000-8000-${String(count).padStart(12, "0")}`;
}
