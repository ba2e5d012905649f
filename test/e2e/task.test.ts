import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TaskRun } from "../simulator/environment/task.ts";
import { DEFAULTS, failsWith, startWorld, type World } from "../simulator/index.ts";
import { readTaskManifest } from "./support/manifests.ts";
import { type Ended, ROOT, runBundle } from "./support/run-bundle.ts";
import { deploySecureAccount, INSECURE, PARAMETERS, SECURE, templateOf } from "./support/scenario.ts";

let world: World;
let folder: string;

beforeEach(async () => {
  world = await startWorld();
  deploySecureAccount(world);
  folder = mkdtempSync(join(tmpdir(), "portcullis-task-"));
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

function openPull(properties: object, files: Record<string, string> = {}): number {
  const base = { "infra/main.json": templateOf(SECURE), "infra/prod.json": PARAMETERS, ...files };
  return world.azureDevOps.state.openPull({ base, changes: { "infra/main.json": templateOf(properties) } }).id;
}

/** The task as it is packaged: its manifest and its bundle side by side. */
function packagedTask(handler: string): string {
  const target = readTaskManifest().execution[handler]?.target ?? "";
  const place = join(folder, "package");
  mkdirSync(place, { recursive: true });
  copyFileSync(join(ROOT, "task/task.json"), join(place, "task.json"));
  copyFileSync(join(ROOT, "dist", target), join(place, target));
  return join(place, target);
}

/** Threads that we wrote; people write others. */
function ownThreads(id: number) {
  return world.azureDevOps.state
    .threadsOf(id)
    .filter(({ comments }) => comments[0]?.content?.includes("portcullis:v1") === true);
}

async function runTask(run: TaskRun = {}, handler = "Node20_1"): Promise<Ended> {
  const defaults = Object.fromEntries(
    readTaskManifest()
      .inputs.map(({ name, defaultValue }) => [name, defaultValue])
      .filter(([, value]) => value !== ""),
  );
  const inputs = {
    ...defaults,
    template: "infra/main.json",
    parameters: "infra/prod.json",
    resourceGroup: DEFAULTS.resourceGroup,
    ...run.inputs,
  };
  const env = world.environmentForTask({ ...run, inputs });
  return runBundle(packagedTask(handler), { env: env.variables, cwd: env.workspace });
}

describe("the task on a pull request", () => {
  it("fails when keys are switched back on: one thread, a status, an issue at the file", async () => {
    const id = openPull(INSECURE);
    const first = await runTask();
    expect(first.stdout).toContain("##vso[task.complete result=Failed;]");
    expect(first.stdout).toContain(
      "##vso[task.logissue type=error;sourcepath=infra/main.json;linenumber=17;columnnumber=9;code=high: identity/openai-local-auth-enabled;]aoai accepts key-based authentication",
    );
    expect(first.stdout).toMatch(/##vso\[task\.uploadsummary\]\S+portcullis-summary\.md/);
    expect(first.stdout).toMatch(/##vso\[task\.setvariable variable=verdict;[^\]]*isOutput=true[^\]]*\]block/);
    const [thread, ...others] = ownThreads(id);
    expect(others).toEqual([]);
    expect(thread?.comments[0]?.content).toContain("Set `properties.disableLocalAuth` to `true`");
    expect(world.azureDevOps.state.statusesOf(id)).toMatchObject([
      { state: "failed", context: { genre: "portcullis" } },
    ]);
    world.journal.assertClean();
    for (const value of world.secrets.all())
      expect(first.stdout.replaceAll(/^##vso\[task\.setsecret\].*$/gm, "")).not.toContain(value);

    await runTask();
    expect(ownThreads(id)).toHaveLength(1);
    expect(ownThreads(id)[0]?.comments).toHaveLength(1);
  });

  it("succeeds on a harmless change, with both handlers", async () => {
    const id = openPull({ ...SECURE, customSubDomainName: "aoai" });
    for (const handler of ["Node20_1", "Node24"]) {
      const step = await runTask({}, handler);
      expect(step.stdout).toContain("##vso[task.complete result=Succeeded;]");
    }
    expect(world.azureDevOps.state.statusesOf(id).at(-1)).toMatchObject({ state: "succeeded" });
  });

  it("takes the policy of the target branch", async () => {
    openPull(INSECURE, { "portcullis.yml": "failOn: never\n" });
    expect((await runTask()).stdout).toContain("result=Succeeded;]");
  });

  it("keeps its verdict when it may not write threads", async () => {
    openPull(INSECURE);
    world.azureDevOps.state.canContribute = false;
    const step = await runTask();
    expect(step.stdout).toContain("result=Failed;]");
    expect(step.stdout).toMatch(/type=warning;\]the comment on the pull request could not be written: .*TF401027/);
  });

  it("tries again when Azure DevOps stumbles", async () => {
    const id = openPull(INSECURE);
    world.faults.inject("azure-devops.createThread", failsWith(503));
    await runTask();
    expect(ownThreads(id)).toHaveLength(1);
  });
});

describe("the task's sign-in", () => {
  it("refuses a connection with a secret", async () => {
    openPull(INSECURE);
    const step = await runTask({ scheme: "ServicePrincipal" });
    expect(step.stdout).toContain("not workload identity federation");
    expect(step.stdout).toContain("result=Failed;]");
  });

  it("refuses a misspelt input", async () => {
    openPull(INSECURE);
    const step = await runTask({ inputs: { failOn: "hihg" } });
    expect(step.stdout).toContain("did you mean high?");
  });
});
