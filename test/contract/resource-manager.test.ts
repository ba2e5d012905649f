import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { armSchemas } from "../simulator/arm/schemas.ts";
import { objectOf } from "../simulator/json.ts";
import { DEFAULTS, expiredToken, PREVIEW_ACTIONS, startWorld, throttled, type World } from "../simulator/index.ts";
import { accountId, accountTemplate, deploymentsClient, messageOf, statusOf } from "./clients.ts";
import { httpsCall, type PlainResponse } from "./https-request.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const GROUP = DEFAULTS.resourceGroup;
const FAST = { updateIntervalInMs: 5 };

/** A what-if of the account template through the Azure SDK. */
async function whatIf(options: { readonly template?: Record<string, unknown>; readonly apiVersion?: string } = {}) {
  const { template = accountTemplate(), ...rest } = options;
  const properties = { mode: "Incremental" as const, template, parameters: { name: { value: "aoai" } } };
  return deploymentsClient(world, rest).deployments.whatIf(GROUP, "preview", { properties }, FAST);
}

function existingAccount(properties: Record<string, unknown>): void {
  world.arm.state.put({ id: accountId("aoai"), kind: "OpenAI", location: "swedencentral", properties });
}

/** A request to ARM without the SDK. */
function call(path: string, options: Parameters<typeof httpsCall>[2] = {}): Promise<PlainResponse> {
  const authorization = `Bearer ${world.entra.accessTokenFor(world.ids.clientId)}`;
  const headers = { authorization, "content-type": "application/json", ...options.headers };
  return httpsCall(world, `${world.urls.arm}${path}`, { ...options, headers });
}

const deploymentPath = (suffix = ""): string =>
  `/subscriptions/${DEFAULTS.subscriptionId}/resourcegroups/${GROUP}/providers/Microsoft.Resources/deployments/d${suffix}?api-version=2025-04-01`;

describe("a what-if through the Azure SDK", () => {
  it("polls until the changes are there", async () => {
    world.arm.scenario.longRunning.pendingPolls = 2;
    const result = await whatIf();
    expect(result.status).toBe("Succeeded");
    expect(result.changes).toMatchObject([{ changeType: "Create", resourceId: accountId("aoai") }]);
    expect(world.journal.routes("arm")).toEqual([
      "arm.whatIf",
      "arm.operationResult",
      "arm.operationResult",
      "arm.operationResult",
    ]);
    expect(world.journal.where("arm").map(({ status }) => status)).toEqual([202, 202, 202, 200]);
    world.journal.assertClean();
  });

  it("says what is modified, created and deleted below a resource", async () => {
    existingAccount({ disableLocalAuth: true, publicNetworkAccess: "Disabled", ipRules: [{ value: "a" }] });
    const properties = { disableLocalAuth: false, customSubDomainName: "x", ipRules: [{ value: "b" }, { value: "c" }] };
    const { changes } = await whatIf({ template: accountTemplate(properties) });
    expect(changes?.[0]).toMatchObject({ changeType: "Modify", resourceType: "Microsoft.CognitiveServices/accounts" });
    expect(changes?.[0]?.delta).toMatchObject([
      { path: "properties.customSubDomainName", propertyChangeType: "Create", after: "x" },
      { path: "properties.disableLocalAuth", propertyChangeType: "Modify", before: true, after: false },
      {
        path: "properties.ipRules",
        propertyChangeType: "Array",
        children: [
          { path: "0", propertyChangeType: "Modify", children: [{ path: "value", before: "a", after: "b" }] },
          { path: "1", propertyChangeType: "Create" },
        ],
      },
      { path: "properties.publicNetworkAccess", propertyChangeType: "Delete", before: "Disabled" },
    ]);
  });

  it("lists what the template leaves alone", async () => {
    existingAccount({ disableLocalAuth: true });
    world.arm.state.put({ id: accountId("other"), properties: {} });
    const { changes } = await whatIf();
    expect(changes?.map(({ changeType }) => changeType)).toEqual(["NoChange", "Ignore"]);
    expect(changes?.[1]?.before).toEqual(changes?.[1]?.after);
  });

  it("leaves run-time expressions as text and evaluates the rest", async () => {
    const template = accountTemplate({
      stamp: "[utcNow()]",
      key: "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 's'), '2023-01-01').keys[0].value]",
      name: "[format('{0}-{1}', parameters('name'), subscription().subscriptionId)]",
      literal: "[[not an expression]",
    });
    const { changes } = await whatIf({ template });
    expect(changes?.[0]?.after.properties).toEqual({
      stamp: "[utcNow()]",
      key: "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 's'), '2023-01-01').keys[0].value]",
      name: `aoai-${DEFAULTS.subscriptionId}`,
      literal: "[not an expression]",
    });
  });

  it("opens nested deployments and symbolic names", async () => {
    const inner = {
      ...accountTemplate(),
      languageVersion: "2.0",
      resources: { account: Object(accountTemplate()["resources"])[0] },
    };
    const template = {
      ...accountTemplate(),
      resources: [
        {
          type: "Microsoft.Resources/deployments",
          apiVersion: "2025-04-01",
          name: "module",
          properties: {
            mode: "Incremental",
            expressionEvaluationOptions: { scope: "inner" },
            parameters: { name: { value: "[parameters('name')]" } },
            template: inner,
          },
        },
      ],
    };
    const { changes } = await whatIf({ template });
    expect(changes).toMatchObject([{ resourceId: accountId("aoai"), symbolicName: "account" }]);
    expect(changes?.[0]?.deploymentId).toMatch(/\/deployments\/module$/u);
  });

  it("returns a canned document untouched", async () => {
    const change = { changeType: "Unsupported", unsupportedReason: "no", resourceId: accountId("x") };
    world.arm.scenario.whatIfReturns({ status: "Succeeded", properties: { changes: [change], potentialChanges: [] } });
    expect(await whatIf()).toMatchObject({ status: "Succeeded", changes: [change], potentialChanges: [] });
  });

  it("fails with HTTP 200", async () => {
    world.arm.scenario.whatIfFails({ code: "DeploymentWhatIfResourceError", message: "no such thing" }, { times: 1 });
    expect(await whatIf()).toMatchObject({ status: "Failed", error: { code: "DeploymentWhatIfResourceError" } });
    expect(world.journal.last("arm")).toMatchObject({ status: 200, refusal: "DeploymentWhatIfResourceError" });
    expect(await whatIf()).toMatchObject({ status: "Succeeded" });
  });

  it("is refused at once with the causes below the error", async () => {
    const details = [{ code: "RequestDisallowedByPolicy", message: "no public access" }];
    world.arm.scenario.whatIfIsRefused(400, { code: "InvalidTemplateDeployment", message: "see details", details });
    expect(await statusOf(whatIf())).toBe(400);
    expect(world.journal.last("arm")).toMatchObject({ route: "arm.whatIf", refusal: "InvalidTemplateDeployment" });
    world.arm.scenario.reset();
    expect(await whatIf()).toMatchObject({ status: "Succeeded" });
  });

  it("fails by a throw where the status has its own address", async () => {
    world.arm.scenario.longRunning.asyncOperation = true;
    world.arm.scenario.whatIfFails({ code: "InvalidTemplateDeployment", message: "broken" });
    expect(await messageOf(whatIf())).toContain("InvalidTemplateDeployment");
    expect(world.journal.count("arm.operationStatus")).toBeGreaterThan(0);
  });

  it("is retried after a 429", async () => {
    world.faults.inject("arm.whatIf", throttled(0));
    expect(await whatIf()).toMatchObject({ status: "Succeeded" });
    expect(world.journal.where("arm.whatIf").map(({ status, fault }) => [status, fault])).toEqual([
      [429, "429"],
      [202, null],
    ]);
  });

  it.each([
    ["subscription", `/subscriptions/${DEFAULTS.subscriptionId}`],
    ["management group", "/providers/Microsoft.Management/managementGroups/mg"],
    ["tenant", ""],
  ])("works at %s scope", async (name, base) => {
    const client = deploymentsClient(world).deployments;
    const template = {
      ...accountTemplate(),
      resources: [
        { type: "Microsoft.Authorization/policyDefinitions", apiVersion: "2025-01-01", name: "p", properties: {} },
      ],
    };
    const body = {
      location: "swedencentral",
      properties: { mode: "Incremental" as const, template, parameters: { name: { value: "x" } } },
    };
    const attempts: Record<string, () => PromiseLike<{ changes?: readonly { resourceId?: string }[] }>> = {
      subscription: () => client.whatIfAtSubscriptionScope("preview", body, FAST),
      "management group": () => client.whatIfAtManagementGroupScope("mg", "preview", body, FAST),
      tenant: () => client.whatIfAtTenantScope("preview", body, FAST),
    };
    const result = await attempts[name]?.();
    expect(result?.changes?.[0]?.resourceId).toBe(`${base}/providers/Microsoft.Authorization/policyDefinitions/p`);
  });

  it("omits payloads on request", async () => {
    existingAccount({ disableLocalAuth: false });
    const whatIfSettings = { resultFormat: "ResourceIdOnly" as const };
    const properties = {
      mode: "Incremental" as const,
      template: accountTemplate(),
      parameters: { name: { value: "aoai" } },
      whatIfSettings,
    };
    const { changes } = await deploymentsClient(world).deployments.whatIf(GROUP, "preview", { properties }, FAST);
    expect(changes?.[0]).toMatchObject({ changeType: "Deploy" });
    expect(changes?.[0]?.after).toBeUndefined();
  });

  it("predicts deletions in complete mode", async () => {
    existingAccount({});
    const template = { ...accountTemplate(), parameters: {}, resources: [] };
    const properties = { mode: "Complete" as const, template };
    const { changes } = await deploymentsClient(world).deployments.whatIf(GROUP, "preview", { properties }, FAST);
    expect(changes).toMatchObject([{ changeType: "Delete", resourceId: accountId("aoai") }]);
  });
});

describe("ARM refuses", () => {
  it.each([
    ["InvalidApiVersionParameter", "InvalidApiVersionParameter" as const],
    ["NoRegisteredProviderFound", "NoRegisteredProviderFound" as const],
  ])("an API version that it lacks with %s", async (code, apiVersionError) => {
    world.arm.scenario.apiVersions = ["2022-09-01", "2024-03-01"];
    world.arm.scenario.apiVersionError = apiVersionError;
    const message = await messageOf(whatIf({ apiVersion: "2026-06-01" }));
    expect(message).toContain("2024-03-01");
    expect(world.journal.last("arm")).toMatchObject({ status: 400, refusal: code });
    expect(await whatIf({ apiVersion: "2024-03-01" })).toMatchObject({ status: "Succeeded" });
  });

  it("a principal without the right", async () => {
    world.arm.access.grant(world.ids.clientId, [{ actions: ["*/read"] }]);
    expect(await messageOf(whatIf())).toContain(
      "does not have authorization to perform action 'Microsoft.Resources/deployments/whatIf/action'",
    );
    expect(world.journal.last("arm")).toMatchObject({ status: 403, refusal: "AuthorizationFailed" });
  });

  it("the default validation level to a principal that may only read", async () => {
    world.arm.access.grant(world.ids.clientId, [{ actions: PREVIEW_ACTIONS }]);
    expect(await messageOf(whatIf())).toContain("'Microsoft.CognitiveServices/accounts/write'");
    const properties = {
      mode: "Incremental" as const,
      template: accountTemplate(),
      parameters: { name: { value: "aoai" } },
      validationLevel: "ProviderNoRbac",
    };
    const result = await deploymentsClient(world).deployments.whatIf(GROUP, "preview", { properties }, FAST);
    expect(result.status).toBe("Succeeded");
  });

  it.each([
    {
      what: "a resource group that is not there",
      code: "ResourceGroupNotFound",
      status: 404,
      scope: "/subscriptions/{s}/resourcegroups/none",
    },
    {
      what: "a subscription that is not there",
      code: "SubscriptionNotFound",
      status: 404,
      scope: "/subscriptions/00000000-0000-4000-8000-000000000000",
    },
    { what: "a deployment without its location", code: "LocationRequired", status: 400, scope: "/subscriptions/{s}" },
  ])("$what with $code", async ({ code, status, scope }) => {
    const body = { properties: { mode: "Incremental", template: accountTemplate() } };
    const base = scope.replace("{s}", DEFAULTS.subscriptionId);
    const address = `${base}/providers/Microsoft.Resources/deployments/d/whatIf?api-version=2025-04-01`;
    expect(await call(address, { method: "POST", body })).toMatchObject({ status, body: { error: { code } } });
  });

  it.each([
    ["a body that is not JSON", "{ template:", "InvalidRequestContent"],
    [
      "a member that it does not know",
      { properties: { mode: "Incremental", template: accountTemplate(), whatifSettings: {} } },
      "InvalidRequestContent",
    ],
    [
      "a parameter wrapper",
      { properties: { mode: "Incremental", template: accountTemplate(), parameters: { $schema: "x" } } },
      "InvalidRequestContent",
    ],
    [
      "a location at resource group scope",
      { location: "x", properties: { mode: "Incremental", template: accountTemplate() } },
      "InvalidDeployment",
    ],
    ["a missing parameter", { properties: { mode: "Incremental", template: accountTemplate() } }, "InvalidTemplate"],
    [
      "a surplus parameter",
      {
        properties: {
          mode: "Incremental",
          template: accountTemplate(),
          parameters: { name: { value: "x" }, more: { value: 1 } },
        },
      },
      "InvalidTemplate",
    ],
    [
      "a parameter of another type",
      { properties: { mode: "Incremental", template: accountTemplate(), parameters: { name: { value: 1 } } } },
      "InvalidTemplate",
    ],
    [
      "a template without a schema",
      { properties: { mode: "Incremental", template: { resources: [] } } },
      "InvalidTemplate",
    ],
  ])("%s", async (_name, body, code) => {
    expect(await call(deploymentPath("/whatIf"), { method: "POST", body })).toMatchObject({
      status: 400,
      body: { error: { code } },
    });
  });

  it("a template over 4 MB", async () => {
    const body = {
      properties: { mode: "Incremental", template: { ...accountTemplate(), metadata: "x".repeat(4 * 1024 * 1024) } },
    };
    expect(await call(deploymentPath("/whatIf"), { method: "POST", body })).toMatchObject({ status: 413 });
  });

  it.each([
    ["no token", {}, "AuthenticationFailed"],
    ["a token of somebody else", { authorization: "Bearer e30.e30.e30" }, "InvalidAuthenticationToken"],
  ])("%s", async (_name, headers, code) => {
    const response = await httpsCall(world, `${world.urls.arm}${deploymentPath()}`, { headers });
    expect(response).toMatchObject({ status: 401, body: { error: { code } } });
    expect(response.headers["www-authenticate"]).toContain("authorization_uri");
  });

  it.each([
    ["an expired token", { exp: 1_600_000_000 }, "ExpiredAuthenticationToken"],
    ["a token for another resource", { aud: "https://vault.azure.net" }, "InvalidAuthenticationTokenAudience"],
    ["a token of another tenant", { iss: "https://sts.windows.net/other/" }, "InvalidAuthenticationTokenTenant"],
  ])("%s", async (_name, claims, code) => {
    const authorization = `Bearer ${world.entra.accessTokenFor(world.ids.clientId, claims)}`;
    expect(await call(deploymentPath(), { headers: { authorization } })).toMatchObject({
      status: 401,
      body: { error: { code } },
    });
  });

  it("a token that expired on the way", async () => {
    world.faults.inject("arm.whatIf", expiredToken());
    expect(await statusOf(whatIf())).toBe(401);
    expect(world.journal.last("arm")).toMatchObject({ refusal: "ExpiredAuthenticationToken" });
  });

  it("to break its own contract unnoticed", async () => {
    world.arm.scenario.whatIfReturns({ status: "Succeeded", properties: { changes: [{ changeType: "Recreate" }] } });
    expect(
      await statusOf(
        deploymentsClient(world, { maxRetries: 0 }).deployments.whatIf(
          GROUP,
          "p",
          { properties: { mode: "Incremental", template: accountTemplate(), parameters: { name: { value: "x" } } } },
          FAST,
        ),
      ),
    ).toBe(500);
    expect(world.journal.defects()[0]?.defect).toContain("breaks the contract");
  });
});

describe("a deployment through the Azure SDK", () => {
  const properties = {
    mode: "Incremental" as const,
    template: accountTemplate(),
    parameters: { name: { value: "aoai" } },
  };

  it("changes what exists and reports its operations", async () => {
    const client = deploymentsClient(world);
    const template = {
      ...accountTemplate(),
      outputs: {
        id: { type: "string", value: "[resourceId('Microsoft.CognitiveServices/accounts', parameters('name'))]" },
      },
    };
    const result = await client.deployments.createOrUpdate(
      GROUP,
      "d",
      { properties: { ...properties, template } },
      FAST,
    );
    expect(result.properties).toMatchObject({
      provisioningState: "Succeeded",
      outputs: { id: { type: "String", value: accountId("aoai") } },
    });
    expect(world.arm.state.get(accountId("AOAI"))).toMatchObject({ properties: { disableLocalAuth: true } });
    const operations = [];
    for await (const operation of client.deploymentOperations.list(GROUP, "d")) operations.push(operation);
    expect(operations).toMatchObject([
      { properties: { provisioningState: "Succeeded", targetResource: { id: accountId("aoai") } } },
    ]);
    world.journal.assertClean();
  });

  it("fails with the causes below its error", async () => {
    world.arm.scenario.deploymentError = { code: "InsufficientQuota", message: "no capacity" };
    const client = deploymentsClient(world);
    expect(await messageOf(client.deployments.createOrUpdate(GROUP, "d", { properties }, FAST))).toContain(
      "DeploymentFailed",
    );
    const { error } = objectOf((await client.deployments.get(GROUP, "d")).properties);
    expect(error).toMatchObject({ code: "DeploymentFailed", details: [{ code: "InsufficientQuota" }] });
    expect(world.arm.state.get(accountId("aoai"))).toBeUndefined();
  });

  it("refuses a second one of the same name, until it is cancelled", async () => {
    world.arm.scenario.longRunning.pendingPolls = Infinity;
    const body = { properties };
    expect(await call(deploymentPath(), { method: "PUT", body })).toMatchObject({ status: 201 });
    expect(await call(deploymentPath(), { method: "PUT", body })).toMatchObject({
      status: 409,
      body: { error: { code: "DeploymentActive" } },
    });
    expect(await call(deploymentPath())).toMatchObject({ body: { properties: { provisioningState: "Running" } } });
    await deploymentsClient(world).deployments.cancel(GROUP, "d");
    expect(await call(deploymentPath())).toMatchObject({ body: { properties: { provisioningState: "Canceled" } } });
    expect(await call(deploymentPath("/cancel"), { method: "POST" })).toMatchObject({ status: 409 });
  });

  it("removes what a complete deployment leaves out", async () => {
    world.arm.state.put({ id: accountId("old"), properties: {} });
    await deploymentsClient(world).deployments.createOrUpdate(
      GROUP,
      "d",
      { properties: { ...properties, mode: "Complete" } },
      FAST,
    );
    expect(world.arm.state.get(accountId("old"))).toBeUndefined();
    expect(world.arm.state.get(accountId("aoai"))).toBeDefined();
  });

  it("validates without changing anything", async () => {
    const client = deploymentsClient(world).deployments;
    const result = await client.validate(GROUP, "d", { properties }, FAST);
    expect(result.properties?.validatedResources).toMatchObject([{ id: accountId("aoai") }]);
    expect(world.arm.state.get(accountId("aoai"))).toBeUndefined();
    world.arm.scenario.validationFails({
      code: "InvalidTemplateDeployment",
      message: "m",
      details: [{ code: "RequestDisallowedByPolicy", message: "p" }],
    });
    const failed = await call(deploymentPath("/validate"), { method: "POST", body: { properties } });
    expect(failed).toMatchObject({
      status: 400,
      body: { error: { details: [{ code: "RequestDisallowedByPolicy" }] } },
    });
  });
});

describe("reading what exists", () => {
  beforeEach(() => {
    existingAccount({ disableLocalAuth: true });
    world.arm.state.put({ id: `${accountId("aoai")}/deployments/gpt`, properties: { model: {} } });
  });

  const subscription = `/subscriptions/${DEFAULTS.subscriptionId}`;
  const version = "api-version=2025-03-01";

  it("lists resources without their properties, page by page", async () => {
    const first = await call(`${subscription}/resources?${version}&$top=1`);
    expect(objectOf(first.body)["value"]).toEqual([
      {
        id: accountId("aoai"),
        name: "aoai",
        type: "Microsoft.CognitiveServices/accounts",
        kind: "OpenAI",
        location: "swedencentral",
      },
    ]);
    const next = String(objectOf(first.body)["nextLink"]).replace(world.urls.arm, "");
    expect((await call(next)).body).toMatchObject({ value: [{ name: "gpt" }] });
    const filter = encodeURIComponent("resourceType eq 'microsoft.cognitiveservices/accounts/deployments'");
    const filtered = await call(`${subscription}/resourceGroups/${GROUP}/resources?${version}&$filter=${filter}`);
    expect(filtered.body).toMatchObject({ value: [{ name: "gpt" }] });
  });

  it("gets one resource, its children and its group", async () => {
    expect(await call(`${accountId("aoai")}?${version}`)).toMatchObject({
      status: 200,
      body: { properties: { disableLocalAuth: true } },
    });
    expect(await call(`${accountId("aoai")}/deployments?${version}`)).toMatchObject({
      body: { value: [{ name: "gpt" }] },
    });
    expect(await call(`${subscription}/resourceGroups/${GROUP}?${version}`)).toMatchObject({
      body: { location: "swedencentral" },
    });
    expect(await call(`${accountId("none")}?${version}`)).toMatchObject({
      status: 404,
      body: { error: { code: "ResourceNotFound" } },
    });
  });

  it("hides what the principal may not read", async () => {
    world.arm.access.grant(world.ids.clientId, [{ actions: ["Microsoft.Resources/*"], scope: subscription }]);
    expect(await call(`${accountId("aoai")}?${version}`)).toMatchObject({ status: 403 });
    expect(await call(`${subscription}/resources?${version}`)).toMatchObject({ status: 200 });
  });
});

describe("recorded what-ifs", () => {
  const folder = join(import.meta.dirname, "../../../shared/corpus/whatif/azure-cli-2020-10");

  it.skipIf(!existsSync(folder))("fit the contract of the response (skipped without ../shared)", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".1.json"));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const document: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
      expect([file, armSchemas.problemOf("whatIfResult", document)]).toEqual([file, undefined]);
    }
  });
});
