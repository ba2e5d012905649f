import type { SimulatedClock } from "../clock.ts";
import { isObject, objectOf, textOf, type JsonObject } from "../json.ts";
import { countedId } from "../names.ts";
import { Defect, ok, type Call, type Reply, type Route } from "../service.ts";
import type { Access } from "./access.ts";
import { errorReply, refusal, type ArmError } from "./errors.ts";
import { failedEnd, type OperationEnd, type Operations } from "./operations.ts";
import type { Scenario } from "./scenario.ts";
import { deploymentBody, deploymentFailure, newRecord } from "./deployment-record.ts";
import {
  correlationOf,
  deploymentId,
  DEPLOYMENTS_PATH,
  readRequest,
  type DeploymentRequest,
} from "./deployment-request.ts";
import { unauthorised, type Principal } from "./principal.ts";
import { armSchemas } from "./schemas.ts";
import { groupOf, SCOPE_PATHS, scopeOf, type Scope } from "./scope.ts";
import type { ArmState, DeploymentRecord } from "./state.ts";
import { expandTemplate, type DeclaredResource, type ExpandedTemplate, type TemplateInput } from "./template.ts";
import { predict } from "./what-if.ts";

/** What the deployments API works with. */
export interface DeploymentParts {
  readonly state: ArmState;
  readonly access: Access;
  readonly scenario: Scenario;
  readonly operations: Operations;
  readonly clock: SimulatedClock;
  readonly tenantId: string;
  readonly principalOf: (call: Call) => Principal;
}

/** Name, method, path and answer of a route. */
type Row = readonly [string, string, string, (call: Call) => Reply];

function toRoute([name, method, path, answer]: Row): Route {
  return { name, method, path, answer };
}

/**
 * The deployments API at its four scopes.
 *
 * @see https://learn.microsoft.com/rest/api/resources/deployments
 */
export class Deployments {
  readonly #parts: DeploymentParts;
  /** The operation behind each running deployment. */
  readonly #running = new Map<string, string>();

  constructor(parts: DeploymentParts) {
    this.#parts = parts;
  }

  routes(): readonly Route[] {
    const routes = SCOPE_PATHS.flatMap((scope) => this.#routesBelow(`${scope}${DEPLOYMENTS_PATH}/{deployment}`));
    // In a resource group the SDK lists operations at an address without the provider.
    const [group] = SCOPE_PATHS;
    const operations = `${group}/deployments/{deployment}/operations`;
    return [...routes, toRoute(["deploymentOperations", "GET", operations, (call) => this.#listOperations(call)])];
  }

  #routesBelow(one: string): readonly Route[] {
    const rows: readonly Row[] = [
      ["whatIf", "POST", `${one}/whatIf`, (call) => this.#whatIf(call)],
      ["validate", "POST", `${one}/validate`, (call) => this.#validate(call)],
      ["cancel", "POST", `${one}/cancel`, (call) => this.#cancel(call)],
      ["deploymentOperations", "GET", `${one}/operations`, (call) => this.#listOperations(call)],
      [
        "deploymentStatus",
        "GET",
        `${one}/operationStatuses/{operation}`,
        (call) => this.#parts.operations.status(call),
      ],
      ["deploy", "PUT", one, (call) => this.#deploy(call)],
      ["getDeployment", "GET", one, (call) => this.#get(call)],
    ];
    return rows.map(toRoute);
  }

  #whatIf(call: Call): Reply {
    const { scenario, operations } = this.#parts;
    const request = this.#request(call, { action: "whatIf/action", definition: "whatIfRequest" });
    const canned = scenario.take("whatIf");
    if (canned?.kind === "refused") return canned.reply;
    const end = canned === undefined ? this.#predictedEnd(call, request) : cannedEnd(canned);
    return operations.accepted(
      call,
      request.scope,
      operations.begin(() => end),
    );
  }

  #predictedEnd(call: Call, request: DeploymentRequest): OperationEnd {
    const { state } = this.#parts;
    const { resources } = this.#expand(request);
    this.#checkResourceRights(request, resources);
    const settings = objectOf(request.properties["whatIfSettings"]);
    const changes = predict({
      declared: resources,
      existing: state.all(),
      group: request.scope.kind === "resourceGroup" ? groupOf(request.scope.id) : undefined,
      mode: request.mode,
      resultFormat: settings["resultFormat"] === "ResourceIdOnly" ? "ResourceIdOnly" : "FullResourcePayloads",
      apiVersion: call.query.get("api-version") ?? "",
    });
    return {
      status: "Succeeded",
      body: { status: "Succeeded", properties: { correlationId: correlationOf(call), changes } },
    };
  }

  #validate(call: Call): Reply {
    const { scenario } = this.#parts;
    const request = this.#request(call, { action: "validate/action", definition: "deploymentRequest" });
    const canned = scenario.take("validate");
    if (canned?.kind === "refused") return canned.reply;
    const { resources } = this.#expand(request);
    this.#checkResourceRights(request, resources);
    const record = this.#newRecord(call, request, resources);
    const { outputResources, ...properties } = objectOf(
      objectOf(deploymentBody({ ...record, provisioningState: "Succeeded" }))["properties"],
    );
    return ok({
      ...objectOf(deploymentBody(record)),
      properties: { ...properties, validatedResources: outputResources ?? [] },
    });
  }

  #deploy(call: Call): Reply {
    const { state, operations } = this.#parts;
    const request = this.#request(call, { action: "write", definition: "deploymentRequest" });
    const key = deploymentId(request.scope, request.name).toLowerCase();
    if (this.#running.has(key)) {
      const message = `Unable to edit or replace deployment '${request.name}': previous deployment is still active. Please see https://aka.ms/arm-deploy for usage details.`;
      return errorReply(409, { code: "DeploymentActive", message });
    }
    const expanded = this.#expand(request, (id) => propertiesOf(state, id));
    this.#checkResourceRights({ ...request, properties: {} }, expanded.resources);
    const record = this.#newRecord(call, request, expanded.resources);
    state.deployments.set(key, record);
    const operation = operations.begin(() => this.#finish(record, expanded), true);
    this.#running.set(key, operation);
    const version = call.query.get("api-version") ?? "";
    const address = `${call.origin}${record.id}/operationStatuses/${operation}?api-version=${version}`;
    return {
      status: 201,
      headers: { "azure-asyncoperation": address, ...operations.retryAfter() },
      body: deploymentBody(record),
    };
  }

  /** Applies the deployment, or fails as the scenario says. */
  #finish(record: DeploymentRecord, expanded: ExpandedTemplate): OperationEnd {
    const { state, scenario } = this.#parts;
    this.#running.delete(record.id.toLowerCase());
    if (scenario.deploymentError !== undefined) {
      record.provisioningState = "Failed";
      record.error = deploymentFailure(record, scenario.deploymentError);
      return failedEnd(record.error);
    }
    if (record.mode === "Complete") removeUndeclared(state, record);
    for (const { id, body } of expanded.resources) state.put({ ...body, id });
    record.provisioningState = "Succeeded";
    record.outputs = scenario.deploymentOutputs ?? expanded.outputs();
    return { status: "Succeeded", body: deploymentBody(record) };
  }

  /** Reading a running deployment is a way of polling it. */
  #get(call: Call): Reply {
    const record = this.#recordOf(call, "read");
    const operation = this.#running.get(record.id.toLowerCase());
    if (operation !== undefined && this.#parts.operations.poll(operation) === undefined)
      record.provisioningState = "Running";
    return ok(deploymentBody(record));
  }

  #cancel(call: Call): Reply {
    const record = this.#recordOf(call, "cancel/action");
    const operation = this.#running.get(record.id.toLowerCase());
    if (operation === undefined || !this.#parts.operations.cancel(operation)) {
      const message = `The deployment '${record.name}' cannot be cancelled because it is in '${record.provisioningState}' state.`;
      return errorReply(409, { code: "DeploymentCannotBeCancelled", message });
    }
    this.#running.delete(record.id.toLowerCase());
    record.provisioningState = "Canceled";
    return { status: 204 };
  }

  #listOperations(call: Call): Reply {
    const record = this.#recordOf(call, "operations/read");
    const isFailed = record.provisioningState === "Failed";
    const value = record.resources.map(({ id, type, symbolicName }, index) => {
      const operationId = countedId("0b5e44", index + 1);
      return {
        id: `${record.id}/operations/${operationId}`,
        operationId,
        properties: {
          provisioningOperation: "Create",
          provisioningState: record.provisioningState,
          timestamp: record.timestamp,
          duration: "PT1S",
          statusCode: isFailed ? "Conflict" : "OK",
          ...(isFailed && record.error !== undefined
            ? { statusMessage: { status: "Failed", error: record.error } }
            : {}),
          targetResource: {
            id,
            resourceType: type,
            resourceName: id.split("/").at(-1),
            ...(symbolicName === undefined ? {} : { symbolicName }),
          },
        },
      };
    });
    return ok({ value });
  }

  #recordOf(call: Call, action: string): DeploymentRecord {
    const scope = scopeOf(call);
    this.#admit(call, scope, action);
    const name = call.params["deployment"] ?? "";
    const record = this.#parts.state.deployments.get(deploymentId(scope, name).toLowerCase());
    if (record === undefined) throw refusal(404, "DeploymentNotFound", `Deployment '${name}' could not be found.`);
    return record;
  }

  #request(
    call: Call,
    { action, definition }: { readonly action: string; readonly definition: string },
  ): DeploymentRequest {
    const scope = scopeOf(call);
    return readRequest(call, definition, { scope, principal: this.#admit(call, scope, action) });
  }

  #admit(call: Call, scope: Scope, action: string): Principal {
    const { state, access, principalOf } = this.#parts;
    const principal = principalOf(call);
    const full = `Microsoft.Resources/deployments/${action}`;
    const target = `${scope.id}${DEPLOYMENTS_PATH}/${call.params["deployment"] ?? ""}`;
    if (!access.allows(principal.clientId, full, target)) throw unauthorised(principal, full, target);
    if (scope.resourceGroup !== undefined && state.get(scope.id) === undefined) {
      throw refusal(404, "ResourceGroupNotFound", `Resource group '${scope.resourceGroup}' could not be found.`);
    }
    return principal;
  }

  #expand(request: DeploymentRequest, reference?: (id: string) => unknown): ExpandedTemplate {
    const { template } = request.properties;
    if (!isObject(template)) throw new Defect("the simulator does not follow template links: can the answer");
    const group = this.#parts.state.get(request.scope.id);
    const input: TemplateInput = {
      scope: request.scope,
      location: textOf(group?.["location"] ?? request.body["location"]),
      tenantId: this.#parts.tenantId,
      deploymentName: request.name,
      template,
      parameters: objectOf(request.properties["parameters"]),
      ...(reference === undefined ? {} : { reference }),
    };
    return expandTemplate(input);
  }

  /** `Provider` (the default) wants write permission on each resource, `ProviderNoRbac` only read, `Template` none. */
  #checkResourceRights(
    { properties, principal, name }: DeploymentRequest,
    resources: readonly DeclaredResource[],
  ): void {
    const level = textOf(properties["validationLevel"] ?? "Provider");
    if (level === "Template") return;
    const verb = level === "ProviderNoRbac" ? "read" : "write";
    const denied = resources.find(
      ({ type, id }) => !this.#parts.access.allows(principal.clientId, `${type}/${verb}`, id),
    );
    if (denied === undefined) return;
    const message = `The template deployment '${name}' is not valid: 'Authorization failed for template resource '${textOf(denied.body["name"])}' of type '${denied.type}'. The client '${principal.clientId}' with object id '${principal.objectId}' does not have permission to perform action '${denied.type}/${verb}' at scope '${denied.id}'.'.`;
    throw refusal(403, "InvalidTemplateDeployment", message);
  }

  #newRecord(call: Call, request: DeploymentRequest, resources: readonly DeclaredResource[]): DeploymentRecord {
    const timestamp = new Date(this.#parts.clock.nowMs()).toISOString();
    return newRecord(request, resources, { timestamp, correlationId: correlationOf(call) });
  }
}

function cannedEnd(
  outcome:
    | { readonly kind: "result"; readonly body: JsonObject; readonly isChecked: boolean }
    | { readonly kind: "failed"; readonly error: ArmError },
): OperationEnd {
  if (outcome.kind === "failed") return failedEnd(outcome.error);
  const problem = outcome.isChecked ? armSchemas.problemOf("whatIfResult", outcome.body) : undefined;
  if (problem !== undefined) throw new Defect(`the canned what-if breaks the contract: ${problem}`);
  const { error } = outcome.body;
  const isFailed = textOf(outcome.body["status"]).toLowerCase() === "failed" && isObject(error);
  const own = isFailed ? { code: textOf(error["code"]), message: textOf(error["message"]) } : undefined;
  return { status: isFailed ? "Failed" : "Succeeded", body: outcome.body, error: own };
}

function propertiesOf(state: ArmState, id: string): unknown {
  return state.get(id)?.["properties"] ?? {};
}

function removeUndeclared(state: ArmState, record: DeploymentRecord): void {
  const declared = new Set(record.resources.map(({ id }) => id.toLowerCase()));
  for (const resource of state.below(record.scope.id)) {
    const id = textOf(resource["id"]);
    if (!declared.has(id.toLowerCase())) state.remove(id);
  }
}
