import { isObject, maybeNumber, maybeText, objectOf, textOf, type JsonObject } from "../json.ts";
import { textMember, type Reply } from "../service.ts";
import { GraphqlSyntaxError, parseOperation, type Field } from "./graphql-language.ts";
import { kindOfNode, nodeId } from "./node-id.ts";
import { isOutdated } from "./reviews.ts";
import type { Visit } from "./routes.ts";
import type { IssueComment, Pull, ReviewComment, User } from "./state.ts";
import { satisfies, type Need, type Token } from "./tokens.ts";

/** A GraphQL error as it stands in `errors`. */
interface GraphqlProblem {
  readonly type?: string;
  readonly message: string;
}

class GraphqlError extends Error {
  override readonly name = "GraphqlError";
  readonly type: string | undefined;

  constructor(problem: GraphqlProblem) {
    super(problem.message);
    this.type = problem.type;
  }
}

/** A field whose value depends on its arguments. */
type Resolver = (args: JsonObject) => unknown;

type Root = Readonly<Record<string, { readonly needs: Need; readonly resolve: Resolver }>>;

const WRITE: Need = [["pull-requests", "write"]];
const CLASSIFIERS = ["ABUSE", "DUPLICATE", "OFF_TOPIC", "OUTDATED", "RESOLVED", "SPAM"];

/**
 * The part of GitHub's GraphQL that has no REST twin: minimising comments and resolving threads. Answers hold exactly the
 * selected fields; a field that is not simulated is an error, as one that does not exist.
 *
 * @see https://docs.github.com/graphql
 */
export function answerGraphql(visit: Visit, token: Token): Reply {
  try {
    const variables = isObject(visit.call.body) ? objectOf(visit.call.body["variables"]) : {};
    const operation = parseOperation(textMember(visit.call.body, "query") ?? "", variables);
    const root = operation.kind === "mutation" ? mutations(visit) : queries(visit);
    return { status: 200, body: { data: answerRoot(operation.fields, root, token) } };
  } catch (error) {
    if (error instanceof GraphqlError) return problemReply(error);
    if (error instanceof GraphqlSyntaxError)
      return problemReply(new GraphqlError({ message: `Parse error: ${error.message}` }));
    throw error;
  }
}

function problemReply({ message, type }: GraphqlError): Reply {
  const errors = [{ ...(type === undefined ? {} : { type }), path: [], locations: [{ line: 1, column: 1 }], message }];
  return { status: 200, body: { data: null, errors }, refusal: message };
}

function answerRoot(fields: readonly Field[], root: Root, token: Token): JsonObject {
  return Object.fromEntries(
    fields.map((field) => {
      const known = root[field.name];
      if (known === undefined) throw unknownField(field.name);
      if (!satisfies(token, known.needs)) {
        throw new GraphqlError({ type: "FORBIDDEN", message: "Resource not accessible by integration" });
      }
      return [field.key, select(known.resolve(field.args), field)];
    }),
  );
}

/** The part of `value` that `field` asks for. */
function select(value: unknown, field: Field): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => select(item, field));
  if (!isObject(value)) return value;
  if (field.fields.length === 0)
    throw new GraphqlError({ message: `Field must have selections (field '${field.name}')` });
  return Object.fromEntries(
    field.fields.map((inner) => {
      const member = value[inner.name];
      if (member === undefined) throw unknownField(inner.name);
      return [inner.key, select(isResolver(member) ? member(inner.args) : member, inner)];
    }),
  );
}

function isResolver(value: unknown): value is Resolver {
  return typeof value === "function";
}

function unknownField(name: string): GraphqlError {
  return new GraphqlError({ message: `Field '${name}' doesn't exist on this type (or is not simulated)` });
}

function notFound(id: string): GraphqlError {
  return new GraphqlError({ type: "NOT_FOUND", message: `Could not resolve to a node with the global id of '${id}'` });
}

function queries(visit: Visit): Root {
  return {
    viewer: { needs: [], resolve: () => author(visit.actor) },
    repository: {
      needs: [["pull-requests", "read"]],
      resolve: ({ owner, name }) => {
        if (`${textOf(owner)}/${textOf(name)}`.toLowerCase() === visit.state.repository.toLowerCase())
          return repository(visit);
        const message = `Could not resolve to a Repository with the name '${textOf(owner)}/${textOf(name)}'.`;
        throw new GraphqlError({ type: "NOT_FOUND", message });
      },
    },
  };
}

function mutations(visit: Visit): Root {
  const minimise = (args: JsonObject, reason: string | null): JsonObject => {
    const comment = issueCommentOf(visit, inputOf(args)["subjectId"]);
    comment.minimizedReason = reason;
    return { isMinimized: reason !== null, minimizedReason: reason?.toLowerCase() ?? null };
  };
  return {
    minimizeComment: {
      needs: [
        ["issues", "write"],
        ["pull-requests", "write"],
      ],
      resolve: (args) => ({ ...client(args), minimizedComment: minimise(args, classifierOf(args)) }),
    },
    unminimizeComment: {
      needs: [
        ["issues", "write"],
        ["pull-requests", "write"],
      ],
      resolve: (args) => ({ ...client(args), unminimizedComment: minimise(args, null) }),
    },
    resolveReviewThread: { needs: WRITE, resolve: (args) => changeThread(visit, args, true) },
    unresolveReviewThread: { needs: WRITE, resolve: (args) => changeThread(visit, args, false) },
    addPullRequestReviewThreadReply: { needs: WRITE, resolve: (args) => replyToThread(visit, args) },
  };
}

function inputOf(args: JsonObject): JsonObject {
  return objectOf(args["input"]);
}

function client(args: JsonObject): JsonObject {
  return { clientMutationId: inputOf(args)["clientMutationId"] ?? null };
}

function classifierOf(args: JsonObject): string {
  const classifier = textOf(inputOf(args)["classifier"]);
  if (CLASSIFIERS.includes(classifier)) return classifier;
  throw new GraphqlError({
    message: `Argument 'classifier' has an invalid value. Expected one of ${CLASSIFIERS.join(", ")}.`,
  });
}

function changeThread(visit: Visit, args: JsonObject, isResolved: boolean): JsonObject {
  const first = threadOf(visit, inputOf(args)["threadId"]);
  if (isResolved) visit.state.resolvedThreads.add(first.id);
  else visit.state.resolvedThreads.delete(first.id);
  return { ...client(args), thread: thread(visit, first) };
}

function replyToThread(visit: Visit, args: JsonObject): JsonObject {
  const { state, actor } = visit;
  const first = threadOf(visit, inputOf(args)["pullRequestReviewThreadId"]);
  const now = state.now();
  const body = textOf(inputOf(args)["body"]);
  const reply: ReviewComment = { ...first, id: state.nextId(), user: actor, body, createdAt: now, updatedAt: now };
  state.reviewComments.push(reply);
  return { ...client(args), comment: reviewComment(visit, reply) };
}

function issueCommentOf(visit: Visit, id: unknown): IssueComment {
  const node = kindOfNode(textOf(id));
  const comment = visit.state.issueComments.find((one) => node?.kind === "IssueComment" && one.id === node.number);
  if (comment === undefined) throw notFound(textOf(id));
  return comment;
}

function threadOf(visit: Visit, id: unknown): ReviewComment {
  const node = kindOfNode(textOf(id));
  const first = visit.state.reviewComments.find(
    (one) => node?.kind === "PullRequestReviewThread" && one.id === node.number && one.threadId === one.id,
  );
  if (first === undefined) throw notFound(textOf(id));
  return first;
}

function repository(visit: Visit): JsonObject {
  return {
    nameWithOwner: visit.state.repository,
    pullRequest: ({ number }: JsonObject) => {
      const pull = visit.state.pulls.get(maybeNumber(number) ?? 0);
      if (pull !== undefined) return pullRequest(visit, pull);
      const message = `Could not resolve to a PullRequest with the number of ${String(maybeNumber(number))}.`;
      throw new GraphqlError({ type: "NOT_FOUND", message });
    },
  };
}

function pullRequest(visit: Visit, pull: Pull): JsonObject {
  const { state } = visit;
  const isFirst = (comment: ReviewComment): boolean => comment.threadId === comment.id;
  const threads = state.reviewCommentsOf(pull.number).filter(isFirst);
  return {
    id: nodeId("PullRequest", pull.number),
    number: pull.number,
    title: pull.title,
    state: pull.state.toUpperCase(),
    headRefOid: pull.headSha,
    baseRefOid: pull.baseSha,
    author: author(pull.author),
    reviewThreads: connection(
      "reviewThreads",
      threads.map((first) => thread(visit, first)),
    ),
    comments: connection("comments", state.commentsOf(pull.number).map(issueComment)),
  };
}

function thread(visit: Visit, first: ReviewComment): JsonObject {
  const { state } = visit;
  const isResolved = state.resolvedThreads.has(first.id);
  const comments = state.reviewComments.filter(({ threadId }) => threadId === first.id);
  const hasLeft = isOutdated(visit, first);
  return {
    id: nodeId("PullRequestReviewThread", first.id),
    isResolved,
    isCollapsed: isResolved,
    isOutdated: hasLeft,
    path: first.path,
    line: hasLeft ? null : (first.line ?? null),
    originalLine: first.line ?? null,
    startLine: hasLeft ? null : (first.startLine ?? null),
    diffSide: first.side,
    subjectType: first.subjectType.toUpperCase(),
    viewerCanResolve: !isResolved,
    viewerCanReply: true,
    comments: connection(
      "comments",
      comments.map((comment) => reviewComment(visit, comment)),
    ),
  };
}

function reviewComment(visit: Visit, comment: ReviewComment): JsonObject {
  return {
    __typename: "PullRequestReviewComment",
    id: nodeId("PullRequestReviewComment", comment.id),
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    path: comment.path,
    line: comment.line ?? null,
    outdated: isOutdated(visit, comment),
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    author: author(comment.user),
  };
}

function issueComment(comment: IssueComment): JsonObject {
  return {
    __typename: "IssueComment",
    id: nodeId("IssueComment", comment.id),
    databaseId: comment.id,
    body: comment.body,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    isMinimized: comment.minimizedReason !== null,
    minimizedReason: comment.minimizedReason?.toLowerCase() ?? null,
    author: author(comment.user),
  };
}

/** GraphQL names bots without the `[bot]` that REST writes. */
function author({ login, type }: User): JsonObject {
  return { __typename: type, login: login.replace(/\[bot\]$/u, "") };
}

/** A page of `items`; `first` is obligatory, as on GitHub. */
function connection(name: string, items: readonly unknown[]): Resolver {
  return (args) => {
    const first = maybeNumber(args["first"]);
    if (first === undefined) {
      throw new GraphqlError({
        type: "MISSING_PAGINATION_BOUNDARIES",
        message: `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
      });
    }
    if (first > 100) {
      throw new GraphqlError({
        type: "EXCESSIVE_PAGINATION",
        message: `Requesting ${String(first)} records on the \`${name}\` connection exceeds the \`first\` limit of 100 records.`,
      });
    }
    const start = Number(maybeText(args["after"])?.replace("cursor-", "") ?? 0);
    const nodes = items.slice(start, start + first);
    const end = start + nodes.length;
    const endCursor = nodes.length === 0 ? null : `cursor-${String(end)}`;
    return { nodes, totalCount: items.length, pageInfo: { hasNextPage: end < items.length, endCursor } };
  };
}
