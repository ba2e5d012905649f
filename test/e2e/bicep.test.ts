import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCommandFile, startWorld, type World } from "../simulator/index.ts";
import { writeFakeBicep } from "../support/fake-bicep.ts";
import { runBundle } from "./support/run-bundle.ts";
import {
  actionBundle,
  actionInputs,
  deploySecureAccount,
  INSECURE,
  PARAMETERS,
  templateOf,
} from "./support/scenario.ts";

let world: World;
let folder: string;
/** Where the program writes what it was given. */
let seen: string;

beforeEach(async () => {
  world = await startWorld();
  deploySecureAccount(world);
  folder = mkdtempSync(join(tmpdir(), "portcullis-bicep-e2e-"));
  seen = join(folder, "seen");
  writeFileSync(seen, "");
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the action on a pull request with this Bicep file, and a program that compiles every file to the same template. */
async function check(bicep: string, inputs: Readonly<Record<string, string>> = {}) {
  const base = { "infra/main.bicep": "param name string\n", "infra/prod.json": PARAMETERS };
  world.github.state.openPull({ base, changes: { "infra/main.bicep": bicep } });
  const program = writeFakeBicep({
    path: join(folder, "bicep"),
    jsonrpc: `fs.writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env));
      onRequest(({ id, method }) => answer(id, method === "bicep/version" ? { version: "0.49.2" } : { success: true, diagnostics: [], contents: ${JSON.stringify(templateOf(INSECURE))} }));`,
  });
  const env = world.environmentForAction({ inputs: actionInputs({ template: "infra/main.bicep", ...inputs }) });
  const variables = { ...env.variables, BICEP_PATH: program, DEPLOY_RING: "test-ring", DEPLOY_TOKEN: "canary-token" };
  const ended = await runBundle(actionBundle(), { env: variables, cwd: env.workspace });
  const outputs = Object.fromEntries(Object.entries(readCommandFile(env.files.output)));
  const started = readFileSync(seen, "utf8");
  return { ...ended, outputs, variables: started === "" ? null : (JSON.parse(started) as Record<string, string>) };
}

describe("the action with a Bicep template", () => {
  it("asks Azure about what the Bicep CLI compiles, and says so", async () => {
    const step = await check("param name string\n// keys are on again\n");
    expect(step.code).toBe(1);
    expect(step.outputs["digest"]).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(step.stdout).toContain("The digest comes from the Bicep CLI.");
    const report = JSON.parse(readFileSync(step.outputs["report-json"] ?? "", "utf8")) as { targets: object[] };
    expect(report.targets).toMatchObject([{ source: "bicep", frontEnd: "cli" }]);
    world.journal.assertClean();
  });

  it("gives the program the variables that files may read, and none of its own", async () => {
    const { variables } = await check("param name string\n", { "allow-env": "DEPLOY_RING\nNOT_SET" });
    expect(Object.keys(variables ?? {}).sort()).toEqual(["DEPLOY_RING", "HOME", "PATH", "USERPROFILE"]);
    expect(variables?.["DEPLOY_RING"]).toBe("test-ring");
    expect(JSON.stringify(variables)).not.toContain("canary-token");
  });

  it("does not start the program for files that lead out of the checkout", async () => {
    const step = await check("param name string\nvar v = loadTextContent('../../secret.txt')\n");
    expect(step.code).toBe(2);
    expect(step.variables).toBeNull();
    expect(step.stdout).toContain("BICEP_NOT_CONFINED");
    expect(step.stdout).toContain("lies outside of the repository");
    expect(world.journal.count("arm")).toBe(0);
  });
});
