import type { AnySchema } from "ajv";
import { Schemas } from "../schema.ts";

const text = { type: "string" };
const anything: AnySchema = {};
const map = (values: AnySchema): AnySchema => ({ type: "object", additionalProperties: values });
const list = (items: AnySchema): AnySchema => ({ type: "array", items });
const ref = (name: string): AnySchema => ({ $ref: `#/definitions/${name}` });

/** An object with exactly these members. */
function closed(properties: Readonly<Record<string, AnySchema>>, required: readonly string[] = []): AnySchema {
  return { type: "object", properties, required, additionalProperties: false };
}

const templateLink = closed({ uri: text, id: text, relativePath: text, contentVersion: text, queryString: text });
const keyVaultReference = closed({ keyVault: closed({ id: text }, ["id"]), secretName: text, secretVersion: text }, [
  "keyVault",
  "secretName",
]);
const parameter = {
  ...closedObject({ value: anything, reference: keyVaultReference, expression: text }),
  minProperties: 1,
};

function closedObject(properties: Readonly<Record<string, AnySchema>>): Record<string, unknown> {
  return { type: "object", properties, additionalProperties: false };
}

const deploymentProperties = {
  template: { type: "object" },
  templateLink,
  parameters: map(parameter),
  parametersLink: closed({ uri: text, contentVersion: text }, ["uri"]),
  externalInputs: map(closed({ value: anything }, ["value"])),
  externalInputDefinitions: map(closed({ kind: text, config: anything }, ["kind"])),
  extensionConfigs: map(map(closed({ value: anything, keyVaultReference }))),
  mode: { enum: ["Incremental", "Complete"] },
  debugSetting: closed({ detailLevel: text }),
  onErrorDeployment: closed({ type: { enum: ["LastSuccessful", "SpecificDeployment"] }, deploymentName: text }),
  expressionEvaluationOptions: closed({ scope: { enum: ["NotSpecified", "Outer", "Inner"] } }),
  validationLevel: { enum: ["Template", "Provider", "ProviderNoRbac"] },
};
const identity = closed({ type: { enum: ["None", "UserAssigned"] }, userAssignedIdentities: map({ type: "object" }) }, [
  "type",
]);

const changes = list(ref("whatIfChange"));
const diagnostics = list(ref("diagnostic"));
const resourceReference = closed({
  id: text,
  extension: { type: "object" },
  resourceType: text,
  identifiers: anything,
  apiVersion: text,
  symbolicNamePath: list(text),
});

/**
 * Bodies of the deployments API, written from the models of the SDK package (`@azure/arm-resourcesdeployments` 2.0.0,
 * API version 2026-06-01). Requests are closed, because ARM refuses members it does not know.
 */
export const armSchemas = new Schemas("arm", {
  whatIfRequest: closed(
    {
      location: text,
      properties: closed(
        {
          ...deploymentProperties,
          whatIfSettings: closed({ resultFormat: { enum: ["ResourceIdOnly", "FullResourcePayloads"] } }),
          resourcePredictions: list({
            ...closedObject({
              symbolicNamePath: list(text),
              resourceId: text,
              extension: { type: "object" },
              resourceType: text,
              identifiers: anything,
              apiVersion: text,
            }),
            required: ["symbolicNamePath"],
          }),
        },
        ["mode"],
      ),
    },
    ["properties"],
  ),
  deploymentRequest: closed(
    { location: text, tags: map(text), identity, properties: closed(deploymentProperties, ["mode"]) },
    ["properties"],
  ),
  whatIfResult: {
    type: "object",
    properties: {
      status: text,
      error: ref("error"),
      properties: {
        type: "object",
        properties: { correlationId: text, changes, potentialChanges: changes, diagnostics },
        additionalProperties: false,
      },
    },
    required: ["status"],
    additionalProperties: false,
    anyOf: [{ required: ["properties"] }, { required: ["error"] }],
  },
  whatIfChange: closed(
    {
      resourceId: text,
      deploymentId: text,
      symbolicName: text,
      symbolicNamePath: list(text),
      resourceType: text,
      identifiers: anything,
      extension: { type: "object" },
      changeType: { enum: ["Create", "Delete", "Ignore", "Deploy", "NoChange", "Modify", "Unsupported"] },
      unsupportedReason: text,
      before: anything,
      after: anything,
      delta: list(ref("propertyChange")),
    },
    ["changeType"],
  ),
  propertyChange: closed(
    {
      path: text,
      propertyChangeType: { enum: ["Create", "Delete", "Modify", "Array", "NoEffect"] },
      before: anything,
      after: anything,
      children: { anyOf: [{ type: "null" }, list(ref("propertyChange"))] },
    },
    ["path", "propertyChangeType"],
  ),
  diagnostic: closed(
    {
      level: { enum: ["Warning", "Info", "Error"] },
      code: text,
      message: text,
      target: text,
      additionalInfo: list(closed({ type: text, info: anything })),
    },
    ["level", "code", "message"],
  ),
  error: closed(
    {
      code: text,
      message: text,
      target: text,
      details: list(ref("error")),
      additionalInfo: list(closed({ type: text, info: anything })),
    },
    ["code", "message"],
  ),
  cloudError: closed({ error: ref("error") }, ["error"]),
  deployment: closed(
    {
      id: text,
      name: text,
      type: { const: "Microsoft.Resources/deployments" },
      location: text,
      tags: map(text),
      properties: ref("deploymentState"),
    },
    ["id", "name", "type", "properties"],
  ),
  deploymentState: closed(
    {
      provisioningState: {
        enum: ["Accepted", "Running", "Succeeded", "Failed", "Canceled"],
      },
      correlationId: text,
      timestamp: { type: "string", format: "date-time" },
      duration: text,
      outputs: map(closed({ type: text, value: anything }, ["type"])),
      providers: list({ type: "object" }),
      dependencies: list({ type: "object" }),
      parameters: { type: "object" },
      mode: { enum: ["Incremental", "Complete"] },
      templateHash: text,
      templateLink,
      outputResources: list(resourceReference),
      validatedResources: list(resourceReference),
      error: ref("error"),
      diagnostics,
      validationLevel: text,
    },
    ["provisioningState", "correlationId", "timestamp", "mode"],
  ),
  operationList: closed({ value: list(ref("deploymentOperation")), nextLink: text }, ["value"]),
  deploymentOperation: closed(
    {
      id: text,
      operationId: text,
      properties: closed({
        provisioningOperation: text,
        provisioningState: text,
        timestamp: { type: "string", format: "date-time" },
        duration: text,
        statusCode: text,
        statusMessage: closed({ status: text, error: ref("error") }),
        targetResource: closed({ id: text, resourceName: text, resourceType: text, symbolicName: text }),
      }),
    },
    ["id", "operationId", "properties"],
  ),
  operationStatus: closed({ status: text, error: ref("error") }, ["status"]),
  resource: {
    type: "object",
    properties: { id: text, name: text, type: text, location: text, tags: map(text) },
    required: ["id", "name", "type"],
  },
  resourceList: closed({ value: list(ref("resource")), nextLink: text }, ["value"]),
});
