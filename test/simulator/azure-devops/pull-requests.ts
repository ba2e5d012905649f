import type { FileChange } from "../git/repository.ts";
import { maybeNumber, maybeText, objectOf, textOf, type JsonObject } from "../json.ts";
import { ok, type Call, type Reply, type Route } from "../service.ts";
import { badRequest } from "./replies.ts";
import type { AzureDevOpsState, Iteration, PullRequest, PullStatus } from "./state.ts";
import { identityBody } from "./threads.ts";

/** Entries of one page of changes, at most. */
const MAX_CHANGES = 2000;

const CHANGE_TYPES = { added: "add", modified: "edit", removed: "delete", renamed: "rename" } as const;

/** Pull requests, their iterations and statuses. */
export class PullRequests {
  readonly #state: AzureDevOpsState;
  readonly #pullOf: (call: Call) => PullRequest;

  constructor(state: AzureDevOpsState, pullOf: (call: Call) => PullRequest) {
    this.#state = state;
    this.#pullOf = pullOf;
  }

  routes(base: string): readonly Route[] {
    const iteration = `${base}/iterations/{iteration}`;
    return [
      { name: "getPull", method: "GET", path: base, answer: (call) => ok(this.#body(this.#pullOf(call))) },
      {
        name: "listIterations",
        method: "GET",
        path: `${base}/iterations`,
        answer: (call) => this.#listIterations(call),
      },
      { name: "listChanges", method: "GET", path: `${iteration}/changes`, answer: (call) => this.#listChanges(call) },
      { name: "listStatuses", method: "GET", path: `${base}/statuses`, answer: (call) => this.#listStatuses(call) },
      { name: "createStatus", method: "POST", path: `${base}/statuses`, answer: (call) => this.#createStatus(call) },
    ];
  }

  #body(pull: PullRequest): JsonObject {
    const { repositoryId: id, repositoryName: name, project, projectId } = this.#state;
    const last = this.#state.lastIteration(pull);
    const repository = { id, name, project: { id: projectId, name: project, state: "wellFormed" } };
    return {
      repository,
      pullRequestId: pull.id,
      codeReviewId: pull.id,
      status: "active",
      createdBy: identityBody(pull.author),
      creationDate: pull.creationDate,
      title: pull.title,
      sourceRefName: `refs/heads/${pull.sourceBranch}`,
      targetRefName: `refs/heads/${pull.targetBranch}`,
      mergeStatus: "succeeded",
      isDraft: pull.isDraft,
      lastMergeSourceCommit: { commitId: last.sourceCommit },
      lastMergeTargetCommit: { commitId: last.targetCommit },
      lastMergeCommit: { commitId: pull.mergeCommit },
      reviewers: pull.reviewers.map((reviewer) => Object.assign(identityBody(reviewer), { vote: reviewer.vote })),
      supportsIterations: true,
      ...(pull.isFork ? { forkSource: { name: `refs/heads/${pull.sourceBranch}`, repository: { isFork: true } } } : {}),
    };
  }

  #listIterations(call: Call): Reply {
    const pull = this.#pullOf(call);
    const value = pull.iterations.map((iteration) => this.#iterationBody(pull, iteration));
    return ok({ count: value.length, value });
  }

  #iterationBody(pull: PullRequest, { id, createdDate, sourceCommit, targetCommit }: Iteration): JsonObject {
    const common = this.#state.git.mergeBase(targetCommit, sourceCommit) ?? targetCommit;
    return {
      id,
      description: "Change",
      author: identityBody(pull.author),
      createdDate,
      updatedDate: createdDate,
      sourceRefCommit: { commitId: sourceCommit },
      targetRefCommit: { commitId: targetCommit },
      commonRefCommit: { commitId: common },
      hasMoreCommits: false,
      reason: id === 1 ? "create" : "push",
    };
  }

  /** `$compareTo` 0 (the default) is the target branch. */
  #listChanges(call: Call): Reply {
    const pull = this.#pullOf(call);
    const iteration = iterationOf(pull, Number(call.params["iteration"]));
    const compareTo = Number(call.query.get("$compareTo") ?? 0);
    const against = compareTo === 0 ? undefined : iterationOf(pull, compareTo);
    const changes = this.#state.changes(iteration, against);
    const top = Math.min(Number(call.query.get("$top") ?? 100), MAX_CHANGES);
    const skip = Number(call.query.get("$skip") ?? 0);
    const page = changes.slice(skip, skip + top).map((change, index) => this.#changeBody(change, skip + index + 1));
    const next = skip + top < changes.length ? { nextSkip: skip + top, nextTop: top } : {};
    return ok({ changeEntries: page, ...next });
  }

  #changeBody(change: FileChange, changeId: number): JsonObject {
    const path = `/${change.path}`;
    return {
      changeTrackingId: this.#state.changeTrackingId(change.path),
      changeId,
      item: { objectId: change.blobSha, path },
      changeType: CHANGE_TYPES[change.status],
      ...(change.previousPath === undefined ? {} : { originalPath: `/${change.previousPath}` }),
    };
  }

  #listStatuses(call: Call): Reply {
    const value = this.#state.statusesOf(this.#pullOf(call).id).map((status) => this.#statusBody(status));
    return ok({ count: value.length, value });
  }

  #createStatus(call: Call): Reply {
    const pull = this.#pullOf(call);
    const request = objectOf(call.body);
    const iterationId = maybeNumber(request["iterationId"]);
    if (iterationId !== undefined) iterationOf(pull, iterationId);
    const { name, genre } = objectOf(request["context"]);
    const status: PullStatus = {
      id: this.#state.nextId(),
      pullRequestId: pull.id,
      iterationId,
      state: textOf(request["state"]),
      description: textOf(request["description"]),
      targetUrl: maybeText(request["targetUrl"]),
      context: { name: textOf(name), ...(typeof genre === "string" ? { genre } : {}) },
      creationDate: this.#state.now(),
    };
    this.#state.statuses.push(status);
    return ok(this.#statusBody(status));
  }

  #statusBody({ pullRequestId: _pull, creationDate, iterationId, targetUrl, ...status }: PullStatus): JsonObject {
    return {
      ...status,
      creationDate,
      updatedDate: creationDate,
      createdBy: identityBody(this.#state.buildIdentity),
      targetUrl: targetUrl ?? null,
      ...(iterationId === undefined ? {} : { iterationId }),
    };
  }
}

function iterationOf(pull: PullRequest, id: number): Iteration {
  const iteration = pull.iterations.find((one) => one.id === id);
  if (iteration === undefined) throw badRequest(`The iteration ${String(id)} does not exist.`);
  return iteration;
}
