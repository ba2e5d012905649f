import type { AnySchema } from "ajv";
import { Schemas } from "../schema.ts";

const text = { type: "string" };
const integer = { type: "integer" };
const date = { type: "string", format: "date-time" };
const list = (items: AnySchema): AnySchema => ({ type: "array", items });
const ref = (name: string): AnySchema => ({ $ref: `#/definitions/${name}` });
const orNull = (schema: AnySchema): AnySchema => ({ anyOf: [{ type: "null" }, schema] });

function closed(properties: Readonly<Record<string, AnySchema>>, required: readonly string[] = []): AnySchema {
  return { type: "object", properties, required, additionalProperties: false };
}

function counted(items: AnySchema): AnySchema {
  return closed({ count: integer, value: list(items) }, ["count", "value"]);
}

const position = closed({ line: { type: "integer", minimum: 1 }, offset: { type: "integer", minimum: 1 } }, [
  "line",
  "offset",
]);
const STATUS_NAMES = ["unknown", "active", "fixed", "wontFix", "closed", "byDesign", "pending"];
const statusIn = { anyOf: [{ enum: STATUS_NAMES }, { type: "integer", minimum: 0, maximum: 6 }] };
const STATES = ["notSet", "pending", "succeeded", "failed", "error", "notApplicable"];
const statusContext = closed({ name: { type: "string", minLength: 1 }, genre: text }, ["name"]);
const commit = { type: "object", properties: { commitId: text, url: text }, required: ["commitId"] };

/**
 * Bodies of the pull request API, version 7.1, written from its documentation. Requests are closed, so that a misspelt
 * member does not pass as ignored.
 *
 * @see https://learn.microsoft.com/rest/api/azure/devops/git/pull-request-threads
 */
export const azureDevOpsSchemas = new Schemas("azure-devops", {
  newThread: closed(
    {
      comments: { type: "array", minItems: 1, items: ref("newComment") },
      status: statusIn,
      threadContext: orNull(ref("threadContext")),
      pullRequestThreadContext: orNull(ref("pullRequestThreadContext")),
      properties: { type: "object" },
    },
    ["comments"],
  ),
  threadUpdate: closed({ status: statusIn, properties: { type: "object" } }),
  newComment: closed(
    {
      content: text,
      parentCommentId: integer,
      commentType: { anyOf: [{ enum: ["text", "codeChange", "system"] }, { type: "integer", minimum: 1, maximum: 3 }] },
    },
    ["content"],
  ),
  commentUpdate: closed({ content: text }, ["content"]),
  newStatus: closed(
    { iterationId: integer, state: { enum: STATES }, description: text, targetUrl: text, context: statusContext },
    ["state", "context"],
  ),
  threadContext: closed(
    {
      filePath: { type: "string", pattern: "^/" },
      leftFileStart: orNull(position),
      leftFileEnd: orNull(position),
      rightFileStart: orNull(position),
      rightFileEnd: orNull(position),
    },
    ["filePath"],
  ),
  pullRequestThreadContext: closed({
    changeTrackingId: integer,
    iterationContext: closed({ firstComparingIteration: integer, secondComparingIteration: integer }, [
      "firstComparingIteration",
      "secondComparingIteration",
    ]),
    trackingCriteria: { type: "object" },
  }),
  identity: {
    type: "object",
    properties: { id: text, displayName: text, uniqueName: text },
    required: ["id", "displayName"],
  },
  comment: closed(
    {
      id: integer,
      parentCommentId: integer,
      author: ref("identity"),
      content: text,
      publishedDate: date,
      lastUpdatedDate: date,
      lastContentUpdatedDate: date,
      commentType: { enum: ["text", "codeChange", "system"] },
      isDeleted: { type: "boolean" },
      usersLiked: list(ref("identity")),
      _links: { type: "object" },
    },
    ["id", "parentCommentId", "author", "publishedDate", "lastUpdatedDate", "commentType"],
  ),
  thread: closed(
    {
      id: integer,
      publishedDate: date,
      lastUpdatedDate: date,
      comments: list(ref("comment")),
      status: { enum: STATUS_NAMES },
      threadContext: orNull(ref("threadContext")),
      pullRequestThreadContext: orNull(ref("pullRequestThreadContext")),
      properties: {
        type: "object",
        additionalProperties: closed({ $type: text, $value: {} }, ["$type", "$value"]),
      },
      identities: { type: "null" },
      isDeleted: { type: "boolean" },
      _links: { type: "object" },
    },
    ["id", "publishedDate", "lastUpdatedDate", "comments", "isDeleted"],
  ),
  threads: counted(ref("thread")),
  comments: counted(ref("comment")),
  status: closed(
    {
      id: integer,
      state: { enum: STATES },
      description: text,
      context: statusContext,
      creationDate: date,
      updatedDate: date,
      createdBy: ref("identity"),
      targetUrl: orNull(text),
      iterationId: integer,
    },
    ["id", "state", "context", "creationDate", "updatedDate"],
  ),
  statuses: counted(ref("status")),
  iteration: {
    type: "object",
    properties: {
      id: integer,
      createdDate: date,
      sourceRefCommit: commit,
      targetRefCommit: commit,
      commonRefCommit: commit,
    },
    required: ["id", "createdDate", "sourceRefCommit", "targetRefCommit", "commonRefCommit"],
  },
  iterations: counted(ref("iteration")),
  changes: closed(
    {
      changeEntries: list({
        type: "object",
        properties: {
          changeTrackingId: integer,
          changeId: integer,
          item: {
            type: "object",
            properties: { objectId: text, path: { type: "string", pattern: "^/" } },
            required: ["path"],
          },
          changeType: { enum: ["add", "edit", "delete", "rename"] },
          originalPath: text,
        },
        required: ["changeTrackingId", "changeId", "item", "changeType"],
      }),
      nextSkip: integer,
      nextTop: integer,
    },
    ["changeEntries"],
  ),
  pullRequest: {
    type: "object",
    properties: {
      pullRequestId: integer,
      status: { enum: ["active", "abandoned", "completed"] },
      createdBy: ref("identity"),
      creationDate: date,
      title: text,
      sourceRefName: { type: "string", pattern: "^refs/" },
      targetRefName: { type: "string", pattern: "^refs/" },
      isDraft: { type: "boolean" },
      lastMergeSourceCommit: commit,
      lastMergeTargetCommit: commit,
      lastMergeCommit: commit,
      reviewers: list(ref("identity")),
      supportsIterations: { type: "boolean" },
      repository: { type: "object", properties: { id: text, name: text }, required: ["id", "name"] },
    },
    required: [
      "pullRequestId",
      "status",
      "createdBy",
      "creationDate",
      "title",
      "sourceRefName",
      "targetRefName",
      "lastMergeSourceCommit",
      "lastMergeTargetCommit",
      "reviewers",
      "repository",
    ],
  },
  item: {
    type: "object",
    properties: {
      objectId: text,
      gitObjectType: { enum: ["blob", "tree"] },
      commitId: text,
      path: text,
      content: text,
    },
    required: ["objectId", "gitObjectType", "commitId", "path"],
  },
  items: counted(ref("item")),
  connection: {
    type: "object",
    properties: { authenticatedUser: ref("connectedUser"), authorizedUser: ref("connectedUser") },
    required: ["authenticatedUser", "authorizedUser"],
  },
  connectedUser: { type: "object", properties: { id: text, providerDisplayName: text }, required: ["id"] },
  problem: closed(
    {
      $id: text,
      innerException: { type: "null" },
      message: text,
      typeName: text,
      typeKey: text,
      errorCode: integer,
      eventId: integer,
    },
    ["message", "typeKey"],
  ),
});
