import type { getOctokit } from "@actions/github";
import type { PullRequest } from "../../ports.ts";
import { LIMITS } from "../../render/limits.ts";
import { isMarkedWith, markedComment } from "../sticky-comment.ts";

type Octokit = ReturnType<typeof getOctokit>;

interface GitHubPullRequest {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly headSha: string;
  readonly baseSha: string;
  readonly author: string | null;
}

/** A pull request on GitHub, through its REST API. */
export function githubPullRequest(pull: GitHubPullRequest): PullRequest {
  const { octokit, owner, repo, number, headSha, baseSha } = pull;
  const place = { owner, repo };
  return {
    commentSpace: {
      chars: LIMITS.githubCommentChars - LIMITS.commentMarginChars,
      bytes: LIMITS.githubCommentBytes - 4 * LIMITS.commentMarginChars,
    },
    async hasComment(key, signal) {
      return (await findOwnComment(pull, key, signal)) !== undefined;
    },
    async upsertComment(key, body, signal) {
      const existing = await findOwnComment(pull, key, signal);
      const text = markedComment(key, body);
      if (existing === undefined)
        await octokit.rest.issues.createComment({ ...place, issue_number: number, body: text, request: { signal } });
      else await octokit.rest.issues.updateComment({ ...place, comment_id: existing, body: text, request: { signal } });
    },
    async setStatus({ key, state, description }, signal) {
      const states = { succeeded: "success", failed: "failure", error: "error" } as const;
      const text = description.slice(0, LIMITS.statusDescriptionChars);
      await octokit.rest.repos.createCommitStatus({
        ...place,
        sha: headSha,
        state: states[state],
        context: key,
        description: text,
        request: { signal },
      });
    },
    readBaseFile: (path, signal) => readFileAt(pull, { path, ref: baseSha }, signal),
    approvedBy: (signal) => approvals(pull, signal),
  };
}

/** The id of the comment with this key that a bot wrote. People can copy the marker; they cannot be a bot. */
async function findOwnComment(
  { octokit, owner, repo, number }: GitHubPullRequest,
  key: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
    request: { signal },
  });
  for await (const { data } of pages) {
    const found = data.find(({ body, user }) => user?.type === "Bot" && isMarkedWith(key, body ?? ""));
    if (found !== undefined) return found.id;
  }
  return undefined;
}

async function readFileAt(
  { octokit, owner, repo }: GitHubPullRequest,
  file: { path: string; ref: string },
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const { data } = await octokit.rest.repos.getContent({ owner, repo, ...file, request: { signal } });
    return "content" in data && !Array.isArray(data) ? Buffer.from(data.content, "base64").toString("utf8") : null;
  } catch (error) {
    if (error instanceof Error && "status" in error && error.status === 404) return null;
    throw error;
  }
}

/** The last word of each reviewer counts, and only if it was said of the head as it is now. */
async function approvals(
  { octokit, owner, repo, number, headSha, author }: GitHubPullRequest,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, {
    owner,
    repo,
    pull_number: number,
    per_page: 100,
    request: { signal },
  });
  const verdicts = new Map<string, boolean>();
  for (const { user, state, commit_id: commit } of reviews) {
    if (user !== null && state !== "COMMENTED") verdicts.set(user.login, state === "APPROVED" && commit === headSha);
  }
  return [...verdicts].filter(([login, approved]) => approved && login !== author).map(([login]) => login);
}
