import type { TokenCredential } from "@azure/identity";
import type { Cloud } from "./clouds.ts";

/** The identity to sign in as. */
export interface FederatedIdentity {
  readonly tenantId: string;
  readonly clientId: string;
}

/** A credential that exchanges a token of the pipeline for one of Entra. `assertion` is asked for a fresh token at every exchange. */
export async function assertionCredential(
  identity: FederatedIdentity,
  cloud: Cloud,
  assertion: () => Promise<string>,
): Promise<TokenCredential> {
  const { ClientAssertionCredential } = await import("@azure/identity");
  return new ClientAssertionCredential(identity.tenantId, identity.clientId, assertion, optionsOf(cloud));
}

/**
 * The credential of an Azure DevOps service connection with workload identity federation.
 *
 * @see https://learn.microsoft.com/javascript/api/@azure/identity/azurepipelinescredential
 */
export async function pipelinesCredential(
  identity: FederatedIdentity,
  cloud: Cloud,
  connection: { readonly id: string; readonly accessToken: string },
): Promise<TokenCredential> {
  const { AzurePipelinesCredential } = await import("@azure/identity");
  return new AzurePipelinesCredential(
    identity.tenantId,
    identity.clientId,
    connection.id,
    connection.accessToken,
    optionsOf(cloud),
  );
}

function optionsOf({ authorityHost, isKnownAuthority }: Cloud) {
  return {
    authorityHost,
    disableInstanceDiscovery: !isKnownAuthority,
    retryOptions: { maxRetries: 3, retryDelayInMs: 500 },
  };
}
