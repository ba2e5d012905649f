import { isRecord } from "../../lib/is-record.ts";
import type { PullRequest } from "../../ports.ts";
import { LIMITS } from "../../render/limits.ts";
import { isMarkedWith, markedComment } from "../sticky-comment.ts";
import { type AzureDevOpsPlace, callAzureDevOps } from "./api.ts";

/** Thread states. @see https://learn.microsoft.com/rest/api/azure/devops/git/pull-request-threads */
const ACTIVE = 1;
const CLOSED = 4;

interface AzureReposPullRequest {
  readonly place: AzureDevOpsPlace;
  readonly id: number;
  /** Branch that the pull request goes to, `refs/heads/main`. */
  readonly targetBranch: string;
  /** Whether the thread should stay open, and with it the policy that wants every comment resolved. */
  readonly isBlocking: () => boolean;
}

/** A pull request in Azure Repos, through its REST API: a thread for the comment, a status for the gate. */
export function azureReposPullRequest(pull: AzureReposPullRequest): PullRequest {
  const { place, id } = pull;
  const base = `/pullRequests/${id}`;
  return {
    commentSpace: { chars: LIMITS.azureReposCommentChars - LIMITS.commentMarginChars, bytes: Number.POSITIVE_INFINITY },
    async hasComment(key, signal) {
      return (await findThread(pull, key, signal)) !== undefined;
    },
    async upsertComment(key, body, signal) {
      const content = markedComment(key, body);
      const status = pull.isBlocking() ? ACTIVE : CLOSED;
      const thread = await findThread(pull, key, signal);
      if (thread === undefined) {
        const comments = [{ parentCommentId: 0, content, commentType: 1 }];
        await callAzureDevOps(place, { method: "POST", path: `${base}/threads`, body: { comments, status } }, signal);
        return;
      }
      await callAzureDevOps(
        place,
        { method: "PATCH", path: `${base}/threads/${thread.id}/comments/${thread.commentId}`, body: { content } },
        signal,
      );
      await callAzureDevOps(place, { method: "PATCH", path: `${base}/threads/${thread.id}`, body: { status } }, signal);
    },
    async setStatus({ key, state, description }, signal) {
      const iterationId = await latestIteration(pull, signal);
      const body = {
        ...(iterationId === undefined ? {} : { iterationId }),
        state,
        description: description.slice(0, LIMITS.statusDescriptionChars),
        context: { name: key, genre: "portcullis" },
      };
      await callAzureDevOps(place, { method: "POST", path: `${base}/statuses`, body }, signal);
    },
    async readBaseFile(path, signal) {
      const version = encodeURIComponent(pull.targetBranch.replace(/^refs\/heads\//, ""));
      const query = `path=${encodeURIComponent(`/${path}`)}&includeContent=true&versionDescriptor.versionType=branch&versionDescriptor.version=${version}`;
      const answer = await callAzureDevOps(place, { method: "GET", path: `/items?${query}`, missing: true }, signal);
      return isRecord(answer) && typeof answer["content"] === "string" ? answer["content"] : null;
    },
    approvedBy: async () => [], // votes name identities, not logins; proposed waivers count once they are merged
  };
}

/** The thread with the key's marker in a comment that the job's own identity wrote: anybody can copy a marker. */
async function findThread(
  { place, id }: AzureReposPullRequest,
  key: string,
  signal: AbortSignal,
): Promise<{ id: number; commentId: number } | undefined> {
  const answer = await callAzureDevOps(place, { method: "GET", path: `/pullRequests/${id}/threads` }, signal);
  const marked = listOf(answer).flatMap((thread) =>
    listOf({ value: thread["comments"] })
      .filter(({ content }) => typeof content === "string" && isMarkedWith(key, content))
      .map((comment) => ({ thread, comment })),
  );
  if (marked.length === 0) return undefined;
  const self = await ownId(place, signal);
  const own = marked.find(
    ({ thread, comment }) =>
      typeof self === "string" &&
      thread["isDeleted"] !== true &&
      isRecord(comment["author"]) &&
      comment["author"]["id"] === self,
  );
  return own === undefined ? undefined : { id: Number(own.thread["id"]), commentId: Number(own.comment["id"]) };
}

async function ownId(place: AzureDevOpsPlace, signal: AbortSignal): Promise<unknown> {
  const answer = await callAzureDevOps(place, { method: "GET", path: "/connectionData", level: "collection" }, signal);
  const user = isRecord(answer) ? answer["authenticatedUser"] : undefined;
  return isRecord(user) ? user["id"] : undefined;
}

function listOf(answer: unknown): readonly Readonly<Record<string, unknown>>[] {
  const list: unknown = isRecord(answer) ? answer["value"] : undefined;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

async function latestIteration({ place, id }: AzureReposPullRequest, signal: AbortSignal): Promise<number | undefined> {
  const answer = await callAzureDevOps(place, { method: "GET", path: `/pullRequests/${id}/iterations` }, signal);
  const ids = listOf(answer)
    .map((iteration) => Number(iteration["id"]))
    .filter(Number.isInteger);
  return ids.length === 0 ? undefined : Math.max(...ids);
}
