import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

const OwnCases = array(
  object({
    name: string(),
    /** The lines of each file. */
    files: record(string(), array(string())),
    /** What the compiler says: its codes, each with file and line. */
    errors: array(string()),
    /** Which of those are not found: nearly all need to know what the types of Azure consist of. */
    notFound: optional(array(string()), []),
  }),
);

const OWN = join(import.meta.dirname, "bicep-check/cases.json");
const ownCases = parse(OwnCases, JSON.parse(readFileSync(OWN, "utf8")));

function textsOf(files: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, lines]) => [path, `${lines.join("\n")}\n`]));
}

function entryOf(files: object): string {
  return "main.bicepparam" in files ? "main.bicepparam" : "main.bicep";
}

const Compilation = object({
  diagnostics: array(
    object({
      code: string(),
      level: string(),
      source: string(),
      range: object({ start: object({ line: number() }) }),
    }),
  ),
});

describe("own cases of checking", () => {
  test.each(ownCases)("$name", ({ files, errors, notFound }) => {
    const workspace = loadWorkspace(entryOf(files), inMemory(textsOf(files)));
    const found = workspace === undefined ? [] : checkWorkspace(workspace);
    const places = new Set(found.map(({ code, file, line }) => `${code} ${file}:${line}`));
    expect([...places].sort()).toEqual(errors.filter((error) => !notFound.includes(error)));
  });

  const why = cliPath === null ? " (skipped: no Bicep CLI)" : "";
  test.skipIf(cliPath === null)(`expect what the compiler says${why}`, { timeout: 300_000 }, async () => {
    const root = mkdtempSync(join(tmpdir(), "bicep-check-"));
    const cli = new BicepCli(cliPath ?? "");
    try {
      for (const [index, { name, files, errors }] of ownCases.entries()) {
        const folder = join(root, String(index));
        for (const [path, text] of Object.entries(textsOf(files))) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text);
        }
        expect(await refusals(cli, folder, entryOf(files)), name).toEqual(errors);
      }
    } finally {
      cli.stop();
      rmSync(root, { recursive: true });
    }
  });
});

async function refusals(cli: BicepCli, folder: string, entry: string): Promise<string[]> {
  const isParameters = entry.endsWith(".bicepparam");
  const path = join(folder, entry);
  const request = isParameters ? { path, parameterOverrides: {} } : { path };
  const answer = await cli.request(isParameters ? "bicep/compileParams" : "bicep/compile", request);
  const errors = parse(Compilation, answer).diagnostics.filter(({ level }) => level === "Error");
  const places = errors.map(({ code, source, range }) => {
    const file = source.slice(source.indexOf(folder) + folder.length + 1);
    return `${code} ${file}:${range.start.line + 1}`;
  });
  return [...new Set(places)].sort();
}

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
