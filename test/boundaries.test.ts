import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/**
 * The stages, each with those it may import besides itself. Data flows one way: from hosts over sources, plan, rules, findings and verdict to
 * renderers and reporters.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  diagnostics: ["lib"],
  expression: ["lib", "diagnostics"],
  plan: ["expression", "lib", "diagnostics"],
  rules: ["plan", "expression", "lib", "diagnostics"],
  findings: ["rules", "plan", "expression", "lib", "diagnostics"],
  verdict: ["findings", "rules", "plan", "expression", "lib", "diagnostics"],
};

/** Packages that only one folder may import. */
const OWNERS: readonly (readonly [pattern: RegExp, folder: RegExp])[] = [
  [/^node_modules\/@actions\//, /^src\/hosts\/action\.ts$/],
  [/^node_modules\/azure-pipelines-task-lib\//, /^src\/(?:hosts\/task\.ts|report\/azure-devops\/.*)$/],
  [/^node_modules\/@azure\//, /^src\/azure\//],
];

let graph: Metafile;
const edges: { readonly from: string; readonly to: string; readonly kind: string }[] = [];

beforeAll(async () => {
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: ["src/hosts/action.ts", "src/hosts/task.ts", "src/hosts/cli.ts"],
    outdir: "unused",
    bundle: true,
    write: false,
    metafile: true,
    splitting: true,
    format: "esm",
    platform: "node",
    mainFields: ["module", "main"],
    logLevel: "silent",
  });
  graph = result.metafile;
  for (const [from, { imports }] of Object.entries(graph.inputs))
    for (const { path, kind } of imports) edges.push({ from, to: path, kind });
});

const stageOf = (path: string) => /^src\/([a-z]+)\//.exec(path)?.[1];

/** Every module that is loaded at once with `entry`. */
function loadedWith(entry: string): ReadonlySet<string> {
  const loaded = new Set([entry]);
  for (const path of loaded)
    for (const { from, to, kind } of edges) if (from === path && kind !== "dynamic-import") loaded.add(to);
  return loaded;
}

describe("the layers", () => {
  it("are seen", () => {
    expect(edges.length).toBeGreaterThan(300);
    expect(new Set(Object.keys(graph.inputs).map(stageOf))).toContain("rules");
  });

  it.each(Object.entries(MAY_IMPORT))("%s imports nothing but %j", (stage, allowed) => {
    const foreign = edges
      .filter(
        ({ from, to }) => stageOf(from) === stage && stageOf(to) !== stage && !allowed.includes(stageOf(to) ?? ""),
      )
      .filter(({ to }) => to.startsWith("src/") && to !== "src/version.ts")
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(foreign).toEqual([]);
  });

  it("between plan and report do no I/O", () => {
    const pure = new Set(["lib", "expression", "plan", "rules", "findings", "verdict", "render"]);
    const used = edges
      .filter(({ from, to }) => pure.has(stageOf(from) ?? "") && isBuiltin(to) && !/crypto$|path$|buffer$/.test(to))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(used).toEqual([]);
  });

  it("of renderers know no reporter, host or SDK", () => {
    const foreign = edges
      .filter(({ from }) => stageOf(from) === "render")
      .filter(({ to }) => ["report", "hosts", "azure", "gate", "commands", "sources"].includes(stageOf(to) ?? ""));
    expect(foreign).toEqual([]);
  });

  it.each(OWNERS)("%s belongs to %s", (pattern, owner) => {
    const users = edges.filter(({ from, to }) => from.startsWith("src/") && pattern.test(to)).map(({ from }) => from);
    expect(users.filter((path) => !owner.test(path))).toEqual([]);
  });

  it("bundle nothing of the tests", () => {
    expect(Object.keys(graph.inputs).filter((path) => /^(?:test|scripts)\//.test(path))).toEqual([]);
  });
});

describe("starting up", () => {
  it.each([
    ["src/hosts/cli.ts", /^node_modules\//],
    ["src/hosts/action.ts", /^node_modules\/(?:@azure|@actions|@octokit|undici)\//],
    ["src/hosts/task.ts", /^node_modules\/(?:@azure|azure-pipelines-task-lib)\//],
  ])("%s loads no SDK before it is needed", (entry, heavy) => {
    const early = [...loadedWith(entry)].filter((path) => heavy.test(path) && !SMALL.test(path));
    expect(early).toEqual([]);
  });

  it.each(["action", "task", "cli"])("the host %s holds no decisions: it has at most 60 lines", (host) => {
    const lines = readFileSync(join(ROOT, `src/hosts/${host}.ts`), "utf8").split("\n");
    expect(lines.length).toBeLessThanOrEqual(61);
  });
});

/** Small libraries that every run needs. */
const SMALL = /^node_modules\/(?:fastest-levenshtein|picomatch|valibot)\//;
