import { arrayOf, isObject, maybeNumber, maybeText, objectOf, textOf, type JsonObject } from "../json.ts";
import { ok, type Call, type Reply, type Route } from "../service.ts";
import { badRequest, refusal } from "./replies.ts";
import type { AzureDevOpsState, Identity, PullRequest, Thread, ThreadComment, ThreadStatus } from "./state.ts";

/** @see https://github.com/infracost/infracost/issues/3496 */
const MAX_COMMENT_CHARACTERS = 150_000;

const STATUSES: readonly ThreadStatus[] = ["unknown", "active", "fixed", "wontFix", "closed", "byDesign", "pending"];

/** Threads on pull requests: `base` is the path of one pull request. */
export class Threads {
  readonly #state: AzureDevOpsState;
  readonly #pullOf: (call: Call) => PullRequest;

  constructor(state: AzureDevOpsState, pullOf: (call: Call) => PullRequest) {
    this.#state = state;
    this.#pullOf = pullOf;
  }

  routes(base: string): readonly Route[] {
    const one = `${base}/threads/{thread}`;
    return [
      { name: "listThreads", method: "GET", path: `${base}/threads`, answer: (call) => this.#list(call) },
      { name: "createThread", method: "POST", path: `${base}/threads`, answer: (call) => this.#create(call) },
      { name: "getThread", method: "GET", path: one, answer: (call) => ok(threadBody(this.#threadOf(call))) },
      { name: "updateThread", method: "PATCH", path: one, answer: (call) => this.#update(call) },
      { name: "listComments", method: "GET", path: `${one}/comments`, answer: (call) => this.#listComments(call) },
      { name: "createComment", method: "POST", path: `${one}/comments`, answer: (call) => this.#createComment(call) },
      {
        name: "updateComment",
        method: "PATCH",
        path: `${one}/comments/{comment}`,
        answer: (call) => this.#updateComment(call),
      },
      {
        name: "deleteComment",
        method: "DELETE",
        path: `${one}/comments/{comment}`,
        answer: (call) => this.#deleteComment(call),
      },
    ];
  }

  /** All at once: threads have no pages. */
  #list(call: Call): Reply {
    const value = this.#state.threadsOf(this.#pullOf(call).id).map(threadBody);
    return ok({ count: value.length, value });
  }

  #create(call: Call): Reply {
    const pull = this.#pullOf(call);
    const request = objectOf(call.body);
    const context = isObject(request["threadContext"]) ? request["threadContext"] : null;
    if (context !== null) this.#checkContext(pull, context);
    const tracking = isObject(request["pullRequestThreadContext"]) ? request["pullRequestThreadContext"] : null;
    if (tracking !== null) this.#checkTracking(pull, tracking);
    const thread: Thread = {
      id: this.#state.nextId(),
      pullRequestId: pull.id,
      comments: [],
      status: statusOf(request["status"] ?? "unknown"),
      threadContext: context,
      pullRequestThreadContext: tracking,
      properties: typedProperties(objectOf(request["properties"])),
      publishedDate: this.#state.now(),
    };
    for (const comment of arrayOf(request["comments"]).map(objectOf)) this.#addComment(thread, comment);
    this.#state.threads.push(thread);
    return ok(threadBody(thread));
  }

  #update(call: Call): Reply {
    const thread = this.#threadOf(call);
    const request = objectOf(call.body);
    if (request["status"] !== undefined) thread.status = statusOf(request["status"]);
    thread.properties = { ...thread.properties, ...typedProperties(objectOf(request["properties"])) };
    return ok(threadBody(thread));
  }

  #listComments(call: Call): Reply {
    const value = this.#threadOf(call).comments.map(commentBody);
    return ok({ count: value.length, value });
  }

  #createComment(call: Call): Reply {
    const thread = this.#threadOf(call);
    return ok(commentBody(this.#addComment(thread, objectOf(call.body))));
  }

  #updateComment(call: Call): Reply {
    const comment = this.#ownCommentOf(call);
    comment.content = checkedContent(objectOf(call.body)["content"]);
    comment.lastUpdatedDate = this.#state.now();
    return ok(commentBody(comment));
  }

  /** Deleted comments stay, without their content. */
  #deleteComment(call: Call): Reply {
    const comment = this.#ownCommentOf(call);
    comment.isDeleted = true;
    comment.content = "";
    return { status: 200 };
  }

  #addComment(thread: Thread, request: JsonObject): ThreadComment {
    const now = this.#state.now();
    const comment: ThreadComment = {
      id: thread.comments.length + 1,
      parentCommentId: maybeNumber(request["parentCommentId"]) ?? 0,
      author: this.#state.buildIdentity,
      content: checkedContent(request["content"]),
      commentType: "text",
      publishedDate: now,
      lastUpdatedDate: now,
      isDeleted: false,
    };
    thread.comments.push(comment);
    return comment;
  }

  #threadOf(call: Call): Thread {
    const id = Number(call.params["thread"]);
    const thread = this.#state.threadsOf(this.#pullOf(call).id).find((one) => one.id === id);
    if (thread === undefined)
      throw refusal(404, "CommentThreadNotFoundException", `The thread ${String(id)} was not found.`);
    return thread;
  }

  /** Only the author may change a comment. */
  #ownCommentOf(call: Call): ThreadComment {
    const id = Number(call.params["comment"]);
    const comment = this.#threadOf(call).comments.find((one) => one.id === id);
    if (comment === undefined)
      throw refusal(404, "CommentNotFoundException", `The comment ${String(id)} was not found.`);
    if (comment.author.id === this.#state.buildIdentity.id) return comment;
    throw refusal(403, "CommentOperationNotPermittedException", "Only the author of a comment may change it.");
  }

  /** Both ends of a range, on lines and columns that exist. A file outside of the pull request is accepted. */
  #checkContext(pull: PullRequest, context: JsonObject): void {
    const { sourceCommit, targetCommit } = this.#state.lastIteration(pull);
    const path = textOf(context["filePath"]).slice(1);
    const sides = [
      ["right", sourceCommit],
      ["left", targetCommit],
    ] as const;
    for (const [side, commit] of sides) {
      const [start, end] = [context[`${side}FileStart`], context[`${side}FileEnd`]];
      if (isObject(start) !== isObject(end)) throw badRequest(`${side}FileStart and ${side}FileEnd go together`);
      const text = this.#state.git.files(commit)[path];
      if (!isObject(start) || !isObject(end) || text === undefined) continue;
      for (const position of [start, end]) checkPosition(text, position, path);
    }
  }

  #checkTracking(pull: PullRequest, tracking: JsonObject): void {
    const { firstComparingIteration, secondComparingIteration } = objectOf(tracking["iterationContext"]);
    const known = new Set<unknown>(pull.iterations.map(({ id }) => id));
    for (const id of [firstComparingIteration, secondComparingIteration]) {
      if (typeof id === "number" && !known.has(id)) throw badRequest(`iteration ${String(id)} does not exist`);
    }
  }
}

function checkPosition(text: string, position: JsonObject, path: string): void {
  const [line, offset] = [maybeNumber(position["line"]) ?? 0, maybeNumber(position["offset"]) ?? 0];
  const content = text.split("\n")[line - 1];
  if (content !== undefined && offset <= content.length + 1) return;
  throw badRequest(`line ${String(line)}, offset ${String(offset)} does not exist in /${path}`);
}

function checkedContent(value: unknown): string {
  const content = maybeText(value) ?? "";
  if (content.trim() === "") throw badRequest("The comment content may not be empty.");
  if (content.length <= MAX_COMMENT_CHARACTERS) return content;
  throw badRequest(`The comment content exceeds the maximum of ${String(MAX_COMMENT_CHARACTERS)} characters.`);
}

function statusOf(value: unknown): ThreadStatus {
  const name = typeof value === "number" ? STATUSES[value] : value;
  return STATUSES.find((status) => status === name) ?? "unknown";
}

/** Plain values come back with their .NET type. */
function typedProperties(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      if (isObject(value)) return [name, value];
      return [name, { $type: typeof value === "number" ? "System.Int32" : "System.String", $value: value }];
    }),
  );
}

/** A person or service as Azure DevOps shows it. */
export function identityBody({ id, displayName, uniqueName }: Identity): JsonObject {
  return { displayName, id, uniqueName, url: `https://vssps.example/_apis/Identities/${id}`, descriptor: `svc.${id}` };
}

function commentBody(comment: ThreadComment): JsonObject {
  return {
    id: comment.id,
    parentCommentId: comment.parentCommentId,
    author: identityBody(comment.author),
    ...(comment.isDeleted ? { isDeleted: true } : { content: comment.content }),
    publishedDate: comment.publishedDate,
    lastUpdatedDate: comment.lastUpdatedDate,
    lastContentUpdatedDate: comment.lastUpdatedDate,
    commentType: comment.commentType,
    usersLiked: [],
    _links: {},
  };
}

/** Threads of the system have no status at all. */
function threadBody(thread: Thread): JsonObject {
  const updated = thread.comments.map(({ lastUpdatedDate }) => lastUpdatedDate).toSorted((a, b) => (a < b ? -1 : 1));
  return {
    pullRequestThreadContext: thread.pullRequestThreadContext,
    id: thread.id,
    publishedDate: thread.publishedDate,
    lastUpdatedDate: updated.at(-1) ?? thread.publishedDate,
    comments: thread.comments.map(commentBody),
    ...(thread.status === "unknown" ? {} : { status: thread.status }),
    threadContext: thread.threadContext,
    properties: thread.properties,
    identities: null,
    isDeleted: thread.comments.every(({ isDeleted }) => isDeleted),
    _links: {},
  };
}
