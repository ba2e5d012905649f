import { arrayOf, maybeText, objectOf, textOf, type JsonObject } from "../json.ts";
import type { Reply } from "../service.ts";
import { errorReply, invalid, notFound, paged } from "./replies.ts";
import { numberParam, type GitHubRoute, type Visit } from "./routes.ts";
import type { CheckRun } from "./state.ts";
import type { Need } from "./tokens.ts";

const READ: Need = [["checks", "read"]];
const WRITE: Need = [["checks", "write"]];

const MAX_OUTPUT_CHARACTERS = 65_535;
const MAX_DESCRIPTION_CHARACTERS = 140;
/** Statuses of one context on one commit. */
const MAX_STATUSES = 1000;

/** Check runs with annotations, and commit statuses. */
export const checkRoutes: readonly GitHubRoute[] = [
  { name: "createCheckRun", operation: "checks/create", needs: WRITE, answer: create },
  { name: "getCheckRun", operation: "checks/get", needs: READ, answer: get },
  { name: "updateCheckRun", operation: "checks/update", needs: WRITE, answer: update },
  { name: "listAnnotations", operation: "checks/list-annotations", needs: READ, answer: listAnnotations },
  { name: "listCheckRuns", operation: "checks/list-for-ref", needs: READ, answer: list },
  {
    name: "createStatus",
    operation: "repos/create-commit-status",
    needs: [["statuses", "write"]],
    answer: createStatus,
  },
  {
    name: "listStatuses",
    operation: "repos/list-commit-statuses-for-ref",
    needs: [["statuses", "read"]],
    answer: listStatuses,
  },
];

function create(visit: Visit): Reply {
  const request = objectOf(visit.call.body);
  const headSha = textOf(request["head_sha"]);
  if (visit.state.git.resolve(headSha) !== headSha) return errorReply(422, `No commit found for SHA: ${headSha}`);
  const run: CheckRun = {
    id: visit.state.nextId(),
    headSha,
    fields: {},
    output: {},
    annotations: [],
    startedAt: textOf(request["started_at"] ?? visit.state.now()),
  };
  write(run, request);
  visit.state.checkRuns.push(run);
  return { status: 201, body: visit.render.checkRun(run) };
}

function update(visit: Visit): Reply {
  const run = runOf(visit);
  write(run, objectOf(visit.call.body));
  return { status: 200, body: visit.render.checkRun(run) };
}

/** New fields replace old ones; annotations are appended. */
function write(run: CheckRun, request: JsonObject): void {
  const { output, head_sha: _sha, started_at: _start, actions: _actions, ...fields } = request;
  const isOver = fields["conclusion"] !== undefined;
  const { annotations, images: _images, ...texts } = objectOf(output);
  for (const name of ["summary", "text"]) checkLength(name, textOf(texts[name]));
  checkColumns(arrayOf(annotations).map(objectOf));
  run.fields = { ...run.fields, ...fields, ...(isOver ? { status: "completed" } : {}) };
  run.output = { ...run.output, ...texts };
  run.annotations.push(...arrayOf(annotations).map(objectOf));
}

function checkLength(name: string, text: string): void {
  if (Array.from(text).length <= MAX_OUTPUT_CHARACTERS) return;
  const message = `${name} exceeds a maximum length of ${String(MAX_OUTPUT_CHARACTERS)} characters`;
  throw invalid([{ resource: "CheckRun", field: name, code: "custom", message }]);
}

/** Columns only make sense on one line. */
function checkColumns(annotations: readonly JsonObject[]): void {
  const wrong = annotations.some(
    (annotation) => annotation["start_line"] !== annotation["end_line"] && annotation["start_column"] !== undefined,
  );
  if (!wrong) return;
  const message = "start_column and end_column are only allowed when start_line equals end_line";
  throw invalid([{ resource: "CheckRun", field: "annotations", code: "custom", message }]);
}

function get(visit: Visit): Reply {
  return { status: 200, body: visit.render.checkRun(runOf(visit)) };
}

function listAnnotations(visit: Visit): Reply {
  const run = runOf(visit);
  const shown = run.annotations.map((annotation) =>
    Object.assign(
      {
        start_column: null,
        end_column: null,
        title: null,
        raw_details: null,
        blob_href: "https://github.example/blob",
      },
      annotation,
    ),
  );
  return paged(visit.call, shown);
}

function list(visit: Visit): Reply {
  const sha = visit.state.git.resolve(visit.call.params["ref"] ?? "");
  const name = visit.call.query.get("check_name");
  const runs = visit.state.checkRuns.filter(
    (run) => run.headSha === sha && (name === null || run.fields["name"] === name),
  );
  const shown = runs.map((run) => visit.render.checkRun(run));
  return paged(visit.call, shown, (page) => ({ total_count: runs.length, check_runs: page }));
}

function runOf(visit: Visit): CheckRun {
  const id = numberParam(visit, "check_run_id");
  const run = visit.state.checkRuns.find((one) => one.id === id);
  if (run === undefined) throw notFound();
  return run;
}

function createStatus(visit: Visit): Reply {
  const request = objectOf(visit.call.body);
  const sha = visit.call.params["sha"] ?? "";
  if (visit.state.git.resolve(sha) !== sha) return errorReply(422, `No commit found for SHA: ${sha}`);
  const description = maybeText(request["description"]) ?? null;
  const context = textOf(request["context"] ?? "default");
  if (Array.from(description ?? "").length > MAX_DESCRIPTION_CHARACTERS) {
    const message = `description is too long (maximum is ${String(MAX_DESCRIPTION_CHARACTERS)} characters)`;
    throw invalid([{ resource: "Status", field: "description", code: "custom", message }]);
  }
  const same = visit.state.statuses.filter((status) => status.sha === sha && status.context === context);
  if (same.length >= MAX_STATUSES) {
    const message = "This SHA and context has reached the maximum number of statuses.";
    throw invalid([{ resource: "Status", field: "base", code: "custom", message }]);
  }
  const status = {
    id: visit.state.nextId(),
    sha,
    state: textOf(request["state"]),
    context,
    description,
    targetUrl: maybeText(request["target_url"]) ?? null,
    creator: visit.actor,
    createdAt: visit.state.now(),
  };
  visit.state.statuses.push(status);
  return { status: 201, body: visit.render.status(status) };
}

/** Newest first. */
function listStatuses(visit: Visit): Reply {
  const sha = visit.state.git.resolve(visit.call.params["ref"] ?? "");
  const statuses = visit.state.statuses.filter((status) => status.sha === sha).toReversed();
  return paged(
    visit.call,
    statuses.map((status) => visit.render.status(status)),
  );
}
