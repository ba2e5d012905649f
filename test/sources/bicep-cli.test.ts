import { describe, expect, it } from "vitest";
import { GateError } from "../../src/diagnostics/gate-error.ts";
import type { BicepCompiler, ExpansionRequest } from "../../src/ports.ts";
import { loadTargets } from "../../src/sources/load-targets.ts";
import type { LoadOptions } from "../../src/sources/load-options.ts";
import { memoryTree } from "../support/fakes.ts";
import { loadContext } from "../support/load-context.ts";
import { storage, storageBicep, templateJson } from "../support/templates.ts";

const FILES = {
  "main.bicep": `param tls string\n${storageBicep("'a'", "{ minimumTlsVersion: tls }")}`,
  "prod.bicepparam": "using 'main.bicep'\nparam tls = 'TLS1_2'\n",
};
const compiledTls = (tls: string) =>
  templateJson([storage("a", { minimumTlsVersion: tls })], { parameters: { tls: { type: "string" } } });
const PARAMETERS = JSON.stringify({ parameters: { tls: { value: "TLS1_2" } } });
const predicted = (tls: string) => {
  const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a";
  return JSON.stringify({ predictedResources: [{ id, ...storage("a", { minimumTlsVersion: tls }) }] });
};

interface Answers {
  readonly template?: string | GateError;
  readonly snapshot?: string;
}

/** A compiler with these answers; it remembers what it was asked to expand. */
function compilerOf({ template = "", snapshot = "" }: Answers): BicepCompiler & { readonly asked: ExpansionRequest[] } {
  const asked: ExpansionRequest[] = [];
  return {
    asked,
    async compile(path) {
      if (template instanceof GateError) throw template;
      return { template, parameters: path.endsWith(".bicepparam") ? PARAMETERS : null };
    },
    async expand(request) {
      asked.push(request);
      return { snapshot, readsEnvironment: false };
    },
  };
}

const SCOPE = {
  tenantId: null,
  subscriptionId: "s",
  resourceGroup: "g",
  managementGroup: null,
  location: null,
  deploymentName: null,
};

interface Choice extends Partial<LoadOptions> {
  readonly isSignedIn?: boolean;
}

async function load(operand: string, compiler: BicepCompiler, { isSignedIn = false, ...options }: Choice) {
  const context = loadContext(memoryTree(FILES), { scope: SCOPE, ...options });
  const { targets } = await loadTargets([operand], { ...context, openCompiler: async () => compiler, isSignedIn });
  const [target] = targets;
  if (target === undefined) throw new Error("no target");
  return { ...target, opinion: await target.secondOpinion };
}

const tlsOf = ({ plan }: Awaited<ReturnType<typeof load>>) => plan?.resources.map(({ after }) => after);

describe("the Bicep CLI as front end", () => {
  it("gives the plan, and our own reading the places", async () => {
    const compiler = compilerOf({ template: compiledTls("[parameters('tls')]"), snapshot: predicted("TLS1_2") });
    const target = await load("prod.bicepparam", compiler, { bicep: "cli" });
    expect(target.frontEnd).toBe("cli");
    expect(tlsOf(target)).toMatchObject([{ properties: { minimumTlsVersion: "TLS1_2" } }]);
    const [resource] = target.plan?.resources ?? [];
    expect(resource && target.plan?.locate(resource, ["location"])).toMatchObject({ file: "main.bicep", startLine: 4 });
    expect(target.opinion?.agreement).toEqual({ equal: 1, total: 1 });
  });

  it("wins where our own reading differs, and the report says so", async () => {
    const compiler = compilerOf({ template: compiledTls("TLS1_0") });
    const target = await load("prod.bicepparam", compiler, { bicep: "cli" });
    expect(tlsOf(target)).toMatchObject([{ properties: { minimumTlsVersion: "TLS1_0" } }]);
    expect(target.plan?.notifications).toMatchObject([{ code: "front-ends-differ" }]);
  });

  it("gives way to our own where it may not be started", async () => {
    const compiler = compilerOf({ template: new GateError("BICEP_NOT_CONFINED", "no") });
    const target = await load("prod.bicepparam", compiler, { bicep: "cli" });
    expect(target).toMatchObject({ frontEnd: "native", error: null });
    expect(target.plan?.notifications).toMatchObject([{ level: "warning", code: "bicep-cli-not-used" }]);
  });

  it.each(["BICEP_NOT_FOUND", "BICEP_CLI_FAILED"] as const)("does not judge what ends with %s", async (code) => {
    const compiler = compilerOf({ template: new GateError(code, "no") });
    expect((await load("prod.bicepparam", compiler, { bicep: "cli" })).error?.code).toBe(code);
  });

  it("refuses what it refuses", async () => {
    const compiler = compilerOf({ template: new GateError("BICEP_FAILED", "main.bicep: BCP999") });
    expect((await load("main.bicep", compiler, { bicep: "cli" })).error?.code).toBe("BICEP_FAILED");
  });
});

describe("a second opinion", () => {
  it.each([
    ["native", true, false],
    ["auto", false, false],
    ["auto", true, true],
  ] as const)("with the front end %s, signed in %s: %s", async (frontEnd, isSignedIn, expected) => {
    const compiler = compilerOf({ snapshot: predicted("TLS1_2") });
    const target = await load("prod.bicepparam", compiler, { bicep: frontEnd, isSignedIn });
    expect(target).toMatchObject({ frontEnd: "native", error: null });
    expect(compiler.asked.length).toBe(expected ? 1 : 0);
  });

  it.each<[string, readonly string[], object]>([
    ["prod.bicepparam", [], { path: "prod.bicepparam", parameters: null }],
    ["prod.bicepparam", ["TLS=x"], { path: "/repo/main.bicep", parameters: new Map([["tls", "x"]]) }],
    ["main.bicep", ["tls=x"], { path: "main.bicep", parameters: new Map([["tls", "x"]]) }],
  ])("on %s with %j is asked for the same target", async (operand, parameters, expected) => {
    const compiler = compilerOf({ snapshot: predicted("x") });
    await load(operand, compiler, { bicep: "auto", isSignedIn: true, parameters });
    expect(compiler.asked).toMatchObject([{ ...expected, scope: { subscriptionId: "s", resourceGroup: "g" } }]);
  });

  it("names the values that differ", async () => {
    const compiler = compilerOf({ snapshot: predicted("TLS1_0") });
    const { opinion } = await load("prod.bicepparam", compiler, { bicep: "auto", isSignedIn: true });
    expect(opinion?.agreement).toEqual({ equal: 0, total: 1 });
    expect(opinion?.differences).toHaveLength(1);
  });
});
