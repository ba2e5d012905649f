import type { DeploymentsClient, DeploymentWhatIf } from "@azure/arm-resourcesdeployments";
import type { TokenCredential } from "@azure/identity";
import { GateError } from "../diagnostics/gate-error.ts";
import { isRecord } from "../lib/is-record.ts";
import type { Arm, WhatIfRequest } from "../ports.ts";
import { VERSION } from "../version.ts";
import { type RawAnswer, toAzureError } from "./azure-error.ts";
import type { Cloud } from "./clouds.ts";

/** Version of the deployments API. Stable, and what sovereign clouds have. @see https://learn.microsoft.com/rest/api/resources/deployments */
const API_VERSION = "2025-04-01";

/** What the service allows itself for an expansion is five minutes; twice that is the end of our patience. */
const DEADLINE_MS = 10 * 60 * 1000;

interface ArmOptions {
  readonly credential: TokenCredential;
  readonly cloud: Cloud;
  readonly subscriptionId: string;
}

/** Azure Resource Manager through the SDK, which is loaded on the first call. */
export function armClient(options: ArmOptions): Arm {
  return {
    async whatIf(request, signal) {
      const answers: RawAnswer[] = [];
      try {
        const client = await createClient(options, answers);
        await start(client, request, AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]));
      } catch (error) {
        const failed = failedDocument(answers.at(-1));
        if (failed !== undefined) return failed;
        throw toAzureError(error, answers.at(-1));
      }
      return resultDocument(answers.at(-1));
    },
  };
}

async function createClient(
  { credential, cloud, subscriptionId }: ArmOptions,
  answers: RawAnswer[],
): Promise<DeploymentsClient> {
  const { DeploymentsClient } = await import("@azure/arm-resourcesdeployments");
  const client = new DeploymentsClient(credential, subscriptionId, {
    endpoint: cloud.resourceManager,
    apiVersion: API_VERSION,
    credentials: { scopes: [cloud.tokenScope] },
    retryOptions: { maxRetries: 4, retryDelayInMs: 500 },
    userAgentOptions: { userAgentPrefix: `portcullis/${VERSION}` },
  });
  client.pipeline.addPolicy(
    {
      name: "recordAnswers", // the SDK drops members that its model does not know, and the body of errors
      async sendRequest(request, next) {
        const response = await next(request);
        answers.push({
          status: response.status,
          body: response.bodyAsText ?? "",
          correlationId: response.headers.get("x-ms-correlation-request-id") ?? null,
        });
        return response;
      },
    },
    { afterPhase: "Sign" },
  );
  return client;
}

async function start(client: DeploymentsClient, request: WhatIfRequest, abortSignal: AbortSignal): Promise<void> {
  const { scope, deploymentName, location, template, parameters } = request;
  const properties: DeploymentWhatIf["properties"] = {
    mode: request.mode,
    template: { ...(isRecord(template) ? template : {}) },
    parameters: { ...parameters },
    validationLevel: request.validationLevel,
    whatIfSettings: { resultFormat: "FullResourcePayloads" },
  };
  if (scope.kind === "resourceGroup" && scope.resourceGroup !== undefined) {
    await client.deployments.whatIf(scope.resourceGroup, deploymentName, { properties }, { abortSignal });
  } else if (scope.kind === "subscription") {
    if (location === null)
      throw new GateError("USAGE", "a what-if of a subscription needs a location", { hint: "Set the input location." });
    await client.deployments.whatIfAtSubscriptionScope(deploymentName, { properties, location }, { abortSignal });
  } else {
    throw new GateError("NOT_AVAILABLE", `what-if at the scope ${scope.kind} is not available yet`);
  }
}

/** A what-if that ran and failed, though the SDK throws: its document says more than the exception. */
function failedDocument(answer: RawAnswer | undefined): unknown {
  const document = answer?.status === 200 ? parse(answer.body) : undefined;
  return typeof document === "object" && document !== null && "error" in document ? document : undefined;
}

function resultDocument(answer: RawAnswer | undefined): unknown {
  const document = answer === undefined ? undefined : parse(answer.body);
  if (document !== undefined) return document;
  throw new GateError("AZURE_UNREACHABLE", "Azure's answer to the what-if is not complete JSON");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // cut off on the way
  }
}
