import { describe, expect, it } from "vitest";
import { GateError } from "../diagnostics/gate-error.ts";
import type { Arm } from "../ports.ts";
import {
  fakeArm,
  fakeCompiler,
  fakeOutput,
  type FakePullRequest,
  fakePullRequest,
  memoryTree,
} from "../../test/support/fakes.ts";
import { account } from "../../test/support/resources.ts";
import type { GateHost } from "./gate-host.ts";
import { runGate } from "./run-gate.ts";

const SECURE = account({ disableLocalAuth: true, publicNetworkAccess: "Disabled" });
const INSECURE = account({ disableLocalAuth: false, publicNetworkAccess: "Disabled" });
const change = (after: object) => ({
  status: "Succeeded",
  properties: { changes: [{ resourceId: SECURE.id, changeType: "Modify", before: SECURE, after }] },
});
const TEMPLATE = JSON.stringify({
  parameters: { n: { type: "int" }, pw: { type: "secureString" } },
  resources: [],
  metadata: { _generator: { name: "bicep" } },
});

interface Setting {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly arm?: Arm;
  readonly pullRequest?: FakePullRequest | null;
  readonly isUntrusted?: boolean;
  readonly kind?: "action" | "task";
}

function start({
  inputs = {},
  files = {},
  arm = fakeArm(change(INSECURE)),
  pullRequest = fakePullRequest(),
  isUntrusted = false,
  kind = "action",
}: Setting) {
  const output = fakeOutput();
  const written = new Map<string, string>();
  const given: Readonly<Record<string, string>> = {
    template: "main.json",
    "subscription-id": "s",
    "resource-group": "rg",
    ...inputs,
  };
  const host: GateHost = {
    kind,
    input: (name) => given[name] ?? "",
    output,
    clock: { today: () => "2026-11-23" },
    workspace: "/repo",
    temporaryFolder: "/tmp",
    subject: { repository: "o/r", pullRequest: pullRequest === null ? null : 1, headSha: "h", baseSha: "b" },
    isUntrusted,
    defaultReportKey: "check",
    pullRequest: async () => pullRequest,
    setsStatus: kind === "task",
    tree: () => memoryTree({ "main.json": TEMPLATE, ...files }),
    compiler: () => fakeCompiler(),
    subscriptionOf: () => undefined,
    arm: async () => arm,
    environment: () => undefined,
    writeFile: async (path, text) => void written.set(path, text),
  };
  return { output, written, code: runGate(host, new AbortController().signal) };
}

describe("the gate", () => {
  it("comments, annotates, summarises and sets outputs", async () => {
    const pullRequest = fakePullRequest();
    const { code, output, written } = start({ pullRequest });
    expect(await code).toBe(1);
    expect([...pullRequest.comments.values()]).toHaveLength(1);
    expect(output.annotations).toMatchObject([
      { level: "error", title: "high: identity/openai-local-auth-enabled", file: "main.json" },
    ]);
    expect(output.summaries).toHaveLength(1);
    expect(Object.fromEntries(output.outputs)).toMatchObject({
      verdict: "block",
      "findings-new": "1",
      "highest-severity": "high",
    });
    expect([...written.keys()]).toEqual(["/tmp/portcullis.json", "/tmp/portcullis.sarif", "/tmp/portcullis.md"]);
    expect(pullRequest.statuses).toEqual([]);
  });

  it("sets a status where the host wants one", async () => {
    const pullRequest = fakePullRequest();
    await start({ kind: "task", pullRequest }).code;
    expect(pullRequest.statuses).toMatchObject([{ state: "failed", description: "Blocked: 1 new, 3 open" }]);
  });

  it.each([
    ["never", SECURE, 0],
    ["on-findings", { ...SECURE, tags: { a: "b" } }, 1], // open outcomes are findings
    ["always", SECURE, 1],
  ])("comments %s", async (comment, after, expected) => {
    const pullRequest = fakePullRequest();
    await start({ inputs: { comment }, arm: fakeArm(change(after)), pullRequest }).code;
    expect(pullRequest.comments.size).toBe(expected);
  });

  it("hands over what was asked for", async () => {
    const arm = fakeArm(change(SECURE));
    const files = {
      "prod.json": JSON.stringify({
        parameters: { n: { value: 1 }, kv: { reference: { keyVault: { id: "/v" }, secretName: "s" } } },
      }),
    };
    const inputs = {
      parameters: "prod.json\nn=2\npw=canary-secret-value",
      "deployment-name": "release",
      "deployment-mode": "complete",
      "validation-level": "ProviderNoRbac",
      location: "westeurope",
    };
    const { code, output } = start({ inputs, files, arm });
    expect(await code).toBe(0);
    expect(arm.requests).toMatchObject([
      {
        scope: { kind: "resourceGroup", subscriptionId: "s", resourceGroup: "rg" },
        deploymentName: "release",
        mode: "Complete",
        validationLevel: "ProviderNoRbac",
        location: "westeurope",
        parameters: { n: { value: 2 }, pw: { value: "canary-secret-value" }, kv: { reference: { secretName: "s" } } },
      },
    ]);
    expect(JSON.stringify([output.lines, output.summaries])).not.toContain("canary");
  });

  it("takes a digest of what was written, not of how or of secrets", async () => {
    const digestOf = async (setting: Setting) => {
      const { code, output } = start({ arm: fakeArm(change(SECURE)), ...setting });
      await code;
      return output.outputs.get("digest");
    };
    const plain = await digestOf({ inputs: { parameters: "n=1" } });
    expect(
      await digestOf({
        inputs: { parameters: "n=1" },
        files: { "main.json": JSON.stringify(JSON.parse(TEMPLATE), null, 4).replace("bicep", "other") },
        arm: fakeArm(change(INSECURE)),
      }),
    ).toBe(plain);
    expect(await digestOf({ inputs: { parameters: "n=2" } })).not.toBe(plain);
    expect(await digestOf({ inputs: { parameters: "n=1\npw=a" } })).toBe(
      await digestOf({ inputs: { parameters: "n=1\npw=b" } }),
    );
  });
});

describe("the gate's policy", () => {
  const off = "rules:\n  identity/openai-local-auth-enabled: off\n";

  it("is that of the base, not that of the change", async () => {
    expect(await start({ files: { "portcullis.yml": off }, pullRequest: fakePullRequest() }).code).toBe(1);
    expect(await start({ files: {}, pullRequest: fakePullRequest({ base: { "portcullis.yml": off } }) }).code).toBe(0);
  });

  it("is that of the checkout outside a pull request", async () => {
    expect(await start({ files: { "portcullis.yml": off }, pullRequest: null }).code).toBe(0);
  });

  it("does not judge when the base cannot be read", async () => {
    const pullRequest = { ...fakePullRequest(), readBaseFile: () => Promise.reject(new Error("HTTP 500")) };
    const { code, output } = start({ pullRequest });
    expect(await code).toBe(3);
    expect(output.annotations[0]?.title).toBe("BASE_UNREADABLE");
    expect(output.outputs.get("verdict")).toBe("notJudged");
  });
});

describe("evaluating offline", () => {
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { name: { type: "string" } },
    resources: [
      {
        type: "Microsoft.CognitiveServices/accounts",
        apiVersion: "2024-10-01",
        name: "[parameters('name')]",
        kind: "OpenAI",
        properties: { disableLocalAuth: false },
      },
    ],
  };
  const files = { "main.json": JSON.stringify(template, null, 1) };
  const inputs = { parameters: "name=aoai" };
  const noArm = fakeArm(new Error("Azure was asked"));

  it.each<[string, Setting]>([
    ["for a pull request from a fork", { files, inputs, arm: noArm, isUntrusted: true }],
    ["when the input says so", { files, inputs: { ...inputs, offline: "true" }, arm: noArm }],
  ])("asks nobody %s", async (_, setting) => {
    const { code, output } = start(setting);
    expect(await code).toBe(1);
    expect(output.annotations).toContainEqual(
      expect.objectContaining({
        title: "high: identity/openai-local-auth-enabled",
        file: "main.json",
        line: 16,
      }),
    );
  });

  it("does not happen for a fork when the input forbids it", async () => {
    const { code } = start({ files, inputs: { ...inputs, offline: "false" }, isUntrusted: true, arm: noArm });
    expect(await code).toBe(70);
  });

  it("gives what Azure answered the lines of the template", async () => {
    const { code, output } = start({
      files,
      inputs: { parameters: `name=${SECURE.name}`, "subscription-id": "11111111-2222-3333-4444-555555555555" },
      arm: fakeArm(change(INSECURE)),
    });
    expect(await code).toBe(1);
    expect(output.annotations).toContainEqual(
      expect.objectContaining({ title: "high: identity/openai-local-auth-enabled", file: "main.json", line: 16 }),
    );
  });

  it("says in a pull request that the base is not at hand", async () => {
    const { code, output } = start({ files, inputs: { ...inputs, offline: "true" }, arm: noArm });
    await code;
    expect(output.lines.join("\n")).toContain("base-not-read");
  });
});

describe("what the gate refuses", () => {
  it.each([
    [{ inputs: { template: "" } }, "USAGE", 2],
    [{ inputs: { "subscription-id": "" } }, "SIGN_IN_NOT_CONFIGURED", 3],
    [{ inputs: { mode: "deploy" } }, "NOT_AVAILABLE", 2],
    [{ inputs: { "management-group": "mg" } }, "NOT_AVAILABLE", 2],
    [{ inputs: { plan: "none/*.json" } }, "SOURCE_NOT_FOUND", 2],
  ])("%j with %s", async (setting: Setting, title, expected) => {
    const { code, output } = start(setting);
    expect(await code).toBe(expected);
    expect(output.annotations).toMatchObject([{ level: "error", title }]);
  });

  it.each([
    [{ inputs: { template: "none.json" } }, "SOURCE_NOT_FOUND", 2],
    [{ inputs: { template: "main.bicep" } }, "BICEP_NOT_FOUND", 2],
    [{ inputs: { parameters: "n=x" } }, "PARAMETER_INVALID", 2],
    [{ inputs: { parameters: "bad.json" }, files: { "bad.json": "{}" } }, "PARAMETER_INVALID", 2],
    [{ arm: fakeArm(new GateError("WHAT_IF_FORBIDDEN", "no")) }, "WHAT_IF_FORBIDDEN", 3],
    [{ arm: fakeArm({ status: "Failed", error: { code: "X", message: "y" } }) }, "WHAT_IF_FAILED", 3],
    [{ arm: fakeArm(new TypeError("boom")) }, "INTERNAL", 70],
  ])("%j as a target: %s", async (setting: Setting, errorCode, expected) => {
    const pullRequest = fakePullRequest();
    const { code, output } = start({ ...setting, pullRequest });
    expect(await code).toBe(expected);
    expect(output.outputs.get("verdict")).toBe("notJudged");
    expect([...pullRequest.comments.values()][0]).toContain(errorCode);
  });
});
