import type { SimulatedClock } from "../clock.ts";
import { GitRepository, type FileChange, type Files } from "../git/repository.ts";
import type { JsonObject } from "../json.ts";
import { countedId, DEFAULTS } from "../names.ts";

export interface Identity {
  readonly id: string;
  readonly displayName: string;
  readonly uniqueName: string;
}

export interface ThreadComment {
  readonly id: number;
  readonly parentCommentId: number;
  readonly author: Identity;
  content: string;
  readonly commentType: "text" | "system";
  readonly publishedDate: string;
  lastUpdatedDate: string;
  isDeleted: boolean;
}

/** `unknown` threads have no status: those that the system writes. */
export type ThreadStatus = "unknown" | "active" | "fixed" | "wontFix" | "closed" | "byDesign" | "pending";

export interface Thread {
  readonly id: number;
  readonly pullRequestId: number;
  readonly comments: ThreadComment[];
  status: ThreadStatus;
  readonly threadContext: JsonObject | null;
  readonly pullRequestThreadContext: JsonObject | null;
  properties: JsonObject;
  readonly publishedDate: string;
}

export interface PullStatus {
  readonly id: number;
  readonly pullRequestId: number;
  readonly iterationId: number | undefined;
  readonly state: string;
  readonly description: string;
  readonly targetUrl: string | undefined;
  readonly context: { readonly name: string; readonly genre?: string };
  readonly creationDate: string;
}

/** One push to a pull request. */
export interface Iteration {
  readonly id: number;
  readonly sourceCommit: string;
  readonly targetCommit: string;
  readonly createdDate: string;
}

interface Reviewer extends Identity {
  /** 10 approved, 5 approved with suggestions, 0 none, -5 waiting, -10 rejected. */
  vote: number;
}

export interface PullRequest {
  readonly id: number;
  readonly title: string;
  readonly author: Identity;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  readonly isFork: boolean;
  readonly isDraft: boolean;
  readonly iterations: Iteration[];
  readonly reviewers: Reviewer[];
  mergeCommit: string;
  readonly creationDate: string;
}

/** A pull request to begin with. */
export interface PullRequestOptions {
  /** Default 42. */
  readonly id?: number;
  readonly title?: string;
  readonly author?: string;
  readonly sourceBranch?: string;
  readonly targetBranch?: string;
  /** The whole content of the target. Default: what the branch has. */
  readonly base?: Files;
  /** What the source changes: new content by path, null to delete. */
  readonly changes: Readonly<Record<string, string | null>>;
  readonly isFork?: boolean;
  readonly isDraft?: boolean;
}

/** One repository of Azure Repos with its pull requests, and everything that was written to them. */
export class AzureDevOpsState {
  readonly #clock: SimulatedClock;
  #lastId = 1000;
  readonly git = new GitRepository();
  readonly organisation: string = DEFAULTS.organisation;
  readonly project: string = DEFAULTS.project;
  readonly projectId: string = DEFAULTS.projectId;
  readonly repositoryId: string = DEFAULTS.azureRepositoryId;
  readonly repositoryName = "ai-platform";
  readonly defaultBranch = "main";
  /** The build service: whose token the job has. */
  readonly buildIdentity: Identity = {
    id: countedId("b111d", 1),
    displayName: "platform Build Service (contoso)",
    uniqueName: `Build\\${countedId("b111d", 1)}`,
  };
  /** The right "Contribute to pull requests". */
  canContribute = true;
  canRead = true;
  readonly pullRequests = new Map<number, PullRequest>();
  readonly threads: Thread[] = [];
  readonly statuses: PullStatus[] = [];
  readonly #trackedPaths: string[] = [];
  readonly #people: string[] = [];

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
    this.git.point(`refs/heads/${this.defaultBranch}`, this.git.commit({ "README.md": "# AI platform\n" }));
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  now(): string {
    return new Date(this.#clock.nowMs()).toISOString();
  }

  /** A person by name. */
  person(name: string): Identity {
    if (!this.#people.includes(name)) this.#people.push(name);
    const id = countedId("9e450", this.#people.indexOf(name) + 1);
    return { id, displayName: name, uniqueName: `${name.toLowerCase()}@contoso.example` };
  }

  /** Opens a pull request with its first iteration and the thread that the system writes about it. */
  openPull(options: PullRequestOptions): PullRequest {
    const targetBranch = options.targetBranch ?? this.defaultBranch;
    if (options.base !== undefined) this.git.point(`refs/heads/${targetBranch}`, this.git.commit(options.base));
    const target = this.git.resolve(`refs/heads/${targetBranch}`) ?? this.git.commit({});
    const pull: PullRequest = {
      id: options.id ?? 42,
      title: options.title ?? "Change the infrastructure",
      author: this.person(options.author ?? "Octo"),
      sourceBranch: options.sourceBranch ?? "feature",
      targetBranch,
      isFork: options.isFork ?? false,
      isDraft: options.isDraft ?? false,
      iterations: [],
      reviewers: [],
      mergeCommit: "",
      creationDate: this.now(),
    };
    this.pullRequests.set(pull.id, pull);
    this.#iterate(pull, this.git.commit(applied(this.git.files(target), options.changes), [target]), target);
    return pull;
  }

  /** Pushes a commit to the source branch: a new iteration. Returns the commit. */
  push(id: number, changes: Readonly<Record<string, string | null>>): string {
    const pull = this.pull(id);
    const last = this.lastIteration(pull);
    const source = this.git.commit(applied(this.git.files(last.sourceCommit), changes), [last.sourceCommit]);
    this.#iterate(pull, source, last.targetCommit);
    return source;
  }

  /** @throws Error when there is none */
  pull(id: number): PullRequest {
    const pull = this.pullRequests.get(id);
    if (pull === undefined) throw new Error(`no pull request ${String(id)}`);
    return pull;
  }

  lastIteration(pull: PullRequest): Iteration {
    const last = pull.iterations.at(-1);
    if (last === undefined) throw new Error("a pull request has at least one iteration");
    return last;
  }

  /** Records a reviewer's vote: 10 approves. */
  vote(id: number, reviewer: string, vote: number): void {
    this.pull(id).reviewers.push({ ...this.person(reviewer), vote });
  }

  /** What an iteration changes: against the target, or against an earlier iteration. */
  changes(iteration: Iteration, against: Iteration | undefined): readonly FileChange[] {
    const target = this.git.mergeBase(iteration.targetCommit, iteration.sourceCommit) ?? iteration.targetCommit;
    return this.git.changes(against?.sourceCommit ?? target, iteration.sourceCommit);
  }

  /** The number by which Azure Repos follows a file through the iterations. */
  changeTrackingId(path: string): number {
    if (!this.#trackedPaths.includes(path)) this.#trackedPaths.push(path);
    return this.#trackedPaths.indexOf(path) + 1;
  }

  threadsOf(id: number): readonly Thread[] {
    return this.threads.filter((thread) => thread.pullRequestId === id);
  }

  statusesOf(id: number): readonly PullStatus[] {
    return this.statuses.filter((status) => status.pullRequestId === id);
  }

  /** Adds a thread as somebody would have written it before. */
  seedThread(thread: {
    readonly pull: number;
    readonly author: string;
    readonly content: string;
    readonly status?: ThreadStatus;
  }): Thread {
    const { pull, author, content, status = "active" } = thread;
    return this.#addThread({ pull, author: this.person(author), content, status, commentType: "text" });
  }

  #addThread(thread: {
    readonly pull: number;
    readonly author: Identity;
    readonly content: string;
    readonly status: ThreadStatus;
    readonly commentType: "text" | "system";
  }): Thread {
    const { pull, author, content, status, commentType } = thread;
    const now = this.now();
    const comment: ThreadComment = {
      id: 1,
      parentCommentId: 0,
      author,
      content,
      commentType,
      publishedDate: now,
      lastUpdatedDate: now,
      isDeleted: false,
    };
    const added: Thread = {
      id: this.nextId(),
      pullRequestId: pull,
      comments: [comment],
      status,
      threadContext: null,
      pullRequestThreadContext: null,
      properties: {},
      publishedDate: now,
    };
    this.threads.push(added);
    return added;
  }

  /** Forks reach the repository only through the pull request's refs. */
  #iterate(pull: PullRequest, source: string, target: string): void {
    const createdDate = this.now();
    pull.iterations.push({ id: pull.iterations.length + 1, sourceCommit: source, targetCommit: target, createdDate });
    pull.mergeCommit = this.git.commit(this.git.files(source), [target, source]);
    if (!pull.isFork) this.git.point(`refs/heads/${pull.sourceBranch}`, source);
    this.git.point(`refs/pull/${String(pull.id)}/merge`, pull.mergeCommit);
    const content = `${pull.author.displayName} updated the pull request`;
    this.#addThread({ pull: pull.id, author: pull.author, content, status: "unknown", commentType: "system" });
  }
}

function applied(files: Files, changes: Readonly<Record<string, string | null>>): Files {
  const merged: Record<string, string | null> = { ...files, ...changes };
  return Object.fromEntries(Object.entries(merged).flatMap(([path, text]) => (text === null ? [] : [[path, text]])));
}
