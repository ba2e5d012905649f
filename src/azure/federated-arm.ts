import { GateError } from "../diagnostics/gate-error.ts";
import type { HostInputs } from "../inputs/parse-host-inputs.ts";
import type { Arm } from "../ports.ts";
import { armClient } from "./arm-client.ts";
import { type Cloud, cloudOf } from "./clouds.ts";
import { assertionCredential, pipelinesCredential } from "./credential.ts";

/** The cloud that the inputs name. */
function cloudOfInputs(inputs: HostInputs): Cloud {
  return cloudOf(inputs.value("azure-cloud") ?? "AzureCloud", {
    authorityHost: inputs.value("authority-host"),
    resourceManager: inputs.value("resource-manager-url"),
  });
}

/**
 * Resource Manager for a GitHub job. `idToken` asks the job's issuer for a token with the audience; `undefined` when the job may not have one.
 *
 * @throws GateError SIGN_IN_NOT_CONFIGURED
 */
export async function armForGithub(
  inputs: HostInputs,
  idToken: ((audience: string) => Promise<string>) | undefined,
): Promise<Arm> {
  if (idToken === undefined) {
    throw new GateError("SIGN_IN_NOT_CONFIGURED", "the job may not ask for an OIDC token", {
      hint: "Add `permissions: id-token: write` to the job. Pull requests from forks never get one.",
    });
  }
  const cloud = cloudOfInputs(inputs);
  const identity = { clientId: required(inputs, "client-id"), tenantId: required(inputs, "tenant-id") };
  const credential = await assertionCredential(identity, cloud, () => idToken(cloud.exchangeAudience));
  return armClient({ credential, cloud, subscriptionId: required(inputs, "subscription-id") });
}

/** A service connection as the agent hands it to a task. */
export interface ServiceConnection {
  readonly id: string;
  /** Authorisation scheme; only `WorkloadIdentityFederation` has no secret. */
  readonly scheme: string | undefined;
  readonly tenantId: string | undefined;
  readonly clientId: string | undefined;
  /** The one that it was made for. */
  readonly subscriptionId: string | undefined;
  readonly accessToken: string;
}

/** Resource Manager for an Azure Pipelines task. @throws GateError SIGN_IN_NOT_CONFIGURED */
export async function armForPipelines(inputs: HostInputs, connection: ServiceConnection): Promise<Arm> {
  const { id, scheme, tenantId, clientId, accessToken } = connection;
  const subscriptionId = inputs.value("subscription-id") ?? connection.subscriptionId;
  const hint =
    "Use an Azure Resource Manager service connection with workload identity federation, and name it in azureSubscription.";
  if (scheme?.toLowerCase() !== "workloadidentityfederation")
    throw new GateError(
      "SIGN_IN_NOT_CONFIGURED",
      `the service connection uses ${scheme ?? "no known scheme"}, not workload identity federation`,
      { hint },
    );
  if (tenantId === undefined || clientId === undefined || subscriptionId === undefined)
    throw new GateError("SIGN_IN_NOT_CONFIGURED", "the service connection names no tenant, client or subscription", {
      hint,
    });
  const cloud = cloudOfInputs(inputs);
  return armClient({
    credential: await pipelinesCredential({ tenantId, clientId }, cloud, { id, accessToken }),
    cloud,
    subscriptionId,
  });
}

function required(inputs: HostInputs, name: string): string {
  const value = inputs.value(name);
  if (value === undefined) throw new GateError("SIGN_IN_NOT_CONFIGURED", `the input ${name} is missing`);
  return value;
}
