import { maybeText, objectOf, textOf, type JsonObject } from "../json.ts";
import { deploymentId, type DeploymentRequest } from "./deployment-request.ts";
import type { ArmError } from "./errors.ts";
import type { DeploymentRecord } from "./state.ts";
import type { DeclaredResource } from "./template.ts";

/** The record of an accepted deployment. */
export function newRecord(
  request: DeploymentRequest,
  resources: readonly DeclaredResource[],
  { timestamp, correlationId }: Pick<DeploymentRecord, "timestamp" | "correlationId">,
): DeploymentRecord {
  return {
    id: deploymentId(request.scope, request.name),
    name: request.name,
    scope: request.scope,
    location: maybeText(request.body["location"]),
    mode: request.mode,
    tags: request.body["tags"],
    parameters: shownParameters(request.properties),
    resources: resources.map(({ id, type, symbolicName }) => ({
      id,
      type,
      ...(symbolicName === undefined ? {} : { symbolicName }),
    })),
    provisioningState: "Accepted",
    outputs: {},
    error: undefined,
    timestamp,
    correlationId,
  };
}

/** The error of a failed deployment, with its cause below. */
export function deploymentFailure(record: DeploymentRecord, cause: ArmError): ArmError {
  return {
    code: "DeploymentFailed",
    target: record.id,
    message:
      "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
    details: [cause],
  };
}

/** A deployment as ARM shows it. */
export function deploymentBody(record: DeploymentRecord): JsonObject {
  const { id, name, location, tags, error, resources } = record;
  const isOver = record.provisioningState === "Succeeded";
  return {
    id,
    name,
    type: "Microsoft.Resources/deployments",
    ...(location === undefined ? {} : { location }),
    ...(tags === undefined ? {} : { tags }),
    properties: {
      provisioningState: record.provisioningState,
      correlationId: record.correlationId,
      timestamp: record.timestamp,
      duration: "PT1S",
      mode: record.mode,
      parameters: record.parameters,
      templateHash: "1234567890123456789",
      providers: [],
      dependencies: [],
      ...(isOver
        ? { outputs: record.outputs, outputResources: resources.map((resource) => ({ id: resource.id })) }
        : {}),
      ...(error === undefined ? {} : { error }),
    },
  };
}

/** ARM does not give secure values back. */
function shownParameters(properties: JsonObject): JsonObject {
  const declared = objectOf(objectOf(properties["template"])["parameters"]);
  const given = objectOf(properties["parameters"]);
  return Object.fromEntries(
    Object.entries(given).map(([name, parameter]) => {
      const type = textOf(objectOf(declared[name])["type"]);
      return [name, type.toLowerCase().startsWith("secure") ? { type } : { type, ...objectOf(parameter) }];
    }),
  );
}
