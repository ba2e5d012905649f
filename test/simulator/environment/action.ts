import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GitHub } from "../github/github.ts";
import { Renderer } from "../github/render.ts";
import type { Pull } from "../github/state.ts";
import { FORK_PERMISSIONS, USUAL_PERMISSIONS, type Permissions } from "../github/tokens.ts";
import type { JsonObject } from "../json.ts";
import type { GitHubOidc } from "../oidc/github.ts";
import type { HostEnvironment } from "./host-environment.ts";
import { checkout, machineVariables, systemNames } from "./workspace.ts";

/** A step of a workflow. */
export interface ActionRun {
  /** By name in kebab-case. Sign-in and addresses are filled in unless they are named here; the empty string removes one. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?:
    | "pull_request"
    | "pull_request_target"
    | "push"
    | "merge_group"
    | "workflow_dispatch"
    | "schedule"
    | "workflow_run"
    | "issue_comment";
  /** Number of the pull request. Default: the newest one. */
  readonly pull?: number;
  /** Branch of events without a pull request. Default: the default branch. */
  readonly branch?: string;
  /** The job's `permissions:`. Default: what the README asks for. Forks and Dependabot get read-only whatever this says. */
  readonly permissions?: Permissions;
  /** The job's `environment:`. */
  readonly environment?: string;
  /** Default: the author of the pull request. */
  readonly actor?: string;
  readonly job?: string;
  /** Turns on step debugging. */
  readonly isDebug?: boolean;
  /** Merged into the event payload. */
  readonly payload?: JsonObject;
  /** Set last; the empty string removes a variable. */
  readonly variables?: Readonly<Record<string, string>>;
  /** An existing working directory instead of a fresh checkout. */
  readonly workspace?: string;
}

/** The environment of a GitHub Action, with the files that the runner prepares. */
export interface ActionEnvironment extends HostEnvironment {
  readonly files: {
    readonly event: string;
    readonly output: string;
    readonly summary: string;
    readonly state: string;
    readonly environment: string;
    readonly path: string;
  };
}

/** What {@link actionEnvironment} takes from the world. */
export interface ActionSurroundings {
  readonly folder: string;
  readonly github: GitHub;
  readonly oidc: GitHubOidc;
  readonly apiUrl: string;
  readonly oidcUrl: string;
  readonly certificatePath: string;
  readonly subjectFormat: "classic" | "immutable";
  /** Inputs for sign-in and addresses. */
  readonly connection: Readonly<Record<string, string>>;
}

/** The commit and refs of a run. */
interface Checkout {
  readonly ref: string;
  readonly sha: string;
  readonly headRef: string;
  readonly baseRef: string;
}

/**
 * A complete and clean environment for one step.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function actionEnvironment(world: ActionSurroundings, run: ActionRun): ActionEnvironment {
  const { github, folder } = world;
  const event = run.event ?? "pull_request";
  const pull = pullOf(github, run);
  const actor = run.actor ?? pull?.author.login ?? "octocat";
  const permissions = permissionsOf(github, run, { pull, actor });
  const place = checkoutOf(github, run, pull);
  const temporary = join(folder, "runner-temp");
  mkdirSync(temporary, { recursive: true });
  const workspace = run.workspace ?? join(folder, "workspace");
  if (run.workspace === undefined) {
    mkdirSync(workspace, { recursive: true });
    checkout(workspace, github.state.git.files(place.sha));
  }
  const files = writeFiles(folder, payloadOf(world, run, { pull, place, actor }));
  const token = github.tokens.issue(permissions).value;
  const variables = {
    ...machineVariables(temporary),
    NODE_EXTRA_CA_CERTS: world.certificatePath,
    ...githubVariables({ world, run, event, place, actor, files, workspace }),
    ...runnerVariables(temporary, run),
    ...(permissions["id-token"] === "write" ? tokenVariables({ world, run, event, place, actor }) : {}),
    ...inputVariables({ ...world.connection, "github-token": token, ...run.inputs }),
    ...run.variables,
  };
  const kept = Object.entries(variables).filter(([name, value]) => value !== "" || run.variables?.[name] === undefined);
  return { variables: Object.fromEntries(kept), files, workspace, temporary, token };
}

/** `INPUT_<NAME>`: upper case, hyphens kept, spaces to underscores. */
function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(inputs).filter(([, value]) => value !== "");
  return Object.fromEntries(given.map(([name, value]) => [`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`, value]));
}

function pullOf(github: GitHub, run: ActionRun): Pull | undefined {
  const withPull = ["pull_request", "pull_request_target", "issue_comment", "workflow_run", "merge_group"];
  if (run.pull !== undefined) return github.state.pull(run.pull);
  return withPull.includes(run.event ?? "pull_request") ? [...github.state.pulls.values()].at(-1) : undefined;
}

/** Plain `pull_request` runs of forks and of Dependabot only read, and get no identity. */
function permissionsOf(
  github: GitHub,
  run: ActionRun,
  { pull, actor }: { readonly pull: Pull | undefined; readonly actor: string },
): Permissions {
  const isFork = pull !== undefined && pull.headRepository !== github.state.repository;
  const isPlain = (run.event ?? "pull_request") === "pull_request";
  return isPlain && (isFork || actor === "dependabot[bot]") ? FORK_PERMISSIONS : (run.permissions ?? USUAL_PERMISSIONS);
}

function checkoutOf(github: GitHub, run: ActionRun, pull: Pull | undefined): Checkout {
  const { state } = github;
  const event = run.event ?? "pull_request";
  if (pull !== undefined && event === "pull_request") {
    const ref = `refs/pull/${String(pull.number)}/merge`;
    return { ref, sha: pull.mergeSha, headRef: pull.headRef, baseRef: pull.baseRef };
  }
  if (pull !== undefined && event === "merge_group") {
    const ref = `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${String(pull.number)}-${pull.baseSha}`;
    return { ref, sha: pull.mergeSha, headRef: "", baseRef: "" };
  }
  const isTarget = event === "pull_request_target" && pull !== undefined;
  const branch = run.branch ?? state.defaultBranch;
  const sha = state.git.resolve(`refs/heads/${branch}`);
  if (sha === undefined) throw new Error(`no branch ${branch}`);
  return {
    ref: `refs/heads/${branch}`,
    sha,
    headRef: isTarget ? pull.headRef : "",
    baseRef: isTarget ? pull.baseRef : "",
  };
}

function writeFiles(folder: string, payload: JsonObject): ActionEnvironment["files"] {
  const commands = join(folder, "file-commands");
  mkdirSync(commands, { recursive: true });
  const file = (name: string, text = ""): string => {
    const path = join(commands, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    event: file("event.json", JSON.stringify(payload, null, 2)),
    output: file("output"),
    summary: file("summary"),
    state: file("state"),
    environment: file("environment"),
    path: file("path"),
  };
}

interface Story {
  readonly world: ActionSurroundings;
  readonly run: ActionRun;
  readonly event: string;
  readonly place: Checkout;
  readonly actor: string;
}

function githubVariables(
  story: Story & { readonly files: ActionEnvironment["files"]; readonly workspace: string },
): Record<string, string> {
  const { world, run, event, place, actor, files, workspace } = story;
  const { repository, repositoryId, ownerId } = world.github.state;
  const [owner = ""] = repository.split("/");
  return {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: "portcullis",
    GITHUB_ACTION_REF: "v1",
    GITHUB_ACTION_REPOSITORY: "contoso/portcullis",
    GITHUB_ACTOR: actor,
    GITHUB_ACTOR_ID: String(world.github.state.user(actor).id),
    GITHUB_API_URL: world.apiUrl,
    GITHUB_BASE_REF: place.baseRef,
    GITHUB_ENV: files.environment,
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_GRAPHQL_URL: `${world.apiUrl}/graphql`,
    GITHUB_HEAD_REF: place.headRef,
    GITHUB_JOB: run.job ?? "check",
    GITHUB_OUTPUT: files.output,
    GITHUB_PATH: files.path,
    GITHUB_REF: place.ref,
    GITHUB_REF_NAME: place.ref.replace(/^refs\/(?:heads|tags|pull)\//u, ""),
    GITHUB_REF_PROTECTED: "false",
    GITHUB_REF_TYPE: place.ref.startsWith("refs/tags/") ? "tag" : "branch",
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_ID: String(repositoryId),
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_REPOSITORY_OWNER_ID: String(ownerId),
    GITHUB_RETENTION_DAYS: "90",
    GITHUB_RUN_ATTEMPT: "1",
    GITHUB_RUN_ID: "800001",
    GITHUB_RUN_NUMBER: "7",
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_SHA: place.sha,
    GITHUB_STATE: files.state,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_TRIGGERING_ACTOR: actor,
    GITHUB_WORKFLOW: "Portcullis",
    GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/portcullis.yml@${place.ref}`,
    GITHUB_WORKFLOW_SHA: place.sha,
    GITHUB_WORKSPACE: workspace,
  };
}

function runnerVariables(temporary: string, run: ActionRun): Record<string, string> {
  return {
    RUNNER_ARCH: "X64",
    RUNNER_ENVIRONMENT: "github-hosted",
    RUNNER_NAME: "GitHub Actions 1",
    RUNNER_OS: systemNames().runner,
    RUNNER_TEMP: temporary,
    RUNNER_TOOL_CACHE: join(temporary, "tools"),
    RUNNER_WORKSPACE: temporary,
    ...(run.isDebug === true ? { RUNNER_DEBUG: "1" } : {}),
  };
}

function tokenVariables({ world, run, event, place, actor }: Story): Record<string, string> {
  const { repository, repositoryId, ownerId } = world.github.state;
  const endpoint = world.oidc.admitJob(world.oidcUrl, {
    repository,
    repositoryId,
    ownerId,
    eventName: event,
    ref: place.ref,
    subjectFormat: world.subjectFormat,
    sha: place.sha,
    actor,
    baseRef: place.baseRef,
    headRef: place.headRef,
    workflow: "portcullis.yml",
    runId: 800_001,
    ...(run.environment === undefined ? {} : { environment: run.environment }),
  });
  return {
    ACTIONS_ID_TOKEN_REQUEST_URL: endpoint.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: endpoint.requestToken,
  };
}

interface PayloadFacts {
  readonly pull: Pull | undefined;
  readonly place: Checkout;
  readonly actor: string;
}

/** The part of the event's payload that actions read. */
function payloadOf({ github, apiUrl }: ActionSurroundings, run: ActionRun, facts: PayloadFacts): JsonObject {
  const render = new Renderer(github.state, apiUrl);
  const common = { repository: render.repository(), sender: render.user(github.state.user(facts.actor)) };
  return { ...common, ...eventOf(render, run.event ?? "pull_request", facts), ...run.payload };
}

function eventOf(render: Renderer, event: string, { pull, place }: PayloadFacts): JsonObject {
  if (event === "push") {
    const after = place.sha;
    return { ref: place.ref, before: "0".repeat(40), after, head_commit: { id: after }, commits: [{ id: after }] };
  }
  return pull === undefined ? {} : pullEventOf(render, event, { pull, place });
}

function pullEventOf(
  render: Renderer,
  event: string,
  { pull, place }: { readonly pull: Pull; readonly place: Checkout },
): JsonObject {
  switch (event) {
    case "issue_comment":
      return { action: "created", issue: { number: pull.number, pull_request: {} }, comment: { body: "" } };
    case "merge_group": {
      const base = { base_sha: pull.baseSha, base_ref: `refs/heads/${pull.baseRef}` };
      return { action: "checks_requested", merge_group: { head_sha: place.sha, head_ref: place.ref, ...base } };
    }
    case "workflow_run": {
      const head = { head_sha: pull.headSha, head_branch: pull.headRef };
      const of = { id: 800_000, event: "pull_request", conclusion: "success", pull_requests: [] };
      return { action: "completed", workflow_run: { ...of, ...head } };
    }
    default:
      return { action: "synchronize", number: pull.number, pull_request: render.pull(pull) };
  }
}
