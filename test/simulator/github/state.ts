import type { SimulatedClock } from "../clock.ts";
import { GitRepository, type FileChange, type Files } from "../git/repository.ts";
import type { JsonObject } from "../json.ts";
import { DEFAULTS } from "../names.ts";

/** An account. */
export interface User {
  readonly login: string;
  readonly id: number;
  readonly type: "User" | "Bot" | "Organization";
}

/** The account behind `GITHUB_TOKEN`. */
export const ACTIONS_BOT: User = { login: "github-actions[bot]", id: 41_898_282, type: "Bot" };

export interface IssueComment {
  readonly id: number;
  readonly pull: number;
  readonly user: User;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  /** The classifier with which it was minimised, or null. */
  minimizedReason: string | null;
}

export interface Review {
  readonly id: number;
  readonly pull: number;
  readonly user: User;
  readonly body: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "PENDING" | "DISMISSED";
  readonly commitId: string;
  readonly submittedAt: string;
}

export interface ReviewComment {
  readonly id: number;
  readonly pull: number;
  readonly reviewId: number;
  readonly user: User;
  body: string;
  readonly path: string;
  readonly commitId: string;
  readonly subjectType: "line" | "file";
  readonly side: "LEFT" | "RIGHT";
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  readonly startSide: "LEFT" | "RIGHT" | undefined;
  readonly diffHunk: string;
  /** The first comment of the thread; its own id when it is the first. */
  readonly threadId: number;
  readonly createdAt: string;
  updatedAt: string;
}

export interface CheckRun {
  readonly id: number;
  readonly headSha: string;
  /** Name, status, conclusion and so on, as last written. */
  fields: JsonObject;
  /** Title, summary and text, as last written. */
  output: JsonObject;
  /** All annotations, over all requests. */
  readonly annotations: JsonObject[];
  readonly startedAt: string;
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: User;
  readonly createdAt: string;
}

export interface SarifUpload {
  readonly id: string;
  readonly commitSha: string;
  readonly ref: string;
  /** The unpacked document. */
  readonly document: unknown;
  readonly problems: readonly string[];
  pendingReads: number;
}

export interface Pull {
  readonly number: number;
  readonly title: string;
  readonly author: User;
  readonly baseRef: string;
  readonly headRef: string;
  /** `owner/name` of the head: the fork's for a pull request from a fork; null when that fork is deleted. */
  readonly headRepository: string | null;
  headSha: string;
  baseSha: string;
  mergeSha: string;
  state: "open" | "closed";
  readonly isDraft: boolean;
  readonly createdAt: string;
}

/** A pull request to begin with. */
export interface PullOptions {
  /** Default 12. */
  readonly number?: number;
  readonly title?: string;
  /** Login of the author. Default `octocat`. */
  readonly author?: string;
  /** Short name. Default `feature`. */
  readonly headBranch?: string;
  /** Short name. Default: the default branch. */
  readonly baseBranch?: string;
  /** `owner/name` of the fork that it comes from. */
  readonly fork?: string;
  /** The whole content of the base. Default: what the base branch has. */
  readonly base?: Files;
  /** What the head changes: new content by path, null to delete. */
  readonly changes: Readonly<Record<string, string | null>>;
  readonly isDraft?: boolean;
}

/** One repository with its pull requests, and everything that was written to them. */
export class GitHubState {
  readonly #clock: SimulatedClock;
  #lastId = 900_000;
  readonly #users = new Map<string, User>();
  readonly git = new GitRepository();
  /** `owner/name`, in the spelling of GitHub. */
  readonly repository: string;
  readonly repositoryId: number;
  readonly ownerId: number;
  readonly defaultBranch = "main";
  isPrivate = true;
  readonly pulls = new Map<number, Pull>();
  readonly issueComments: IssueComment[] = [];
  readonly reviews: Review[] = [];
  readonly reviewComments: ReviewComment[] = [];
  /** Threads (ids of their first comments) that are resolved. */
  readonly resolvedThreads = new Set<number>();
  readonly checkRuns: CheckRun[] = [];
  readonly statuses: CommitStatus[] = [];
  readonly sarifs: SarifUpload[] = [];
  /** GETs of a SARIF upload that still answer "pending". */
  sarifPendingReads = 1;

  constructor(clock: SimulatedClock, repository: string = DEFAULTS.repository) {
    this.#clock = clock;
    this.repository = repository;
    this.repositoryId = DEFAULTS.repositoryId;
    this.ownerId = DEFAULTS.ownerId;
    this.git.point(`refs/heads/${this.defaultBranch}`, this.git.commit({ "README.md": "# AI platform\n" }));
  }

  /** A number that nothing else has. */
  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  now(): string {
    return this.#clock.nowText();
  }

  /** An account by login; bots are those that say so in their name. */
  user(login: string): User {
    if (login === ACTIONS_BOT.login) return ACTIONS_BOT;
    const known = this.#users.get(login);
    if (known !== undefined) return known;
    const user: User = { login, id: 500_001 + this.#users.size, type: login.endsWith("[bot]") ? "Bot" : "User" };
    this.#users.set(login, user);
    return user;
  }

  /** Commits `changes` on top of a branch. Returns the new commit. */
  commit(branch: string, changes: Readonly<Record<string, string | null>>): string {
    const parent = this.git.resolve(`refs/heads/${branch}`);
    const before = parent === undefined ? {} : this.git.files(parent);
    const sha = this.git.commit(applied(before, changes), parent === undefined ? [] : [parent]);
    this.git.point(`refs/heads/${branch}`, sha);
    return sha;
  }

  /** Opens a pull request, with its branches and merge commit. */
  openPull(options: PullOptions): Pull {
    const number = options.number ?? 12;
    const baseRef = options.baseBranch ?? this.defaultBranch;
    const headRef = options.headBranch ?? "feature";
    if (options.base !== undefined) this.#replace(baseRef, options.base);
    const baseSha = this.git.resolve(`refs/heads/${baseRef}`) ?? this.git.commit({});
    const headSha = this.git.commit(applied(this.git.files(baseSha), options.changes), [baseSha]);
    const pull: Pull = {
      number,
      title: options.title ?? `Change ${String(number)}`,
      author: this.user(options.author ?? "octocat"),
      baseRef,
      headRef,
      headRepository: options.fork ?? this.repository,
      headSha,
      baseSha,
      mergeSha: "",
      state: "open",
      isDraft: options.isDraft ?? false,
      createdAt: this.now(),
    };
    this.pulls.set(number, pull);
    this.#moveHead(pull, headSha);
    return pull;
  }

  /** Pushes a commit to the head of a pull request. Returns the new head. */
  push(number: number, changes: Readonly<Record<string, string | null>>): string {
    const pull = this.pull(number);
    this.#moveHead(pull, this.git.commit(applied(this.git.files(pull.headSha), changes), [pull.headSha]));
    return pull.headSha;
  }

  /** @throws Error when there is none */
  pull(number: number): Pull {
    const pull = this.pulls.get(number);
    if (pull === undefined) throw new Error(`no pull request ${String(number)}`);
    return pull;
  }

  /** What the pull request shows as changed: from the merge base to `sha`, by default its head. */
  changes(pull: Pull, sha: string = pull.headSha): readonly FileChange[] {
    return this.git.changes(this.git.mergeBase(pull.baseSha, sha) ?? pull.baseSha, sha);
  }

  /** The commits of the pull request, oldest first. */
  commitsOf(pull: Pull): readonly string[] {
    return this.git.between(pull.baseSha, pull.headSha);
  }

  /** Adds a comment as somebody would have written it before. */
  seedComment(comment: { readonly pull: number; readonly author: string; readonly body: string }): IssueComment {
    return this.addComment(comment.pull, this.user(comment.author), comment.body);
  }

  addComment(pull: number, user: User, body: string): IssueComment {
    const now = this.now();
    const comment = { id: this.nextId(), pull, user, body, createdAt: now, updatedAt: now, minimizedReason: null };
    this.issueComments.push(comment);
    return comment;
  }

  /** Adds a review as somebody would have submitted it before. The commit is the head by default. */
  seedReview(review: {
    readonly pull: number;
    readonly author: string;
    readonly state: Review["state"];
    readonly body?: string;
    readonly commitId?: string;
  }): Review {
    const { pull, author, state, body = "", commitId = this.pull(pull).headSha } = review;
    const seeded = { id: this.nextId(), pull, user: this.user(author), body, state, commitId, submittedAt: this.now() };
    this.reviews.push(seeded);
    return seeded;
  }

  /** Comments of a pull request, oldest first. */
  commentsOf(pull: number): readonly IssueComment[] {
    return this.issueComments.filter((comment) => comment.pull === pull);
  }

  reviewCommentsOf(pull: number): readonly ReviewComment[] {
    return this.reviewComments.filter((comment) => comment.pull === pull);
  }

  reviewsOf(pull: number): readonly Review[] {
    return this.reviews.filter((review) => review.pull === pull);
  }

  #replace(branch: string, files: Files): void {
    const parent = this.git.resolve(`refs/heads/${branch}`);
    this.git.point(`refs/heads/${branch}`, this.git.commit(files, parent === undefined ? [] : [parent]));
  }

  /** The head of a fork is only reachable through the pull request's refs. */
  #moveHead(pull: Pull, sha: string): void {
    pull.headSha = sha;
    pull.mergeSha = this.git.commit(this.git.files(sha), [pull.baseSha, sha]);
    if (pull.headRepository === this.repository) this.git.point(`refs/heads/${pull.headRef}`, sha);
    this.git.point(`refs/pull/${String(pull.number)}/head`, sha);
    this.git.point(`refs/pull/${String(pull.number)}/merge`, pull.mergeSha);
  }
}

function applied(files: Files, changes: Readonly<Record<string, string | null>>): Files {
  const merged: Record<string, string | null> = { ...files, ...changes };
  return Object.fromEntries(Object.entries(merged).flatMap(([path, text]) => (text === null ? [] : [[path, text]])));
}
