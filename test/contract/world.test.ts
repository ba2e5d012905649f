import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { X509Certificate } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeToken } from "../simulator/jwt.ts";
import { readCommandFile, startWorld, type HostEnvironment, type World } from "../simulator/index.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const PACKAGES = join(import.meta.dirname, "../../node_modules");

/** Runs a script as a host would start the product: with that environment and nothing else. Gives back what it printed as JSON on its last line. */
async function run(environment: HostEnvironment, script: string): Promise<unknown> {
  const file = join(environment.temporary, "script.mjs");
  writeFileSync(file, script);
  const { stdout } = await promisify(execFile)(process.execPath, [file], {
    env: environment.variables,
    cwd: environment.workspace,
  });
  const result: unknown = JSON.parse(stdout.trim().split("\n").at(-1) ?? "null");
  return result;
}

const url = (path: string): string => JSON.stringify(pathToFileURL(join(PACKAGES, path)).href);

describe("the certificate", () => {
  it("is for the loopback interface and signs itself", () => {
    const certificate = new X509Certificate(world.certificate.pem);
    expect(certificate.subjectAltName).toBe("DNS:localhost, IP Address:127.0.0.1");
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(true);
    expect(readFileSync(world.certificate.path, "utf8")).toBe(world.certificate.pem);
  });

  it("is trusted by a child process through its environment", async () => {
    const script = `const r = await fetch("${world.urls.arm}/subscriptions/x?api-version=1"); console.log(r.status);`;
    expect(await run(world.environmentForAction(), script)).toBe(401);
    const { NODE_EXTRA_CA_CERTS: _trust, ...variables } = world.environmentForAction().variables;
    const failing = run({ ...world.environmentForAction(), variables }, script);
    await expect(failing).rejects.toThrow("fetch failed");
  });
});

describe("the environment of an action", () => {
  beforeEach(() => {
    world.github.state.openPull({ base: { "infra/main.bicep": "old\n" }, changes: { "infra/main.bicep": "new\n" } });
  });

  it("is understood by the toolkit", async () => {
    const environment = world.environmentForAction({
      inputs: { "resource-group": "rg", "fail-on": "high", "my input": "x" },
    });
    const facts = await run(
      environment,
      `import * as core from ${url("@actions/core/lib/core.js")};
       import { context, getOctokit } from ${url("@actions/github/lib/github.js")};
       const octokit = getOctokit(core.getInput("github-token", { required: true }));
       const { data } = await octokit.rest.issues.createComment({ ...context.repo, issue_number: context.issue.number, body: "hello" });
       const jwt = await core.getIDToken("api://AzureADTokenExchange");
       core.setOutput("verdict", "allow"); core.setOutput("report", "two\\nlines");
       core.saveState("stage", "1"); core.exportVariable("SEEN", "yes"); await core.summary.addRaw("# Report").write();
       console.log(JSON.stringify({ group: core.getInput("resource-group"), spaced: core.getInput("my input"), event: context.eventName, sha: context.sha,
         number: context.payload.pull_request.number, head: context.payload.pull_request.head.sha, id: data.id, segments: jwt.split(".").length }));`,
    );
    const pull = world.github.state.pull(12);
    expect(facts).toMatchObject({
      group: "rg",
      spaced: "x",
      event: "pull_request",
      sha: pull.mergeSha,
      number: 12,
      head: pull.headSha,
      segments: 3,
    });
    expect(readCommandFile(environment.files.output)).toEqual({ verdict: "allow", report: "two\nlines" });
    expect(readCommandFile(environment.files.state)).toEqual({ stage: "1" });
    expect(readCommandFile(environment.files.environment)).toEqual({ SEEN: "yes" });
    expect(readFileSync(environment.files.summary, "utf8")).toContain("# Report");
    expect(readFileSync(join(environment.workspace, "infra/main.bicep"), "utf8")).toBe("new\n");
    expect(world.journal.routes()).toEqual(["github.createComment", "github-oidc.token"]);
    world.journal.assertClean();
  });

  it("holds nothing of the machine", () => {
    const { variables } = world.environmentForAction();
    const foreign = Object.keys(variables).filter(
      (name) =>
        !/^(?:INPUT_|GITHUB_|RUNNER_|ACTIONS_ID_TOKEN_REQUEST_|CI$|NODE_EXTRA_CA_CERTS$|PATH$|HOME$|USERPROFILE$|TE?MP$|SystemRoot$|windir$|ComSpec$)/u.test(
          name,
        ),
    );
    expect(foreign).toEqual([]);
    expect(variables).toMatchObject({
      "INPUT_CLIENT-ID": world.ids.clientId,
      "INPUT_AUTHORITY-HOST": world.urls.entra,
    });
  });

  it("gives a fork no identity and a token that only reads", () => {
    world.github.state.openPull({ number: 13, fork: "mallory/ai-platform", changes: { "x.md": "x\n" } });
    const { variables, token } = world.environmentForAction({ pull: 13 });
    expect(variables).not.toHaveProperty("ACTIONS_ID_TOKEN_REQUEST_URL");
    expect(world.github.tokens.find(token)?.permissions["pull-requests"]).toBe("read");
    const target = world.environmentForAction({ pull: 13, event: "pull_request_target" });
    expect(target.variables).toHaveProperty("ACTIONS_ID_TOKEN_REQUEST_URL");
    expect(target.variables["GITHUB_REF"]).toBe("refs/heads/main");
    expect(world.environmentForAction({ pull: 12, actor: "dependabot[bot]" }).variables).not.toHaveProperty(
      "ACTIONS_ID_TOKEN_REQUEST_URL",
    );
  });

  it.each([
    ["push" as const, "refs/heads/main", "repo:contoso/ai-platform:ref:refs/heads/main"],
    ["pull_request" as const, "refs/pull/12/merge", "repo:contoso/ai-platform:pull_request"],
    ["workflow_dispatch" as const, "refs/heads/main", "repo:contoso/ai-platform:ref:refs/heads/main"],
  ])("tells the story of %s", async (event, ref, subject) => {
    const { variables } = world.environmentForAction({ event });
    expect(variables["GITHUB_REF"]).toBe(ref);
    const headers = { authorization: `Bearer ${variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] ?? ""}` };
    const response = await fetch(`${variables["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? ""}&audience=x`, { headers });
    const { value }: { value: string } = Object(await response.json());
    expect(decodeToken(value)?.claims).toMatchObject({ sub: subject, aud: "x" });
  });

  it("lets a test remove inputs and variables", () => {
    const { variables } = world.environmentForAction({
      inputs: { "client-id": "" },
      variables: { RUNNER_OS: "", EXTRA: "1" },
    });
    expect(variables).not.toHaveProperty("INPUT_CLIENT-ID");
    expect(variables).not.toHaveProperty("RUNNER_OS");
    expect(variables).toMatchObject({ EXTRA: "1" });
  });
});

describe("the environment of a task", () => {
  beforeEach(() => {
    world.azureDevOps.state.openPull({
      base: { "infra/main.bicep": "old\n" },
      changes: { "infra/main.bicep": "new\n" },
    });
  });

  it("is understood by the task library", async () => {
    const environment = world.environmentForTask({ inputs: { resourceGroup: "rg", failOn: "high" } });
    const facts = await run(
      environment,
      `import { createRequire } from "node:module";
       const tl = createRequire(import.meta.url)(${JSON.stringify(join(PACKAGES, "azure-pipelines-task-lib/task.js"))});
       const id = tl.getInput("azureSubscription", true);
       console.log(JSON.stringify({ group: tl.getInput("resourceGroup"), scheme: tl.getEndpointAuthorizationScheme(id), tenant: tl.getEndpointAuthorizationParameter(id, "tenantid"),
         client: tl.getEndpointAuthorizationParameter(id, "serviceprincipalid"), subscription: tl.getEndpointDataParameter(id, "subscriptionid"), url: tl.getEndpointUrl(id),
         token: tl.getEndpointAuthorizationParameter("SystemVssConnection", "AccessToken") === ${JSON.stringify(world.azureDevOps.job.token)},
         pull: tl.getVariable("System.PullRequest.PullRequestId"), reason: tl.getVariable("Build.Reason"), collection: tl.getVariable("System.TeamFoundationCollectionUri") }));`,
    );
    expect(facts).toEqual({
      group: "rg",
      scheme: "WorkloadIdentityFederation",
      tenant: world.ids.tenantId,
      client: world.ids.clientId,
      subscription: world.ids.subscriptionId,
      url: `${world.urls.arm}/`,
      token: true,
      pull: "42",
      reason: "PullRequest",
      collection: `${world.urls.azureDevOps}/contoso/`,
    });
    expect(readFileSync(join(environment.workspace, "infra/main.bicep"), "utf8")).toBe("new\n");
    expect(existsSync(join(environment.workspace, ".taskkey"))).toBe(false);
  });

  it("can be a build without a pull request, of sources elsewhere", () => {
    const manual = world.environmentForTask({ reason: "Manual" }).variables;
    expect(manual).not.toHaveProperty("SYSTEM_PULLREQUEST_PULLREQUESTID");
    expect(manual).not.toHaveProperty("SYSTEM_ACCESSTOKEN");
    const github = world.environmentForTask({
      provider: "GitHub",
      hasMappedToken: true,
      scheme: "ServicePrincipal",
    }).variables;
    expect(github).toMatchObject({ BUILD_REPOSITORY_PROVIDER: "GitHub", SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: "42" });
    expect(github).toHaveProperty("SYSTEM_ACCESSTOKEN");
  });
});

describe("the journal", () => {
  it("records the unexpected", async () => {
    const response = await fetch(`${world.urls.githubApi}/repos/contoso/ai-platform/stargazers`);
    expect(response.status).toBe(501);
    expect(world.journal.unexpected()).toMatchObject([{ server: "github", method: "GET", route: null }]);
    expect(() => {
      world.journal.assertClean();
    }).toThrow("unexpected");
  });

  it("masks secrets and reports leaks", async () => {
    const canary = world.secrets.add("canary-in-a-template", "canary");
    world.github.state.openPull({ changes: { "a.md": "a\n" } });
    const { token } = world.environmentForAction();
    const address = `${world.urls.githubApi}/repos/contoso/ai-platform/issues/12/comments`;
    await fetch(address, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ body: `is ${canary}` }),
    });
    const entry = world.journal.last("github.createComment");
    expect(entry).toMatchObject({
      body: { body: "is «secret»" },
      headers: { authorization: "Bearer «secret»" },
      leaks: ["canary"],
    });
    expect(world.journal.leaks()).toHaveLength(1);
    expect(world.journal.print()).not.toContain(canary);
    expect(world.secrets.all()).toContain(token);
  });

  it("is asked by route, server, method, path and status", async () => {
    await fetch(`${world.urls.githubApi}/repos/contoso/ai-platform`);
    await fetch(`${world.urls.githubApi}/repos/contoso/ai-platform/issues/12/comments`);
    expect(world.journal.count("github")).toBe(2);
    expect(world.journal.count({ path: /comments$/u, method: "GET", status: 404 })).toBe(1);
    expect(world.journal.routes()).toEqual(["github.getRepository", "github.listComments"]);
    expect(() => world.journal.last("arm")).toThrow("no request matches");
    world.journal.clear();
    expect(world.journal.entries).toHaveLength(0);
  });
});

describe("closing", () => {
  it("frees the ports and the folder", async () => {
    const other = await startWorld();
    expect(statSync(other.folder).isDirectory()).toBe(true);
    await other.close();
    expect(existsSync(other.folder)).toBe(false);
    await expect(fetch(other.urls.githubApi)).rejects.toThrow("fetch failed");
  });
});
