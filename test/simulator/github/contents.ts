import { blobSha, type Files } from "../git/repository.ts";
import type { JsonObject } from "../json.ts";
import type { Reply } from "../service.ts";
import { errorReply, notFound } from "./replies.ts";
import type { GitHubRoute, Visit } from "./routes.ts";
import type { Need } from "./tokens.ts";

const READ: Need = [["contents", "read"]];

/** Above this size a file's content is left out of the JSON. */
const MAX_INLINE_BYTES = 1_000_000;

/** Files at a commit, trees, and comparisons of commits. */
export const contentRoutes: readonly GitHubRoute[] = [
  { name: "getContents", operation: "repos/get-content", needs: READ, answer: get },
  { name: "getTree", operation: "git/get-tree", needs: READ, answer: getTree },
  { name: "compare", operation: "repos/compare-commits-with-basehead", needs: READ, answer: compare },
];

function get(visit: Visit): Reply {
  const { state, call } = visit;
  const ref = call.query.get("ref") ?? state.defaultBranch;
  const sha = state.git.resolve(ref);
  if (sha === undefined) return errorReply(404, `No commit found for the ref ${ref}`);
  const path = (call.params["path"] ?? "").replaceAll(/^\/+|\/+$/gu, "");
  const files = state.git.files(sha);
  const text = files[path];
  if (text !== undefined) return getFile(visit, { path, text, ref });
  const entries = entriesBelow(files, path === "" ? "" : `${path}/`);
  if (entries.length === 0) throw notFound();
  return { status: 200, body: entries.map((entry) => Object.assign(links(visit, entry.path, ref), entry)) };
}

function getFile(visit: Visit, file: { readonly path: string; readonly text: string; readonly ref: string }): Reply {
  const { path, text, ref } = file;
  if (/\braw\b/u.test(visit.call.headers["accept"] ?? "")) {
    return { status: 200, headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" }, body: text };
  }
  const size = Buffer.byteLength(text, "utf8");
  const isInline = size <= MAX_INLINE_BYTES;
  const encoded =
    Buffer.from(text, "utf8")
      .toString("base64")
      .match(/.{1,60}/gu) ?? [];
  const body = {
    ...links(visit, path, ref),
    type: "file",
    name: nameOf(path),
    path,
    sha: blobSha(text),
    size,
    encoding: isInline ? "base64" : "none",
    content: isInline ? encoded.map((line) => `${line}\n`).join("") : "",
  };
  return { status: 200, body };
}

interface Entry {
  readonly type: "file" | "dir";
  readonly name: string;
  readonly path: string;
  readonly sha: string;
  readonly size: number;
}

function entriesBelow(files: Files, prefix: string): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const [path, text] of Object.entries(files)) {
    if (!path.startsWith(prefix)) continue;
    const [name = "", ...rest] = path.slice(prefix.length).split("/");
    const own = `${prefix}${name}`;
    const isFolder = rest.length > 0;
    const size = isFolder ? 0 : Buffer.byteLength(text, "utf8");
    entries.set(name, { type: isFolder ? "dir" : "file", name, path: own, sha: blobSha(isFolder ? own : text), size });
  }
  return [...entries.values()];
}

function links(visit: Visit, path: string, ref: string): JsonObject {
  const repository = `${visit.call.origin}/repos/${visit.state.repository}`;
  const address = path.split("/").map(encodeURIComponent).join("/");
  const url = `${repository}/contents/${address}?ref=${encodeURIComponent(ref)}`;
  const html = `https://github.example/${visit.state.repository}/blob/${ref}/${address}`;
  const git = `${repository}/git/blobs/${blobSha(path)}`;
  return { url, git_url: git, html_url: html, download_url: null, _links: { self: url, git, html } };
}

function nameOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}

function getTree(visit: Visit): Reply {
  const { state, call } = visit;
  const sha = state.git.resolve(call.params["tree_sha"] ?? "");
  if (sha === undefined) throw notFound();
  const isRecursive = call.query.get("recursive") !== null;
  const files = state.git.files(sha);
  const tree = isRecursive
    ? Object.entries(files).map(([path, text]) => blobEntry(visit, path, text))
    : entriesBelow(files, "").map((entry) =>
        entry.type === "file" ? blobEntry(visit, entry.path, files[entry.path] ?? "") : treeEntry(visit, entry),
      );
  return { status: 200, body: { sha, url: `${call.origin}${call.path}`, tree, truncated: false } };
}

function blobEntry(visit: Visit, path: string, text: string): JsonObject {
  const sha = blobSha(text);
  const url = `${visit.call.origin}/repos/${visit.state.repository}/git/blobs/${sha}`;
  return { path, mode: "100644", type: "blob", sha, size: Buffer.byteLength(text, "utf8"), url };
}

function treeEntry(visit: Visit, { path, sha }: Entry): JsonObject {
  return {
    path,
    mode: "040000",
    type: "tree",
    sha,
    url: `${visit.call.origin}/repos/${visit.state.repository}/git/trees/${sha}`,
  };
}

function compare(visit: Visit): Reply {
  const { state, call, render } = visit;
  const [base, head] = (call.params["basehead"] ?? "")
    .split("...")
    .map((name) => state.git.resolve(withoutOwner(name)));
  const mergeBase = base === undefined || head === undefined ? undefined : state.git.mergeBase(base, head);
  if (base === undefined || head === undefined || mergeBase === undefined) throw notFound();
  const [ahead, behind] = [state.git.between(base, head), state.git.between(head, base)];
  const url = `${call.origin}${call.path}`;
  const body = {
    url,
    html_url: url,
    permalink_url: url,
    diff_url: `${url}.diff`,
    patch_url: `${url}.patch`,
    base_commit: render.commit(base),
    merge_base_commit: render.commit(mergeBase),
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: ahead.map((sha) => render.commit(sha)),
    files: state.git.changes(mergeBase, head).map((change) => render.file(change, head)),
  };
  return { status: 200, body };
}

function withoutOwner(name: string): string {
  return name.includes(":") ? name.slice(name.indexOf(":") + 1) : name;
}

function statusOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return "diverged";
  if (ahead > 0) return "ahead";
  return behind > 0 ? "behind" : "identical";
}
