import type { Reply } from "../service.ts";
import { errorReply, paged } from "./replies.ts";
import { pullOf, type GitHubRoute, type Visit } from "./routes.ts";
import type { Pull } from "./state.ts";
import type { Need } from "./tokens.ts";

const READ: Need = [["pull-requests", "read"]];

/** GitHub lists no more files of one pull request. */
const MAX_FILES = 3000;

/** Reading pull requests and what they change. */
export const pullRoutes: readonly GitHubRoute[] = [
  { name: "getRepository", operation: "repos/get", needs: [], answer: getRepository },
  { name: "listPulls", operation: "pulls/list", needs: READ, answer: list },
  { name: "getPull", operation: "pulls/get", needs: READ, answer: get },
  { name: "listFiles", operation: "pulls/list-files", needs: READ, answer: listFiles },
  {
    name: "listPullsOfCommit",
    operation: "repos/list-pull-requests-associated-with-commit",
    needs: READ,
    answer: listOfCommit,
  },
];

function getRepository({ render }: Visit): Reply {
  return { status: 200, body: render.repository() };
}

function list(visit: Visit): Reply {
  const { query } = visit.call;
  const state = query.get("state") ?? "open";
  const [head, base] = [query.get("head"), query.get("base")];
  const pulls = [...visit.state.pulls.values()].filter(
    (pull) =>
      (state === "all" || pull.state === state) &&
      (head === null || head === headLabel(pull)) &&
      (base === null || base === pull.baseRef),
  );
  return paged(
    visit.call,
    pulls.map((pull) => visit.render.simplePull(pull)),
  );
}

function get(visit: Visit): Reply {
  return { status: 200, body: visit.render.pull(pullOf(visit)) };
}

function listFiles(visit: Visit): Reply {
  const pull = pullOf(visit);
  const changes = visit.state.changes(pull).slice(0, MAX_FILES);
  return paged(
    visit.call,
    changes.map((change) => visit.render.file(change, pull.headSha)),
  );
}

/** Pull requests whose head has the commit behind it. Forks included, as on GitHub. */
function listOfCommit(visit: Visit): Reply {
  const { git } = visit.state;
  const sha = git.resolve(visit.call.params["commit_sha"] ?? "");
  if (sha === undefined) return errorReply(422, `No commit found for SHA: ${visit.call.params["commit_sha"] ?? ""}`);
  const pulls = [...visit.state.pulls.values()].filter(
    (pull) => pull.mergeSha === sha || visit.state.commitsOf(pull).includes(sha),
  );
  return paged(
    visit.call,
    pulls.map((pull) => visit.render.simplePull(pull)),
  );
}

function headLabel(pull: Pull): string {
  const [owner = ""] = (pull.headRepository ?? "").split("/");
  return `${owner}:${pull.headRef}`;
}
