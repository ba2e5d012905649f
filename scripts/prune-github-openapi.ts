/**
 * Writes `test/contract/github-openapi.json`: the part of GitHub's OpenAPI document that the GitHub simulator serves, with
 * prose, examples and vendor extensions left out, and the licence beside it.
 *
 *   npm pack @octokit/openapi@23.0.2        in a temporary folder, then unpack it there
 *   node scripts/prune-github-openapi.ts FOLDER/package
 *
 * The package is 385 MB unpacked, which is why it is not a dependency.
 */
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Path and the methods that are kept of it. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  "/repos/{owner}/{repo}": ["get"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["get", "patch", "delete"],
  "/repos/{owner}/{repo}/pulls": ["get"],
  "/repos/{owner}/{repo}/pulls/{pull_number}": ["get"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/files": ["get"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews": ["get", "post"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals": ["put"],
  "/repos/{owner}/{repo}/pulls/{pull_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/pulls/comments/{comment_id}": ["patch", "delete"],
  "/repos/{owner}/{repo}/check-runs": ["post"],
  "/repos/{owner}/{repo}/check-runs/{check_run_id}": ["get", "patch"],
  "/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations": ["get"],
  "/repos/{owner}/{repo}/commits/{ref}/check-runs": ["get"],
  "/repos/{owner}/{repo}/commits/{ref}/statuses": ["get"],
  "/repos/{owner}/{repo}/commits/{commit_sha}/pulls": ["get"],
  "/repos/{owner}/{repo}/statuses/{sha}": ["post"],
  "/repos/{owner}/{repo}/contents/{path}": ["get"],
  "/repos/{owner}/{repo}/git/trees/{tree_sha}": ["get"],
  "/repos/{owner}/{repo}/compare/{basehead}": ["get"],
  "/repos/{owner}/{repo}/code-scanning/sarifs": ["post"],
  "/repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}": ["get"],
};

/** Members that carry no rule. `description` is required of a response by OpenAPI, so it becomes empty there. */
const PROSE = new Set([
  "description",
  "summary",
  "example",
  "examples",
  "externalDocs",
  "tags",
  "callbacks",
  "webhooks",
]);

type JsonObject = Record<string, unknown>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws Error when the document is not what this script was written for */
function objectOf(value: unknown): JsonObject {
  if (!isObject(value)) throw new Error("an object was expected in the source document");
  return value;
}

function readObject(path: string): JsonObject {
  return objectOf(JSON.parse(readFileSync(path, "utf8")));
}

/** `value` without prose. Names inside `properties` are data: a property called `description` stays. */
function strip(value: unknown, parent: string): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, ""));
  return isObject(value) ? stripObject(value, parent) : value;
}

function stripObject(value: JsonObject, parent: string): JsonObject {
  const isMap = parent === "properties" || parent === "responses";
  const kept = Object.entries(value).filter(([key]) => isMap || !(PROSE.has(key) || key.startsWith("x-")));
  return Object.fromEntries(kept.map(([key, item]) => [key, strip(item, isMap ? "" : key)]));
}

/** Every `#/components/KIND/NAME` named below `value`. */
function* referencesIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* referencesIn(item);
  } else if (isObject(value)) {
    if (typeof value["$ref"] === "string") yield value["$ref"];
    for (const item of Object.values(value)) yield* referencesIn(item);
  }
}

function keptPaths(source: JsonObject): JsonObject {
  const all = objectOf(source["paths"]);
  const paths = Object.entries(KEPT).map(([path, methods]) => {
    const operations = objectOf(all[path]);
    return [path, Object.fromEntries(methods.map((method) => [method, strip(objectOf(operations[method]), method)]))];
  });
  return Object.fromEntries(paths);
}

/** The components that `paths` needs, directly or not, in the order of their names. */
function componentsOf(source: JsonObject, paths: JsonObject): JsonObject {
  const all = objectOf(source["components"]);
  const found = new Map<string, unknown>();
  const pending = [...referencesIn(paths)];
  for (let reference = pending.pop(); reference !== undefined; reference = pending.pop()) {
    if (found.has(reference)) continue;
    const [, , kind = "", name = ""] = reference.split("/");
    const component = strip(objectOf(objectOf(all[kind])[name]), "");
    found.set(reference, component);
    pending.push(...referencesIn(component));
  }
  const components: Record<string, JsonObject> = {};
  for (const reference of [...found.keys()].toSorted()) {
    const [, , kind = "", name = ""] = reference.split("/");
    (components[kind] ??= {})[name] = found.get(reference);
  }
  return components;
}

/** OpenAPI wants a description in every response. */
function describeResponses(paths: JsonObject, components: JsonObject): void {
  const operations = Object.values(paths).flatMap((item) => Object.values(objectOf(item)));
  const declared = operations.flatMap((operation) => Object.values(objectOf(objectOf(operation)["responses"])));
  for (const response of [...declared, ...Object.values(objectOf(components["responses"]))]) {
    if (isObject(response) && !("$ref" in response)) response["description"] = "";
  }
}

/** One line per operation and per component: short, and still readable as a difference. */
function print(document: JsonObject): string {
  const lines = (value: JsonObject, indent: string, depth: number): string => {
    const members = Object.entries(value).map(([key, item]) => {
      const text = depth > 0 && isObject(item) ? lines(item, `${indent} `, depth - 1) : JSON.stringify(item);
      return `${indent} ${JSON.stringify(key)}: ${text}`;
    });
    return `{\n${members.join(",\n")}\n${indent}}`;
  };
  return `${lines(document, "", 2)}\n`;
}

function main(folder: string): void {
  const { name, version } = readObject(join(folder, "package.json"));
  const source = readObject(join(folder, "generated/api.github.com.json"));
  const info = objectOf(source["info"]);
  const paths = keptPaths(source);
  const components = componentsOf(source, paths);
  describeResponses(paths, components);
  const origin = `Pruned copy of generated/api.github.com.json of the npm package ${String(name)} ${String(version)}, made by scripts/prune-github-openapi.ts. MIT licence: github-openapi.LICENSE.`;
  const document = {
    openapi: source["openapi"],
    info: { title: info["title"], version: info["version"], license: info["license"], "x-origin": origin },
    paths,
    components,
  };
  const target = join(import.meta.dirname, "../test/contract");
  writeFileSync(join(target, "github-openapi.json"), print(document));
  copyFileSync(join(folder, "LICENSE"), join(target, "github-openapi.LICENSE"));
}

const folder = process.argv[2];
if (folder === undefined) {
  process.stderr.write("usage: node scripts/prune-github-openapi.ts FOLDER/package\n");
  process.exitCode = 2;
} else {
  main(folder);
}
