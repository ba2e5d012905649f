import { readFileSync } from "node:fs";
import { join } from "node:path";
import { array, boolean, number, object, optional, parse, record, string, tuple } from "valibot";
import { afterAll, describe, expect, test } from "vitest";
import { type BicepDiagnostic, checkWorkspace } from "../../src/sources/bicep/check/check-workspace.ts";
import { confinedFiles } from "../../src/sources/bicep/workspace/confined-files.ts";
import type { SourceFiles } from "../../src/sources/bicep/workspace/source-files.ts";
import { loadWorkspace, type Workspace } from "../../src/sources/bicep/workspace/workspace.ts";
import { BicepCli, findBicepCli } from "../support/bicep-cli.ts";
import { BicepOracle } from "../support/bicep-oracle.ts";
import { bicepFiles, CORPUS, noCorpus } from "../support/shared-corpus.ts";

/** The corpus has files that name others outside of it, which the compiler looked for: so the root is that of the machine. */
const ROOT = "/";
const FOLDER = CORPUS.slice(ROOT.length);

const Diagnostics = object({
  files: record(
    string(),
    object({ compiles: boolean(), diagnostics: array(tuple([string(), string(), number(), number()])) }),
  ),
});

const Vectors = array(
  object({
    name: string(),
    files: record(string(), string()),
    entry: string(),
    errors: optional(array(object({ code: optional(string()), file: optional(string()), line: optional(number()) }))),
  }),
);

/** Modules of registries are not at hand: whatever the compiler says behind them is no truth about a file. */
const OF_REGISTRIES: ReadonlySet<string> = new Set(["BCP190", "BCP192", "BCP446"]);

function open(path: string): Workspace {
  const files = confinedFiles({ root: ROOT, moduleFolders: [], environment: new Map() });
  const workspace = loadWorkspace(`${FOLDER}/${path}`, files);
  if (workspace === undefined) throw new Error(`${path} does not exist`);
  return workspace;
}

function placeOf({ code, line }: Pick<BicepDiagnostic, "code" | "line">): string {
  return `${code} in line ${line}`;
}

function inMemory(files: Readonly<Record<string, string>>): SourceFiles {
  const folders = new Set(Object.keys(files).map((path) => path.split("/").slice(0, -1).join("/")));
  return {
    read: (path) => (files[path] === undefined ? undefined : new TextEncoder().encode(files[path])),
    hasFolder: (path) => folders.has(path),
    list: () => undefined,
    isOutside: () => false,
    findModule: () => undefined,
    environmentVariable: () => ({ state: "unset" }),
  };
}

const cliPath = findBicepCli();

describe.skipIf(noCorpus !== undefined)(
  `checked corpus${noCorpus === undefined ? "" : ` (skipped: ${noCorpus})`}`,
  () => {
    const { files: known } =
      noCorpus === undefined
        ? parse(Diagnostics, JSON.parse(readFileSync(join(CORPUS, "bicep-compiled/diagnostics.json"), "utf8")))
        : { files: {} };
    const oracle = new BicepOracle(new BicepCli(cliPath ?? ""));
    afterAll(() => oracle.stop());

    test("nothing is found in a file that compiles", { timeout: 600_000 }, async () => {
      const wrong: string[] = [];
      let count = 0;
      for (const { path } of bicepFiles()) {
        const found = checkWorkspace(open(path));
        const compiles = known[path]?.compiles;
        if (compiles === false) continue;
        if (found.length === 0) count += 1;
        else if (compiles === true || cliPath === null || (await isCompiled(path))) {
          if (compiles === true || cliPath !== null) wrong.push(`${path}: ${found.map(placeOf).join(", ")}`);
        }
      }
      console.log(`files that compile: ${count} of ${count + wrong.length} without an error`);
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(450);
    });

    const isCompiled = async (path: string): Promise<boolean> => {
      const [first = "", second = ""] = path.split("/");
      return (await oracle.compile(join(CORPUS, path), join(CORPUS, first, second))) !== undefined;
    };

    test("what the compiler refuses is refused for the same reason on the same line", () => {
      const missing: string[] = [];
      let count = 0;
      for (const [path, { compiles, diagnostics }] of Object.entries(known)) {
        const workspace = compiles ? undefined : open(path);
        if (workspace === undefined || workspace.unresolved.length > 0) continue;
        const found = new Set(
          checkWorkspace(workspace)
            .filter(({ file }) => file === `${FOLDER}/${path}`)
            .map(placeOf),
        );
        for (const [code, level, line] of diagnostics) {
          if (level !== "Error" || OF_REGISTRIES.has(code)) continue;
          count += 1;
          if (!found.has(placeOf({ code, line }))) missing.push(`${path}: ${placeOf({ code, line })}`);
        }
      }
      console.log(`errors of the compiler: ${count - missing.length} of ${count} found`);
      expect(missing).toEqual([]);
      expect(count).toBeGreaterThan(50);
    });

    test("nothing else is found in what the compiler refuses", () => {
      const wrong: string[] = [];
      for (const [path, { compiles, diagnostics }] of Object.entries(known)) {
        const workspace = compiles ? undefined : open(path);
        if (workspace === undefined || workspace.unresolved.length > 0) continue;
        const expected = new Set(diagnostics.map(([code, , line]) => placeOf({ code, line })));
        const found = checkWorkspace(workspace).filter(({ file }) => file === `${FOLDER}/${path}`);
        wrong.push(
          ...found.filter((fault) => !expected.has(placeOf(fault))).map((fault) => `${path}: ${placeOf(fault)}`),
        );
      }
      expect(wrong).toEqual([]);
    });

    test("language cases are refused as the compiler refuses them", () => {
      const source = readFileSync(join(CORPUS, "arm-expand/bicep-vectors/bicep-vectors.json"), "utf8");
      const wrong: string[] = [];
      let count = 0;
      for (const { name, files, entry, errors = [] } of parse(Vectors, JSON.parse(source))) {
        const workspace = loadWorkspace(entry, inMemory(files));
        const found = workspace === undefined ? [] : checkWorkspace(workspace);
        const actual = [...new Set(found.map(({ file, line, code }) => `${code} ${file}:${line}`))].sort();
        const expected = errors.filter(({ code }) => code !== undefined);
        const wanted = [...new Set(expected.map(({ file, line, code }) => `${code} ${file}:${line}`))].sort();
        if (wanted.length > 0) count += 1;
        if (actual.join(", ") !== wanted.join(", "))
          wrong.push(`${name}: ${actual.join(", ")}, not ${wanted.join(", ")}`);
      }
      console.log(`language cases with errors: ${count - wrong.length} of ${count} agree`);
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(20);
    });
  },
);
