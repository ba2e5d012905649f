import { textMember, type Reply } from "../service.ts";
import { checkBody, notFound, paged } from "./replies.ts";
import { numberParam, pullOf, type GitHubRoute, type Visit } from "./routes.ts";
import type { IssueComment } from "./state.ts";
import type { Need } from "./tokens.ts";

const READ: Need = [
  ["issues", "read"],
  ["pull-requests", "read"],
];
const WRITE: Need = [
  ["issues", "write"],
  ["pull-requests", "write"],
];

/** Comments in the conversation of a pull request. */
export const commentRoutes: readonly GitHubRoute[] = [
  { name: "listComments", operation: "issues/list-comments", needs: READ, answer: list },
  { name: "createComment", operation: "issues/create-comment", needs: WRITE, answer: create },
  { name: "getComment", operation: "issues/get-comment", needs: READ, answer: get },
  { name: "updateComment", operation: "issues/update-comment", needs: WRITE, answer: update },
  { name: "deleteComment", operation: "issues/delete-comment", needs: WRITE, answer: remove },
];

function list(visit: Visit): Reply {
  const { number } = pullOf(visit, "issue_number");
  const since = visit.call.query.get("since") ?? "";
  const comments = visit.state.commentsOf(number).filter((comment) => comment.updatedAt >= since);
  return paged(
    visit.call,
    comments.map((comment) => visit.render.issueComment(comment)),
  );
}

function create(visit: Visit): Reply {
  const { number } = pullOf(visit, "issue_number");
  const body = textMember(visit.call.body, "body") ?? "";
  checkBody("IssueComment", body);
  const shown = visit.render.issueComment(visit.state.addComment(number, visit.actor, body));
  return { status: 201, headers: { location: String(shown["url"]) }, body: shown };
}

function get(visit: Visit): Reply {
  return { status: 200, body: visit.render.issueComment(commentOf(visit)) };
}

function update(visit: Visit): Reply {
  const comment = commentOf(visit);
  const body = textMember(visit.call.body, "body") ?? "";
  checkBody("IssueComment", body);
  comment.body = body;
  comment.updatedAt = visit.state.now();
  return { status: 200, body: visit.render.issueComment(comment) };
}

function remove(visit: Visit): Reply {
  const { issueComments } = visit.state;
  issueComments.splice(issueComments.indexOf(commentOf(visit)), 1);
  return { status: 204 };
}

function commentOf(visit: Visit): IssueComment {
  const id = numberParam(visit, "comment_id");
  const comment = visit.state.issueComments.find((one) => one.id === id);
  if (comment === undefined) throw notFound();
  return comment;
}
