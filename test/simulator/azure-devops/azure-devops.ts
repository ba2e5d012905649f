import type { SimulatedClock } from "../clock.ts";
import type { FaultStatus } from "../faults.ts";
import type { JobToken } from "../oidc/azure-devops.ts";
import { askToSignIn, signInPage } from "../oidc/azure-devops.ts";
import { bearerOrBasicOf, Defect, ok, withHeaders, type Call, type Reply, type Service } from "../service.ts";
import { Items } from "./items.ts";
import { PullRequests } from "./pull-requests.ts";
import { problem, refusal } from "./replies.ts";
import { azureDevOpsSchemas } from "./schemas.ts";
import { AzureDevOpsState, type PullRequest } from "./state.ts";
import { Threads } from "./threads.ts";

/** The definitions that bodies must fit, by route: of the request, and of a successful response. */
const CONTRACT: Readonly<Record<string, { readonly request?: string; readonly response?: string }>> = {
  "azure-devops.connectionData": { response: "connection" },
  "azure-devops.getPull": { response: "pullRequest" },
  "azure-devops.listThreads": { response: "threads" },
  "azure-devops.createThread": { request: "newThread", response: "thread" },
  "azure-devops.getThread": { response: "thread" },
  "azure-devops.updateThread": { request: "threadUpdate", response: "thread" },
  "azure-devops.listComments": { response: "comments" },
  "azure-devops.createComment": { request: "newComment", response: "comment" },
  "azure-devops.updateComment": { request: "commentUpdate", response: "comment" },
  "azure-devops.listIterations": { response: "iterations" },
  "azure-devops.listChanges": { response: "changes" },
  "azure-devops.listStatuses": { response: "statuses" },
  "azure-devops.createStatus": { request: "newStatus", response: "status" },
};

/** Azure Repos for one repository. */
export class AzureDevOps {
  readonly state: AzureDevOpsState;
  /** The token of the running job; `isExpired` makes every request meet the sign-in page. */
  readonly job: JobToken;
  #requests = 0;

  constructor(clock: SimulatedClock, job: JobToken) {
    this.state = new AzureDevOpsState(clock);
    this.job = job;
  }

  service(): Service {
    const repository = "/{organisation}/{project}/_apis/git/repositories/{repository}";
    const pull = `${repository}/pullRequests/{pull}`;
    const pullOf = (call: Call): PullRequest => this.#pullOf(call);
    return {
      name: "azure-devops",
      ignoreCase: true,
      routes: [
        {
          name: "connectionData",
          method: "GET",
          path: "/{organisation}/_apis/connectionData",
          answer: () => this.#connectionData(),
        },
        { name: "signIn", method: "GET", path: "/_signin", answer: () => signInPage() },
        ...new Threads(this.state, pullOf).routes(pull),
        ...new PullRequests(this.state, pullOf).routes(pull),
        ...new Items(this.state).routes(repository),
      ],
      admit: (call) => this.#admit(call),
      complete: (call, reply) => this.#complete(call, reply),
      failure: (status) => failure(status),
      expired: (call) => askToSignIn(call),
    };
  }

  #connectionData(): Reply {
    const { id, displayName } = this.state.buildIdentity;
    const user = { id, providerDisplayName: displayName, isActive: true };
    return ok({ authenticatedUser: user, authorizedUser: user, instanceId: this.state.projectId });
  }

  #pullOf(call: Call): PullRequest {
    const pull = this.state.pullRequests.get(Number(call.params["pull"]));
    if (pull === undefined)
      throw refusal(404, "GitPullRequestNotFoundException", "TF401180: The requested pull request was not found.");
    return pull;
  }

  /** Token, API version, names, permission and form of the request, in this order. */
  #admit(call: Call): Reply | undefined {
    if (call.route === "azure-devops.signIn") return undefined;
    if (bearerOrBasicOf(call) !== this.job.token || this.job.isExpired) return askToSignIn(call);
    return versionProblem(call) ?? this.#nameProblem(call) ?? this.#rightProblem(call) ?? requestProblem(call);
  }

  #nameProblem(call: Call): Reply | undefined {
    const { organisation, project, projectId, repositoryId, repositoryName } = this.state;
    const isOne = (name: string, ...known: readonly string[]): boolean => {
      const given = call.params[name]?.toLowerCase();
      return given === undefined || known.some((one) => one.toLowerCase() === given);
    };
    if (!isOne("organisation", organisation))
      return problem(404, "HostDoesNotExistException", "The organisation does not exist.");
    if (!isOne("project", project, projectId)) {
      const message = `TF200016: The following project does not exist: ${call.params["project"] ?? ""}.`;
      return problem(404, "ProjectDoesNotExistWithNameException", message);
    }
    if (isOne("repository", repositoryId, repositoryName) && this.state.canRead) return undefined;
    const message = `TF401019: The Git repository with name or identifier ${call.params["repository"] ?? ""} does not exist or you do not have permissions for the operation you are attempting.`;
    return problem(404, "GitRepositoryNotFoundException", message);
  }

  #rightProblem(call: Call): Reply | undefined {
    if (call.method === "GET" || this.state.canContribute) return undefined;
    const message = `TF401027: You need the Git 'PullRequestContribute' permission to perform this action. Details: identity '${this.state.buildIdentity.uniqueName}', scope 'repository'.`;
    return problem(403, "GitNeedsPermissionException", message);
  }

  #complete(call: Call, reply: Reply): Reply {
    const isRefused = reply.status >= 400 && reply.body !== undefined;
    const definition = isRefused ? "problem" : (itemDefinition(call, reply) ?? CONTRACT[call.route]?.response);
    const isChecked = definition !== undefined && reply.body !== undefined && typeof reply.body !== "string";
    const wrong = isChecked ? azureDevOpsSchemas.problemOf(definition, reply.body) : undefined;
    if (wrong !== undefined) throw new Defect(`${call.route} answered against the contract: ${wrong}`);
    this.#requests += 1;
    return withHeaders(reply, {
      "x-vss-e2eid": `sim-${String(this.#requests)}`,
      activityid: `sim-${String(this.#requests)}`,
    });
  }
}

function itemDefinition(call: Call, reply: Reply): string | undefined {
  if (call.route !== "azure-devops.getItem" || typeof reply.body === "string") return undefined;
  return call.query.get("scopePath") === null ? "item" : "items";
}

/** Writing takes a version; reading falls back to the newest. */
function versionProblem(call: Call): Reply | undefined {
  const inHeader = /api-version=(?<version>[\w.-]+)/u.exec(call.headers["accept"] ?? "")?.groups?.["version"];
  const version = call.query.get("api-version") ?? inHeader;
  if (version === undefined) {
    if (call.method === "GET") return undefined;
    const message = `No api-version was supplied for the "${call.method}" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`;
    return problem(400, "VssVersionNotSpecifiedException", message);
  }
  if (/^(?:[1-6]\.\d|7\.[01])(?:-preview(?:\.\d)?)?$|^7\.2-preview(?:\.\d)?$/u.test(version)) return undefined;
  return problem(
    400,
    "VssVersionOutOfRangeException",
    `The requested REST API version of ${version} is out of range for this server. The latest REST API version this server supports is 7.2.`,
  );
}

function requestProblem(call: Call): Reply | undefined {
  const definition = CONTRACT[call.route]?.request;
  if (definition === undefined) return undefined;
  const wrong = call.isMalformed ? "the body is not JSON" : azureDevOpsSchemas.problemOf(definition, call.body);
  return wrong === undefined
    ? undefined
    : problem(400, "VssPropertyValidationException", `The request body is not valid: ${wrong}`);
}

function failure(status: FaultStatus): Reply {
  if (status === 401) return { status, headers: { "www-authenticate": "Bearer" } };
  if (status === 429)
    return problem(
      status,
      "RequestBlockedException",
      "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource.",
    );
  return problem(status, "VssServiceException", "Simulated failure.");
}
