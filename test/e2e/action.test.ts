import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ActionRun } from "../simulator/environment/action.ts";
import { failsWith, readCommandFile, startWorld, throttled, type World } from "../simulator/index.ts";
import { type Ended, runBundle } from "./support/run-bundle.ts";
import {
  actionBundle,
  actionInputs,
  deploySecureAccount,
  INSECURE,
  PARAMETERS,
  SECURE,
  templateOf,
} from "./support/scenario.ts";

/** The finding, annotated where the template sets the property. */
const LOCAL_AUTH_AT_LINE =
  "::error title=high%3A identity/openai-local-auth-enabled,file=infra/main.json,line=17,col=9::";

let world: World;

beforeEach(async () => {
  world = await startWorld();
  deploySecureAccount(world);
});
afterEach(() => world.close());

function openPull(properties: object, files: Record<string, string> = {}): number {
  const base = { "infra/main.json": templateOf(SECURE), "infra/prod.json": PARAMETERS, ...files };
  return world.github.state.openPull({ base, changes: { "infra/main.json": templateOf(properties) } }).number;
}

interface Step extends Ended {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

async function runAction(run: ActionRun = {}): Promise<Step> {
  const inputs = actionInputs(run.inputs);
  const env = world.environmentForAction({ ...run, inputs });
  const ended = await runBundle(actionBundle(), { env: env.variables, cwd: env.workspace });
  return {
    ...ended,
    outputs: Object.fromEntries(Object.entries(readCommandFile(env.files.output))),
    summary: readFileSync(env.files.summary, "utf8"),
  };
}

/** Leaves the application with a credential of the right issuer for another branch. */
function distrustSubject({ entra, ids }: World): void {
  const { credentials } = entra.application(ids.clientId);
  const kept = credentials.filter(({ subject }) => !subject.endsWith(":pull_request"));
  credentials.splice(0, credentials.length, ...kept);
}

function expectNoSecrets(step: Ended): void {
  for (const value of world.secrets.all()) {
    expect(step.stdout.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain(value);
    expect(step.stderr).not.toContain(value);
  }
}

describe("the action on a pull request", () => {
  it("fails the job when keys are switched back on, and says so once", async () => {
    const number = openPull(INSECURE);
    const first = await runAction();
    expect(first.code).toBe(1);
    expect(first.stdout).toContain(LOCAL_AUTH_AT_LINE);
    const [comment] = world.github.state.commentsOf(number);
    expect(comment?.body).toContain("⛔ Portcullis: Blocked");
    expect(comment?.body).toContain("aoai accepts key-based authentication");
    expect(comment?.body).toContain("Set `properties.disableLocalAuth` to `true`");
    expect(first.outputs).toMatchObject({ verdict: "block", "findings-new": "1", "highest-severity": "high" });
    expect(first.outputs["digest"]).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(first.summary).toContain("Portcullis: Blocked");
    world.journal.assertClean();
    expectNoSecrets(first);

    const second = await runAction();
    expect(second.code).toBe(1);
    expect(second.outputs["digest"]).toBe(first.outputs["digest"]);
    expect(world.github.state.commentsOf(number)).toHaveLength(1);
    expect(world.journal.count("github.createComment")).toBe(1);
    expect(world.journal.count("github.updateComment")).toBe(1);
  });

  it("lets a harmless change through", async () => {
    openPull({ ...SECURE, customSubDomainName: "aoai" });
    const step = await runAction();
    expect(step.code).toBe(0);
    expect(step.outputs).toMatchObject({ verdict: "allow", "findings-new": "0" });
    world.journal.assertClean();
  });

  it("writes the reports that it names", async () => {
    openPull(INSECURE);
    const { outputs } = await runAction({ inputs: { "sarif-file": "out.sarif", "json-file": "out.json" } });
    const report = JSON.parse(readFileSync(outputs["report-json"] ?? "", "utf8")) as { findings: unknown[] };
    expect(report.findings.length).toBeGreaterThan(0);
    expect(JSON.parse(readFileSync(outputs["report-sarif"] ?? "", "utf8"))).toMatchObject({ version: "2.1.0" });
    expect(existsSync(outputs["report-markdown"] ?? "")).toBe(true);
  });

  it("takes the policy of the base branch, not that of the change", async () => {
    const weak = "rules:\n  identity/openai-local-auth-enabled: off\n";
    const template = templateOf(INSECURE);
    const base = {
      "infra/main.json": templateOf(SECURE),
      "infra/prod.json": PARAMETERS,
      "portcullis.yml": "failOn: high\n",
    };
    world.github.state.openPull({ base, changes: { "infra/main.json": template, "portcullis.yml": weak } });
    expect((await runAction()).code).toBe(1);
  });

  it("obeys the policy of the base branch", async () => {
    openPull(INSECURE, { "portcullis.yml": "failOn: never\n" });
    expect((await runAction()).code).toBe(0);
  });

  it("shows a waiver of the change as proposed, and counts it once an approver agrees", async () => {
    const waiver =
      "waivers:\n  - rule: identity/openai-local-auth-enabled\n    resource: '**/accounts/aoai'\n    reason: hackathon\n    owner: '@team'\n    expires: 2999-01-01\n";
    const approvers = "approvers: ['@boss']\n";
    const base = {
      "infra/main.json": templateOf(SECURE),
      "infra/prod.json": PARAMETERS,
      "portcullis.yml": approvers,
    };
    const pull = world.github.state.openPull({
      base,
      changes: { "infra/main.json": templateOf(INSECURE), "portcullis.yml": approvers + waiver },
    });
    expect((await runAction()).code).toBe(1);
    world.github.state.seedReview({ pull: pull.number, author: "boss", state: "APPROVED" });
    expect((await runAction()).code).toBe(0);
  });

  it("keeps its verdict when the comment cannot be written", async () => {
    openPull(INSECURE);
    world.faults.inject("github.createComment", failsWith(403), { times: 9 });
    const step = await runAction();
    expect(step.code).toBe(1);
    expect(step.stdout).toMatch(/::warning::the comment on the pull request could not be written/);
  });
});

describe("the action and Azure", () => {
  it("waits when Azure asks for it", async () => {
    openPull(INSECURE);
    world.faults.inject("arm.whatIf", throttled(1));
    expect((await runAction()).code).toBe(1);
  });

  it("says what a failed what-if says, and that nothing was judged", async () => {
    const number = openPull(INSECURE);
    world.arm.scenario.whatIfFails({
      code: "InvalidTemplateDeployment",
      message: "no",
      details: [{ code: "SkuNotAvailable", message: "no S9 here" }],
    });
    const step = await runAction();
    expect(step.code).toBe(3);
    expect(step.outputs["verdict"]).toBe("notJudged");
    expect(world.github.state.commentsOf(number)[0]?.body).toContain("SkuNotAvailable: no S9 here");
  });

  it.each([
    ["AADSTS700211", (w: World) => void w.entra.application(w.ids.clientId).credentials.splice(0), "Set the issuer"],
    ["AADSTS700213", distrustSubject, "Add a federated credential whose subject is exactly"],
    ["AADSTS53003", (w: World) => void (w.entra.application(w.ids.clientId).isBlocked = true), "Conditional Access"],
  ])("explains %s", async (code, prepare, advice) => {
    openPull(INSECURE);
    prepare(world);
    const step = await runAction();
    expect(step.code).toBe(3);
    expect(step.stdout).toContain("SIGN_IN_REFUSED");
    expect(step.stdout).toContain(code);
    expect(step.stdout).toContain(advice);
  });

  it("says which permission is missing when the job may not sign in", async () => {
    openPull(INSECURE);
    const step = await runAction({ permissions: { contents: "read", "pull-requests": "write" } });
    expect(step.code).toBe(3);
    expect(step.stdout).toContain("id-token: write");
  });

  it("evaluates a pull request from a fork without asking Azure", async () => {
    const base = { "infra/main.json": templateOf(SECURE), "infra/prod.json": PARAMETERS };
    world.github.state.openPull({
      base,
      changes: { "infra/main.json": templateOf(INSECURE) },
      fork: "mallory/ai-platform",
    });
    const step = await runAction();
    expect(step.code).toBe(1);
    expect(step.stdout).toContain(LOCAL_AUTH_AT_LINE);
    expect(world.journal.count("arm")).toBe(0);
  });
});

describe("the action's inputs", () => {
  it.each([
    [{ "fail-on": "hi" }, "did you mean high?"],
    [{ mode: "deploy" }, "not available yet"],
    [{ template: "", plan: "" }, "neither template nor plan is given"],
    [{ template: "infra/missing.json" }, "infra/missing.json does not exist"],
  ])("refuses %j", async (inputs, message) => {
    openPull(INSECURE);
    const step = await runAction({ inputs });
    expect(step.code).toBe(2);
    expect(step.stdout).toContain(message);
    expect(step.stdout).not.toMatch(/\n\s+at .*\.cjs/);
  });

  it("fails when another digest was reviewed", async () => {
    openPull({ ...SECURE, customSubDomainName: "aoai" });
    const step = await runAction({ inputs: { "expected-digest": `sha256:${"0".repeat(64)}` } });
    expect(step.code).toBe(1);
    expect(step.stdout).toContain("was reviewed");
  });

  it("judges ready plan documents without signing in", async () => {
    openPull(SECURE, { "plans/a.json": JSON.stringify({ status: "Succeeded", changes: [] }) });
    const step = await runAction({ inputs: { template: "", plan: "plans/*.json" } });
    expect(step.code).toBe(0);
    expect(world.journal.count("entra")).toBe(0);
  });
});
