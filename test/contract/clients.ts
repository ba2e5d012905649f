import { getOctokit } from "@actions/github";
import { DeploymentsClient } from "@azure/arm-resourcesdeployments";
import { AzurePipelinesCredential, ClientAssertionCredential, type TokenCredential } from "@azure/identity";
import { DEFAULTS, EXCHANGE_AUDIENCE, jobIdentity, USUAL_PERMISSIONS, type World } from "../simulator/index.ts";
import type { Permissions } from "../simulator/github/tokens.ts";

/** The scope that Azure Resource Manager's tokens are asked for. */
export const ARM_SCOPE = "https://management.azure.com/.default";

/** Where the default world's repository is. */
export const REPOSITORY = { owner: "contoso", repo: "ai-platform" };

interface Assertion {
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly assertion?: () => Promise<string>;
}

/** How a client finds the simulated Entra, trusts it and does not wait for it. */
function entraOptions(world: World): Record<string, unknown> {
  return {
    authorityHost: world.urls.entra,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: world.certificate.pem },
    retryOptions: { maxRetries: 0 },
  };
}

/** The Azure SDK's credential for GitHub, with the token of a pull request unless another assertion is given. */
export function githubCredential(world: World, options: Assertion = {}): TokenCredential {
  const { tenantId = world.ids.tenantId, clientId = world.ids.clientId } = options;
  const own = (): Promise<string> => Promise.resolve(world.oidc.github.tokenFor(jobIdentity(), EXCHANGE_AUDIENCE));
  return new ClientAssertionCredential(tenantId, clientId, options.assertion ?? own, entraOptions(world));
}

/** The Azure SDK's credential for Azure Pipelines. The environment must name the token endpoint. */
export function pipelinesCredential(
  world: World,
  connectionId: string = DEFAULTS.serviceConnectionId,
): TokenCredential {
  const { tenantId, clientId } = world.ids;
  return new AzurePipelinesCredential(
    tenantId,
    clientId,
    connectionId,
    world.azureDevOps.job.token,
    entraOptions(world),
  );
}

interface ArmOptions {
  readonly credential?: TokenCredential;
  readonly apiVersion?: string;
  readonly maxRetries?: number;
}

/** The Azure SDK's client for deployments. */
export function deploymentsClient(world: World, options: ArmOptions = {}): DeploymentsClient {
  const { credential = githubCredential(world), apiVersion, maxRetries = 2 } = options;
  return new DeploymentsClient(credential, world.ids.subscriptionId, {
    endpoint: world.urls.arm,
    tlsOptions: { ca: world.certificate.pem },
    retryOptions: { maxRetries, retryDelayInMs: 10 },
    ...(apiVersion === undefined ? {} : { apiVersion }),
  });
}

/** GitHub's client, with a token of those permissions. */
export function octokit(world: World, permissions: Permissions = USUAL_PERMISSIONS): ReturnType<typeof getOctokit> {
  return getOctokit(world.github.tokens.issue(permissions).value, { baseUrl: world.urls.githubApi });
}

/** A request with the Azure DevOps job's token. */
export async function azureDevOpsRequest(
  world: World,
  path: string,
  init: { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const { organisation, project, repositoryId } = world.azureDevOps.state;
  const base = `${world.urls.azureDevOps}/${organisation}/${project}/_apis/git/repositories/${repositoryId}`;
  const response = await fetch(`${base}${path}${path.includes("?") ? "&" : "?"}api-version=7.1`, {
    method: init.method ?? "GET",
    redirect: "manual",
    headers: {
      authorization: `Bearer ${world.azureDevOps.job.token}`,
      accept: "application/json",
      "content-type": "application/json",
      "x-tfs-fedauthredirect": "Suppress",
      ...init.headers,
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : text };
}

/** A template with one Azure AI account; the name and whether keys are disabled are parameters. */
export function accountTemplate(
  properties: Record<string, unknown> = { disableLocalAuth: true },
): Record<string, unknown> {
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { name: { type: "string" } },
    resources: [
      {
        type: "Microsoft.CognitiveServices/accounts",
        apiVersion: "2024-10-01",
        name: "[parameters('name')]",
        location: "[resourceGroup().location]",
        kind: "OpenAI",
        properties,
      },
    ],
  };
}

/** The id of an account in the default world. */
export function accountId(name: string): string {
  return `/subscriptions/${DEFAULTS.subscriptionId}/resourceGroups/${DEFAULTS.resourceGroup}/providers/Microsoft.CognitiveServices/accounts/${name}`;
}

/** What an SDK's error says, whatever its class. */
export async function messageOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing was thrown";
}

/** The HTTP status with which an SDK call failed. */
export async function statusOf(attempt: Promise<unknown>): Promise<number> {
  try {
    await attempt;
  } catch (error) {
    const fields: Record<string, unknown> = typeof error === "object" && error !== null ? { ...error } : {};
    return Number(fields["statusCode"] ?? fields["status"]);
  }
  return 0;
}
