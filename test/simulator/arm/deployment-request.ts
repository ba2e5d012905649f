import { objectOf, type JsonObject } from "../json.ts";
import { countedId } from "../names.ts";
import type { Call } from "../service.ts";
import { refusal } from "./errors.ts";
import type { Principal } from "./principal.ts";
import { armSchemas } from "./schemas.ts";
import type { Scope } from "./scope.ts";

/** The path of deployments below a scope. */
export const DEPLOYMENTS_PATH = "/providers/Microsoft.Resources/deployments";

/** ARM's limit for the body of a deployment request. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A request whose form is sound. */
export interface DeploymentRequest {
  readonly scope: Scope;
  readonly name: string;
  readonly body: JsonObject;
  readonly properties: JsonObject;
  readonly mode: "Incremental" | "Complete";
  readonly principal: Principal;
}

/** What a call asks of a deployment. @throws Refusal for everything that ARM refuses before it looks into the template */
export function readRequest(
  call: Call,
  definition: string,
  { scope, principal }: Pick<DeploymentRequest, "scope" | "principal">,
): DeploymentRequest {
  const name = call.params["deployment"] ?? "";
  checkName(name);
  const body = bodyOf(call, definition);
  const properties = objectOf(body["properties"]);
  checkLocation(scope, name, body);
  const mode = properties["mode"] === "Complete" ? "Complete" : "Incremental";
  if (mode === "Complete" && scope.kind !== "resourceGroup") {
    const message = `The deployment mode 'Complete' is not supported for the deployment '${name}' at this scope. Please see https://aka.ms/arm-deploy for usage details.`;
    throw refusal(400, "InvalidDeployment", message);
  }
  return { scope, name, body, properties, mode, principal };
}

/** The ARM id of a deployment. */
export function deploymentId(scope: Scope, name: string): string {
  return `${scope.id}${DEPLOYMENTS_PATH}/${name}`;
}

/** The correlation id of a call: the client's own, or the simulator's. */
export function correlationOf(call: Call): string {
  return (
    call.headers["x-ms-correlation-request-id"] ?? call.headers["x-ms-client-request-id"] ?? countedId("c044e1", 1)
  );
}

function checkName(name: string): void {
  if (name.length <= 64 && /^[-\w.()]+$/u.test(name)) return;
  throw refusal(
    400,
    "InvalidDeploymentName",
    `The deployment name '${name}' is not valid. Deployment names have at most 64 characters: letters, digits, '.', '_', '-', '(' and ')'.`,
  );
}

function bodyOf(call: Call, definition: string): JsonObject {
  if (call.bodyBytes > MAX_BODY_BYTES) {
    throw refusal(
      413,
      "RequestContentTooLarge",
      `The request content size exceeds the maximum size of ${String(MAX_BODY_BYTES)} bytes.`,
    );
  }
  const problem = call.isMalformed ? "the body is not JSON" : armSchemas.problemOf(definition, call.body);
  if (problem !== undefined) {
    throw refusal(
      400,
      "InvalidRequestContent",
      `The request content was invalid and could not be deserialized: '${problem}'.`,
    );
  }
  return objectOf(call.body);
}

function checkLocation(scope: Scope, name: string, body: JsonObject): void {
  const isGiven = body["location"] !== undefined;
  if (scope.kind === "resourceGroup" && isGiven) {
    throw refusal(
      400,
      "InvalidDeployment",
      `The 'location' property is not allowed for '${name}' at resource group scope. Please see https://aka.ms/deploy-to-subscription for usage details.`,
    );
  }
  if (scope.kind !== "resourceGroup" && !isGiven) {
    throw refusal(
      400,
      "LocationRequired",
      `The 'location' property must be specified for '${name}'. Please see https://aka.ms/deploy-to-subscription for usage details.`,
    );
  }
}
