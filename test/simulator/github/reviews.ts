import { arrayOf, maybeNumber, objectOf, textOf, type JsonObject } from "../json.ts";
import { Defect, textMember, type Reply } from "../service.ts";
import { anchorOf, isInDiff, type Anchor, type AnchorProblem } from "./anchors.ts";
import { checkBody, invalid, notFound, paged, unprocessable } from "./replies.ts";
import { numberParam, pullOf, type GitHubRoute, type Visit } from "./routes.ts";
import { ACTIONS_BOT, type Pull, type Review, type ReviewComment } from "./state.ts";
import type { Need } from "./tokens.ts";

const READ: Need = [["pull-requests", "read"]];
const WRITE: Need = [["pull-requests", "write"]];

/** Reviews and their comments on lines and files. */
export const reviewRoutes: readonly GitHubRoute[] = [
  { name: "listReviews", operation: "pulls/list-reviews", needs: READ, answer: listReviews },
  { name: "createReview", operation: "pulls/create-review", needs: WRITE, answer: createReview },
  { name: "dismissReview", operation: "pulls/dismiss-review", needs: WRITE, answer: dismissReview },
  { name: "listReviewComments", operation: "pulls/list-review-comments", needs: READ, answer: listComments },
  { name: "createReviewComment", operation: "pulls/create-review-comment", needs: WRITE, answer: createComment },
  { name: "updateReviewComment", operation: "pulls/update-review-comment", needs: WRITE, answer: updateComment },
  { name: "deleteReviewComment", operation: "pulls/delete-review-comment", needs: WRITE, answer: deleteComment },
];

const EVENTS: Readonly<Record<string, Review["state"]>> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

/** The sentences in which a batch is refused. */
const BATCH_PROBLEMS: Readonly<Record<AnchorProblem, string>> = {
  path: "Path could not be resolved",
  line: "Line could not be resolved",
  "start-after-line": "Pull request review thread start line must precede the end line.",
  "start-in-other-hunk": "Pull request review thread start line must be part of the same hunk as the line.",
};

/** The fields and messages with which a single comment is refused. */
const SINGLE_PROBLEMS: Readonly<Record<AnchorProblem, readonly [string, string]>> = {
  path: ["pull_request_review_thread.path", "pull_request_review_thread.path is invalid"],
  line: ["pull_request_review_thread.line", "pull_request_review_thread.line must be part of the diff"],
  "start-after-line": ["pull_request_review_thread.start_line", "start_line must precede the end line."],
  "start-in-other-hunk": [
    "pull_request_review_thread.start_line",
    "start_line must be part of the same hunk as the line.",
  ],
};

function listReviews(visit: Visit): Reply {
  const reviews = visit.state.reviewsOf(pullOf(visit).number);
  return paged(
    visit.call,
    reviews.map((review) => visit.render.review(review)),
  );
}

/** All comments of a review stand, or none of them. */
function createReview(visit: Visit): Reply {
  const pull = pullOf(visit);
  const request = objectOf(visit.call.body);
  const commitId = commitOf(visit, pull, request["commit_id"]);
  const comments = arrayOf(request["comments"]).map(objectOf);
  const body = textOf(request["body"]);
  const state = EVENTS[textOf(request["event"])] ?? "PENDING";
  checkReview(visit, pull, { state, body, count: comments.length });
  const anchors = comments.map((comment) => batchAnchor(visit, pull, { comment, commitId }));
  const review: Review = {
    id: visit.state.nextId(),
    pull: pull.number,
    user: visit.actor,
    body,
    state,
    commitId,
    submittedAt: visit.state.now(),
  };
  visit.state.reviews.push(review);
  for (const [index, anchor] of anchors.entries()) {
    addComment(visit, review, { anchor, body: textOf(comments[index]?.["body"]) });
  }
  return { status: 200, body: visit.render.review(review) };
}

interface NewReview {
  readonly state: Review["state"];
  readonly body: string;
  readonly count: number;
}

function checkReview(visit: Visit, pull: Pull, { state, body, count }: NewReview): void {
  if (body !== "") checkBody("PullRequestReview", body);
  const isApproval = state === "APPROVED";
  const isVerdict = isApproval || state === "CHANGES_REQUESTED";
  if (isApproval && visit.actor.login === ACTIONS_BOT.login) {
    throw unprocessable("GitHub Actions is not permitted to approve pull requests.");
  }
  if (isVerdict && visit.actor.login === pull.author.login) {
    throw unprocessable(`Can not ${isApproval ? "approve" : "request changes on"} your own pull request`);
  }
  const needsBody = state === "CHANGES_REQUESTED" || (state === "COMMENTED" && count === 0);
  if (needsBody && body === "") throw unprocessable("Review body can't be blank");
}

function batchAnchor(
  visit: Visit,
  pull: Pull,
  { comment, commitId }: { readonly comment: JsonObject; readonly commitId: string },
): Anchor {
  if (comment["position"] !== undefined) throw new Defect("the simulator knows lines, not positions in the diff");
  checkBody("PullRequestReviewComment", textOf(comment["body"]));
  const anchor = anchorOf(comment, visit.state.changes(pull, commitId));
  if (typeof anchor === "string") throw unprocessable(BATCH_PROBLEMS[anchor]);
  return anchor;
}

function dismissReview(visit: Visit): Reply {
  const review = visit.state.reviewsOf(pullOf(visit).number).find(({ id }) => id === numberParam(visit, "review_id"));
  if (review === undefined) throw notFound();
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    throw unprocessable("Can not dismiss a commented pull request review");
  }
  review.state = "DISMISSED";
  return { status: 200, body: visit.render.review(review) };
}

function listComments(visit: Visit): Reply {
  const comments = visit.state.reviewCommentsOf(pullOf(visit).number);
  return paged(
    visit.call,
    comments.map((comment) => shown(visit, comment)),
  );
}

function createComment(visit: Visit): Reply {
  const pull = pullOf(visit);
  const request = objectOf(visit.call.body);
  const body = textOf(request["body"]);
  checkBody("PullRequestReviewComment", body);
  const replyTo = maybeNumber(request["in_reply_to"]);
  if (replyTo !== undefined) return reply(visit, pull, { replyTo, body });
  if (request["position"] !== undefined) throw new Defect("the simulator knows lines, not positions in the diff");
  const commitId = commitOf(visit, pull, request["commit_id"]);
  const anchor = anchorOf(request, visit.state.changes(pull, commitId));
  if (typeof anchor === "string") {
    const [field, message] = SINGLE_PROBLEMS[anchor];
    throw invalid([{ resource: "PullRequestReviewComment", field, code: "custom", message }]);
  }
  const comment = addComment(visit, implicitReview(visit, pull, commitId), { anchor, body });
  return created(visit, comment);
}

function reply(
  visit: Visit,
  pull: Pull,
  { replyTo, body }: { readonly replyTo: number; readonly body: string },
): Reply {
  const first = visit.state.reviewCommentsOf(pull.number).find(({ id }) => id === replyTo);
  if (first === undefined || first.threadId !== first.id) throw notFound();
  const review = implicitReview(visit, pull, first.commitId);
  return created(visit, addComment(visit, review, { anchor: first, body, threadId: first.id }));
}

/** GitHub wraps a single comment into a review without a body. */
function implicitReview(visit: Visit, pull: Pull, commitId: string): Review {
  const { state } = visit;
  const review: Review = {
    id: state.nextId(),
    pull: pull.number,
    user: visit.actor,
    body: "",
    state: "COMMENTED",
    commitId,
    submittedAt: state.now(),
  };
  state.reviews.push(review);
  return review;
}

function created(visit: Visit, comment: ReviewComment): Reply {
  const body = shown(visit, comment);
  return { status: 201, headers: { location: String(body["url"]) }, body };
}

function updateComment(visit: Visit): Reply {
  const comment = commentOf(visit);
  const body = textMember(visit.call.body, "body") ?? "";
  checkBody("PullRequestReviewComment", body);
  comment.body = body;
  comment.updatedAt = visit.state.now();
  return { status: 200, body: shown(visit, comment) };
}

function deleteComment(visit: Visit): Reply {
  const { reviewComments } = visit.state;
  reviewComments.splice(reviewComments.indexOf(commentOf(visit)), 1);
  return { status: 204 };
}

function commentOf(visit: Visit): ReviewComment {
  const id = numberParam(visit, "comment_id");
  const comment = visit.state.reviewComments.find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  return comment;
}

interface NewComment {
  readonly anchor: Anchor;
  readonly body: string;
  readonly threadId?: number;
}

function addComment(visit: Visit, review: Review, { anchor, body, threadId }: NewComment): ReviewComment {
  const id = visit.state.nextId();
  const now = visit.state.now();
  const { path, subjectType, side, line, startLine, startSide, diffHunk } = anchor;
  const comment: ReviewComment = {
    id,
    pull: review.pull,
    reviewId: review.id,
    user: visit.actor,
    body,
    path,
    commitId: review.commitId,
    subjectType,
    side,
    line,
    startLine,
    startSide,
    diffHunk,
    threadId: threadId ?? id,
    createdAt: now,
    updatedAt: now,
  };
  visit.state.reviewComments.push(comment);
  return comment;
}

/** A commit of the pull request; its head when none is given. */
function commitOf(visit: Visit, pull: Pull, wanted: unknown): string {
  const sha = textOf(wanted ?? pull.headSha);
  if (visit.state.commitsOf(pull).includes(sha)) return sha;
  const message = "commit_id is not part of the pull request";
  throw invalid([{ resource: "PullRequestReview", field: "commit_id", code: "custom", message }]);
}

function shown(visit: Visit, comment: ReviewComment): JsonObject {
  return visit.render.reviewComment(comment, isOutdated(visit, comment));
}

/** Whether the line of a comment has left the diff. */
export function isOutdated({ state }: Pick<Visit, "state">, comment: ReviewComment): boolean {
  const pull = state.pull(comment.pull);
  return comment.commitId !== pull.headSha && !isInDiff(state.changes(pull), comment);
}
