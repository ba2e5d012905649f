import { gunzipSync } from "node:zlib";
import { arrayOf, isObject, objectOf, parseJson, textOf } from "../json.ts";
import { countedId } from "../names.ts";
import type { Reply } from "../service.ts";
import { errorReply, notFound } from "./replies.ts";
import type { GitHubRoute, Visit } from "./routes.ts";

/** GitHub's limits for one upload. */
const MAX_GZIP_BYTES = 10 * 1024 * 1024;
const MAX_RUNS = 20;
const MAX_RESULTS = 25_000;

/** Uploading SARIF and asking what became of it. */
export const codeScanningRoutes: readonly GitHubRoute[] = [
  {
    name: "uploadSarif",
    operation: "code-scanning/upload-sarif",
    needs: [["security-events", "write"]],
    answer: upload,
  },
  { name: "getSarif", operation: "code-scanning/get-sarif", needs: [["security-events", "read"]], answer: get },
];

function upload(visit: Visit): Reply {
  const request = objectOf(visit.call.body);
  const packed = Buffer.from(textOf(request["sarif"]), "base64");
  if (packed.length > MAX_GZIP_BYTES) return errorReply(413, "SARIF upload is too large");
  const commitSha = textOf(request["commit_sha"]);
  const ref = textOf(request["ref"]);
  if (visit.state.git.resolve(commitSha) !== commitSha) return errorReply(404, `commit not found: ${commitSha}`);
  if (visit.state.git.resolve(ref) === undefined) return errorReply(404, `ref '${ref}' not found in this repository`);
  const text = unpack(packed);
  if (text === undefined) return errorReply(400, "The SARIF is not gzip compressed and base64 encoded");
  const document = parseJson(text);
  const id = countedId("5a41f", visit.state.sarifs.length + 1);
  const pendingReads = visit.state.sarifPendingReads;
  visit.state.sarifs.push({ id, commitSha, ref, document, problems: problemsOf(document), pendingReads });
  return { status: 202, body: { id, url: `${visit.call.origin}${visit.call.path}/${id}` } };
}

function get(visit: Visit): Reply {
  const sarif = visit.state.sarifs.find(({ id }) => id === visit.call.params["sarif_id"]);
  if (sarif === undefined) throw notFound();
  if (sarif.pendingReads > 0) {
    sarif.pendingReads -= 1;
    return { status: 200, body: { processing_status: "pending", analyses_url: null } };
  }
  if (sarif.problems.length > 0) {
    return { status: 200, body: { processing_status: "failed", analyses_url: null, errors: sarif.problems } };
  }
  const analyses = `${visit.call.origin}/repos/${visit.state.repository}/code-scanning/analyses?sarif_id=${sarif.id}`;
  return { status: 200, body: { processing_status: "complete", analyses_url: analyses, errors: null } };
}

function unpack(packed: Buffer): string | undefined {
  try {
    return gunzipSync(packed).toString("utf8");
  } catch {
    return undefined;
  }
}

/** What code scanning refuses while processing. The schema of SARIF is not checked here. */
function problemsOf(document: unknown): readonly string[] {
  if (!isObject(document) || document["version"] !== "2.1.0") return ["The file is not a SARIF 2.1.0 document"];
  const runs = arrayOf(document["runs"]).map(objectOf);
  const results = runs.flatMap((run) => arrayOf(run["results"]).map(objectOf));
  const problems = [
    runs.length === 0 || runs.length > MAX_RUNS ? `The file must have 1 to ${String(MAX_RUNS)} runs` : "",
    results.length > MAX_RESULTS ? `The file has more than ${String(MAX_RESULTS)} results` : "",
    runs.some((run) => textOf(objectOf(objectOf(run["tool"])["driver"])["name"]) === "")
      ? "A run has no tool name"
      : "",
    results.some((result) => arrayOf(result["locations"]).length === 0) ? "A result has no location" : "",
  ];
  return problems.filter((problem) => problem !== "");
}
