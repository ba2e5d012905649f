import type { FileChange } from "../git/repository.ts";
import type { JsonObject } from "../json.ts";
import { nodeId } from "./node-id.ts";
import { renderRepository } from "./render-repository.ts";
import type { CheckRun, CommitStatus, GitHubState, IssueComment, Pull, Review, ReviewComment, User } from "./state.ts";

/** How GitHub shows its things as JSON. One object a world; `api` and `web` are base addresses without a slash at the end. */
export class Renderer {
  readonly #state: GitHubState;
  readonly #api: string;
  readonly #web = "https://github.example";

  constructor(state: GitHubState, api: string) {
    this.#state = state;
    this.#api = api;
  }

  user({ login, id, type }: User): JsonObject {
    const url = `${this.#api}/users/${encodeURIComponent(login)}`;
    const links = ["followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events"];
    return {
      login,
      id,
      node_id: nodeId("User", id),
      avatar_url: `${this.#web}/avatars/${String(id)}`,
      gravatar_id: "",
      url,
      html_url: `${this.#web}/${encodeURIComponent(login)}`,
      ...Object.fromEntries(links.map((name) => [`${name}_url`, `${url}/${name}`])),
      received_events_url: `${url}/received_events`,
      type,
      user_view_type: "public",
      site_admin: false,
    };
  }

  /** The repository, or a fork of it by that name. */
  repository(fullName: string = this.#state.repository): JsonObject {
    return renderRepository(this.#state, fullName, { api: this.#api, web: this.#web, user: (user) => this.user(user) });
  }

  /** A pull request as lists show it. */
  simplePull(pull: Pull): JsonObject {
    const repository = `${this.#api}/repos/${this.#state.repository}`;
    const url = `${repository}/pulls/${String(pull.number)}`;
    const issue = `${repository}/issues/${String(pull.number)}`;
    const html = `${this.#web}/${this.#state.repository}/pull/${String(pull.number)}`;
    const statuses = `${repository}/statuses/${pull.headSha}`;
    const links = {
      self: url,
      html,
      issue,
      comments: `${issue}/comments`,
      review_comments: `${url}/comments`,
      review_comment: `${repository}/pulls/comments{/number}`,
      commits: `${url}/commits`,
      statuses,
    };
    return {
      url,
      id: 300_000 + pull.number,
      node_id: nodeId("PullRequest", pull.number),
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      issue_url: issue,
      number: pull.number,
      state: pull.state,
      locked: false,
      title: pull.title,
      user: this.user(pull.author),
      body: null,
      created_at: pull.createdAt,
      updated_at: pull.createdAt,
      closed_at: null,
      merged_at: null,
      merge_commit_sha: pull.mergeSha,
      assignee: null,
      assignees: [],
      requested_reviewers: [],
      requested_teams: [],
      labels: [],
      milestone: null,
      draft: pull.isDraft,
      commits_url: links.commits,
      review_comments_url: links.review_comments,
      review_comment_url: links.review_comment,
      comments_url: links.comments,
      statuses_url: statuses,
      head: this.#side(pull.headRepository, pull.headRef, pull.headSha),
      base: this.#side(this.#state.repository, pull.baseRef, pull.baseSha),
      _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
      author_association: "CONTRIBUTOR",
      auto_merge: null,
    };
  }

  pull(pull: Pull): JsonObject {
    const changes = this.#state.changes(pull);
    const count = (kind: "added" | "removed"): number =>
      changes.reduce((sum, change) => sum + countLines(change, kind), 0);
    return {
      ...this.simplePull(pull),
      merged: false,
      mergeable: true,
      rebaseable: true,
      mergeable_state: "clean",
      merged_by: null,
      comments: this.#state.commentsOf(pull.number).length,
      review_comments: this.#state.reviewCommentsOf(pull.number).length,
      maintainer_can_modify: false,
      commits: this.#state.commitsOf(pull).length,
      additions: count("added"),
      deletions: count("removed"),
      changed_files: changes.length,
    };
  }

  file(change: FileChange, sha: string): JsonObject {
    const [additions, deletions] = [countLines(change, "added"), countLines(change, "removed")];
    const path = change.path.split("/").map(encodeURIComponent).join("/");
    return {
      sha: change.blobSha,
      filename: change.path,
      status: change.status,
      additions,
      deletions,
      changes: additions + deletions,
      blob_url: `${this.#web}/${this.#state.repository}/blob/${sha}/${path}`,
      raw_url: `${this.#web}/${this.#state.repository}/raw/${sha}/${path}`,
      contents_url: `${this.#api}/repos/${this.#state.repository}/contents/${path}?ref=${sha}`,
      ...(change.patch === "" ? {} : { patch: change.patch }),
      ...(change.previousPath === undefined ? {} : { previous_filename: change.previousPath }),
    };
  }

  issueComment(comment: IssueComment): JsonObject {
    const repository = `${this.#api}/repos/${this.#state.repository}`;
    return {
      url: `${repository}/issues/comments/${String(comment.id)}`,
      html_url: `${this.#web}/${this.#state.repository}/pull/${String(comment.pull)}#issuecomment-${String(comment.id)}`,
      issue_url: `${repository}/issues/${String(comment.pull)}`,
      id: comment.id,
      node_id: nodeId("IssueComment", comment.id),
      user: this.user(comment.user),
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      author_association: "NONE",
      body: comment.body,
      performed_via_github_app: null,
    };
  }

  review(review: Review): JsonObject {
    const pull = `${this.#api}/repos/${this.#state.repository}/pulls/${String(review.pull)}`;
    const html = `${this.#web}/${this.#state.repository}/pull/${String(review.pull)}#pullrequestreview-${String(review.id)}`;
    return {
      id: review.id,
      node_id: nodeId("PullRequestReview", review.id),
      user: this.user(review.user),
      body: review.body,
      state: review.state,
      html_url: html,
      pull_request_url: pull,
      author_association: "NONE",
      _links: { html: { href: html }, pull_request: { href: pull } },
      submitted_at: review.submittedAt,
      commit_id: review.commitId,
    };
  }

  /** `isOutdated` comments no longer stand on a line of the diff. */
  reviewComment(comment: ReviewComment, isOutdated: boolean): JsonObject {
    const repository = `${this.#api}/repos/${this.#state.repository}`;
    const self = `${repository}/pulls/comments/${String(comment.id)}`;
    const pull = `${repository}/pulls/${String(comment.pull)}`;
    const html = `${this.#web}/${this.#state.repository}/pull/${String(comment.pull)}#discussion_r${String(comment.id)}`;
    const line = comment.line ?? null;
    const startLine = comment.startLine ?? null;
    return {
      url: self,
      pull_request_review_id: comment.reviewId,
      id: comment.id,
      node_id: nodeId("PullRequestReviewComment", comment.id),
      diff_hunk: comment.diffHunk,
      path: comment.path,
      commit_id: isOutdated ? comment.commitId : this.#state.pull(comment.pull).headSha,
      original_commit_id: comment.commitId,
      user: this.user(comment.user),
      body: comment.body,
      created_at: comment.createdAt,
      updated_at: comment.updatedAt,
      html_url: html,
      pull_request_url: pull,
      author_association: "NONE",
      _links: { self: { href: self }, html: { href: html }, pull_request: { href: pull } },
      ...(comment.threadId === comment.id ? {} : { in_reply_to_id: comment.threadId }),
      ...(line === null ? {} : { line: isOutdated ? null : line, original_line: line }),
      start_line: isOutdated ? null : startLine,
      original_start_line: startLine,
      start_side: comment.startSide ?? null,
      side: comment.side,
      subject_type: comment.subjectType,
    };
  }

  checkRun(run: CheckRun): JsonObject {
    const url = `${this.#api}/repos/${this.#state.repository}/check-runs/${String(run.id)}`;
    const { title = null, summary = null, text = null } = run.output;
    const { name, status = "queued", conclusion = null, details_url = null, external_id = "" } = run.fields;
    return {
      id: run.id,
      node_id: nodeId("CheckRun", run.id),
      head_sha: run.headSha,
      external_id,
      url,
      html_url: `${this.#web}/${this.#state.repository}/runs/${String(run.id)}`,
      details_url,
      name,
      status,
      conclusion,
      started_at: run.startedAt,
      completed_at: status === "completed" ? run.startedAt : null,
      output: {
        title,
        summary,
        text,
        annotations_count: run.annotations.length,
        annotations_url: `${url}/annotations`,
      },
      check_suite: { id: 400_001 },
      app: null,
      pull_requests: [],
    };
  }

  status(status: CommitStatus): JsonObject {
    return {
      url: `${this.#api}/repos/${this.#state.repository}/statuses/${status.sha}`,
      avatar_url: null,
      id: status.id,
      node_id: nodeId("Status", status.id),
      state: status.state,
      description: status.description,
      target_url: status.targetUrl,
      context: status.context,
      created_at: status.createdAt,
      updated_at: status.createdAt,
      creator: this.user(status.creator),
    };
  }

  commit(sha: string): JsonObject {
    const url = `${this.#api}/repos/${this.#state.repository}/commits/${sha}`;
    const person = { name: "Octo Cat", email: "octocat@github.example", date: "2026-01-01T00:00:00Z" };
    return {
      url,
      sha,
      node_id: nodeId("Commit", Number.parseInt(sha.slice(0, 7), 16)),
      html_url: `${this.#web}/${this.#state.repository}/commit/${sha}`,
      comments_url: `${url}/comments`,
      commit: {
        url,
        author: person,
        committer: person,
        message: "Change",
        comment_count: 0,
        tree: { sha, url: `${url}/tree` },
      },
      author: null,
      committer: null,
      parents: this.#state.git.parents(sha).map((parent) => ({ sha: parent, url: `${url}/${parent}` })),
    };
  }

  #side(repository: string | null, ref: string, sha: string): JsonObject {
    const [owner = ""] = (repository ?? "").split("/");
    const user: User =
      repository === this.#state.repository
        ? { login: owner, id: this.#state.ownerId, type: "Organization" }
        : this.#state.user(owner);
    return {
      label: `${owner}:${ref}`,
      ref,
      sha,
      user: this.user(user),
      repo: repository === null ? null : this.repository(repository),
    };
  }
}

function countLines(change: FileChange, kind: "added" | "removed"): number {
  return change.hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
}
