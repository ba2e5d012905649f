import { describe, expect, it } from "vitest";
import { planDigests } from "../../src/deploy/digest.ts";
import { GateError } from "../../src/diagnostics/gate-error.ts";
import type { BicepCompiler } from "../../src/ports.ts";
import { type LoadedTargets, loadTargets } from "../../src/sources/load-targets.ts";
import type { LoadContext } from "../../src/sources/source.ts";
import { memoryTree } from "../support/fakes.ts";
import { loadContext } from "../support/load-context.ts";
import { refusalOf, storage, storageBicep, templateJson } from "../support/templates.ts";

const BICEP = storageBicep("'st'", "{ minimumTlsVersion: 'TLS1_0' }");
const SNAPSHOT = {
  predictedResources: [
    {
      id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st",
      ...storage("st", { minimumTlsVersion: "TLS1_0" }),
    },
  ],
};

/** A compiler that gives these answers. */
function compilerOf(template: string, snapshot: object = SNAPSHOT): BicepCompiler {
  return {
    compile: () => Promise.resolve({ template, parameters: null }),
    expand: () => Promise.resolve({ snapshot: JSON.stringify(snapshot), readsEnvironment: false }),
  };
}

async function load(context: Partial<LoadContext>, bicep: "auto" | "native" | "cli"): Promise<LoadedTargets> {
  const scope = {
    tenantId: null,
    subscriptionId: "s",
    resourceGroup: "rg",
    managementGroup: null,
    location: null,
    deploymentName: null,
  };
  const tree = memoryTree({ "main.bicep": BICEP });
  return loadTargets(["main.bicep"], { ...loadContext(tree, { bicep, scope }), ...context });
}

const refused = () => Promise.reject(new GateError("BICEP_NOT_FOUND", "there is no Bicep CLI"));

describe("the front end of Bicep", () => {
  it.each(["auto", "native"] as const)("is Portcullis' own with --bicep %s", async (bicep) => {
    const { targets } = await load({ openCompiler: refused }, bicep);
    expect(targets).toMatchObject([{ error: null, frontEnd: "native" }]);
    expect(targets[0]?.secondOpinion).toBeUndefined();
  });

  it("is the Bicep CLI when it is chosen, with the lines of our own", async () => {
    const compiler = compilerOf(templateJson([storage("st", { minimumTlsVersion: "TLS1_0" })]));
    const { targets } = await load({ openCompiler: () => Promise.resolve(compiler) }, "cli");
    const [target] = targets;
    expect(target).toMatchObject({ error: null, frontEnd: "cli" });
    const resource = target?.plan?.resources[0];
    const at = resource === undefined ? null : target?.plan?.locate(resource, ["properties", "minimumTlsVersion"]);
    expect(at).toMatchObject({ file: "main.bicep", precision: "property" });
    await expect(target?.secondOpinion).resolves.toMatchObject({ agreement: { equal: 1, total: 1 }, differences: [] });
  });

  it("judges what the Bicep CLI makes of it where the two differ, and says so", async () => {
    const compiler = compilerOf(templateJson([storage("st", { minimumTlsVersion: "TLS1_2" })]));
    const { targets } = await load({ openCompiler: () => Promise.resolve(compiler) }, "cli");
    expect(targets[0]?.plan?.resources[0]?.after).toMatchObject({ properties: { minimumTlsVersion: "TLS1_2" } });
    expect(targets[0]?.plan?.notifications).toMatchObject([{ level: "warning", code: "front-ends-differ" }]);
    const { differences } = (await targets[0]?.secondOpinion) ?? {};
    expect(differences).toMatchObject([{ path: ["properties", "minimumTlsVersion"] }]);
  });

  it("refuses without the program that was chosen", async () => {
    const { targets } = await load({ openCompiler: refused }, "cli");
    expect(targets).toMatchObject([{ plan: null, error: { code: "BICEP_NOT_FOUND" } }]);
  });

  it("asks for a second opinion by itself where there is a sign-in, and is silent without the program", async () => {
    const compiler = compilerOf("");
    const signedIn = await load({ isSignedIn: true, openCompiler: () => Promise.resolve(compiler) }, "auto");
    await expect(signedIn.targets[0]?.secondOpinion).resolves.toMatchObject({ agreement: { equal: 1, total: 1 } });
    const without = await load({ isSignedIn: true, openCompiler: refused }, "auto");
    await expect(without.targets[0]?.secondOpinion).resolves.toEqual({
      agreement: null,
      differences: [],
      notifications: [],
    });
  });
});

describe("a compiled template beside its Bicep file", () => {
  const json = templateJson([storage("st", { minimumTlsVersion: "TLS1_0", allowBlobPublicAccess: true })], {
    metadata: { _generator: { name: "bicep" } },
  });

  async function linesOf(path: string): Promise<string | null | undefined> {
    const tree = memoryTree({ "main.bicep": BICEP, "main.json": json });
    const { targets } = await loadTargets(["main.json"], loadContext(tree));
    const [resource] = targets[0]?.plan?.resources ?? [];
    return resource === undefined ? undefined : targets[0]?.plan?.locate(resource, path.split(".")).file;
  }

  it("points to the Bicep file, where that has the same value", async () => {
    expect(await linesOf("properties.minimumTlsVersion")).toBe("main.bicep");
    expect(await linesOf("properties.allowBlobPublicAccess")).toBe("main.json");
  });

  it("has the digest of the same template without what its compiler says of itself", async () => {
    const plain = templateJson([storage("st", { minimumTlsVersion: "TLS1_0", allowBlobPublicAccess: true })]);
    const texts = [json, plain, plain.replace("TLS1_0", "TLS1_1")];
    const loaded = await Promise.all(
      texts.map((text) => loadTargets(["main.json"], loadContext(memoryTree({ "main.json": text })))),
    );
    const [compiled, written, other] = loaded.map(({ targets }) => {
      const plan = targets[0]?.plan ?? null;
      return plan === null ? null : planDigests(plan).digest;
    });
    expect(compiled).toBe(written);
    expect(written).not.toBe(other);
  });

  it("keeps its own digest", async () => {
    const tree = memoryTree({ "main.bicep": BICEP, "main.json": json });
    const alone = memoryTree({ "main.json": json });
    const [beside, own] = await Promise.all([tree, alone].map((each) => loadTargets(["main.json"], loadContext(each))));
    const digestOf = (loaded: LoadedTargets | undefined) => {
      const plan = loaded?.targets[0]?.plan ?? null;
      return plan === null ? null : planDigests(plan).digest;
    };
    expect(digestOf(beside)).toBe(digestOf(own));
    expect(digestOf(own)).toMatch(/^sha256:/);
  });
});

describe("a file outside of the repository", () => {
  it.each([
    ["loaded", "output o string = loadTextContent('../x.txt')"],
    ["used as a module", "module m '../x.bicep' = {}"],
  ])("is refused for lying there when %s", async (_, text) => {
    expect(await refusalOf({ "main.bicep": text }, "main.bicep")).toMatch(
      /^BICEP_FAILED: main\.bicep: .*x\.(?:txt|bicep) lies outside of the repository and is not read$/,
    );
  });
});
