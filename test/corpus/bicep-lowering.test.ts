import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { array, boolean, object, optional, parse, record, string, unknown } from "valibot";
import { afterAll, describe, expect, test } from "vitest";
import { isGateError } from "../../src/diagnostics/gate-error.ts";
import { mutateText } from "../support/mutate-text.ts";
import { SeededRandom } from "../support/random.ts";
import { BicepCli, findBicepCli } from "../support/bicep-cli.ts";
import { comparable, compileNatively, firstDifference } from "../support/bicep-lowered.ts";
import { BicepOracle, type Compiled } from "../support/bicep-oracle.ts";
import { bicepFiles, CORPUS, noCorpus } from "../support/shared-corpus.ts";

const OWN = join(import.meta.dirname, "bicep-lowering");
const COMPILED = join(CORPUS, "bicep-compiled");
const ownFiles = globSync("**/*.{bicep,bicepparam}", { cwd: OWN }).sort();

/** Runs with the compiler may have to ask it about hundreds of files first. */
const TIMEOUT_MS = 900_000;

/** The reference to the source of a module changed to that of its template, which lies two folders below the corpus. */
function useTemplate(text: string, path: string): string {
  const folder = "../".repeat(path.split("/").length - 3);
  return text.replaceAll(/'(?:\.\.\/)+main\.bicep'/gu, `'${folder}main.json'`);
}

function ours(root: string, path: string, edit?: (text: string) => string): unknown {
  try {
    const { template, parameters } = compileNatively(root, path, edit);
    return comparable(path.endsWith(".bicepparam") ? parameters : template);
  } catch (error) {
    return String(error);
  }
}

/** Compares and prints the ratio; what differs is listed with its first difference. */
class Comparison {
  readonly #differences: string[] = [];
  #count = 0;

  add(path: string, own: unknown, theirs: unknown): void {
    this.#count += 1;
    const difference = firstDifference(own, comparable(theirs));
    if (difference !== undefined) this.#differences.push(`${path} ${difference}`);
  }

  finish(what: string): readonly string[] {
    console.log(`${what}: ${this.#count - this.#differences.length} of ${this.#count} equal the compiler's`);
    return this.#differences;
  }
}

describe("own cases of lowering", () => {
  const expected = ownFiles.filter((path) => existsSync(join(OWN, `${path}.json`)));

  test("each have an expected result", () => {
    expect(ownFiles.length).toBeGreaterThan(30);
    expect(expected).toEqual(ownFiles);
  });

  test.each(expected)("%s", (path) => {
    expect(ours(OWN, path)).toEqual(JSON.parse(readFileSync(join(OWN, `${path}.json`), "utf8")));
  });
});

describe.skipIf(noCorpus !== undefined)(
  `compiled corpus${noCorpus === undefined ? "" : ` (skipped: ${noCorpus})`}`,
  () => {
    test("every stored template is made again", () => {
      const comparison = new Comparison();
      for (const path of globSync("{arm,bicep}/**/*.json", { cwd: COMPILED }).sort()) {
        const source = path.replace(/json$/u, "bicep");
        // Tests of Azure Verified Modules were compiled with the template of the module in the place of its source.
        const edit = path.endsWith("main.test.json") ? (text: string) => useTemplate(text, source) : undefined;
        comparison.add(source, ours(CORPUS, source, edit), JSON.parse(readFileSync(join(COMPILED, path), "utf8")));
      }
      expect(comparison.finish("stored templates")).toEqual([]);
    });
  },
);

const cliPath = findBicepCli();
const whyNot = cliPath === null ? " (skipped: no Bicep CLI)" : "";

describe.skipIf(cliPath === null)(`templates of the compiler${whyNot}`, () => {
  const oracle = new BicepOracle(new BicepCli(cliPath ?? ""));
  afterAll(() => oracle.stop());

  const pick = (path: string, { template, parameters }: Compiled): unknown =>
    path.endsWith(".bicepparam") ? parameters : template;

  test("own cases expect what the compiler makes", { timeout: TIMEOUT_MS }, async () => {
    const comparison = new Comparison();
    for (const path of ownFiles) {
      const compiled = await oracle.compile(join(OWN, path), OWN);
      if (compiled === undefined) comparison.add(path, ours(OWN, path), "refused by the compiler");
      else comparison.add(path, ours(OWN, path), pick(path, compiled));
    }
    expect(comparison.finish("own cases")).toEqual([]);
  });

  test.skipIf(noCorpus !== undefined)("all files of the corpus that compile", { timeout: TIMEOUT_MS }, async () => {
    const Diagnostics = object({ files: record(string(), object({ compiles: boolean() })) });
    const { files } = parse(Diagnostics, JSON.parse(readFileSync(join(COMPILED, "diagnostics.json"), "utf8")));
    const comparison = new Comparison();
    for (const { path } of bicepFiles()) {
      // Those that are known not to compile need modules that the compiler would look for in vain, for minutes.
      if (files[path]?.compiles === false || path.endsWith("main.test.bicep")) continue;
      const [first = "", second = ""] = path.split("/");
      const compiled = await oracle.compile(join(CORPUS, path), join(CORPUS, first, second));
      if (compiled !== undefined) comparison.add(path, ours(CORPUS, path), pick(path, compiled));
    }
    expect(comparison.finish("files of the corpus")).toEqual([]);
  });

  test.skipIf(noCorpus !== undefined)("all language cases that compile", { timeout: TIMEOUT_MS }, async () => {
    const Vectors = array(object({ name: string(), files: record(string(), string()), errors: optional(unknown()) }));
    const source = readFileSync(join(CORPUS, "arm-expand/bicep-vectors/bicep-vectors.json"), "utf8");
    const root = join(tmpdir(), "portcullis-bicep-vectors");
    rmSync(root, { recursive: true, force: true });
    const comparison = new Comparison();
    for (const { name, files } of parse(Vectors, JSON.parse(source))) {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, name, file)), { recursive: true });
        writeFileSync(join(root, name, file), text);
      }
      for (const file of Object.keys(files).filter((path) => /\.bicep(?:param)?$/u.test(path))) {
        const compiled = await oracle.compile(join(root, name, file));
        if (compiled !== undefined)
          comparison.add(`${name}/${file}`, ours(join(root, name), file), pick(file, compiled));
      }
    }
    expect(comparison.finish("language cases")).toEqual([]);
  });
});

const RESOURCE = "resource r 'A.B/c@2020-01-01' = {\n name: 'r'\n}\n";
const CIRCLE = `${RESOURCE}var a = { x: b, y: r.properties }\nvar b = { z: a }\noutput o object = a`;

function doubling(): string {
  const lines = Array.from({ length: 40 }, (_, index) => `var v${index + 1} = [v${index}, v${index}]`);
  return `${RESOURCE}var v0 = r.properties\n${lines.join("\n")}\noutput o array = v40`;
}

function manyWays(): string {
  const lines = Array.from(
    { length: 60 },
    (_, index) => `var v${index + 2} = { a: v${index}.x.y, b: v${index + 1}.id }`,
  );
  const user = "resource u 'A.B/c@2020-01-01' = {\n name: 'u'\n properties: { a: v61.a }\n}";
  return `${RESOURCE}var v0 = { x: r.id }\nvar v1 = { x: r.id }\n${lines.join("\n")}\n${user}`;
}

describe("hostile files", () => {
  const folder = mkdtempSync(join(tmpdir(), "bicep-hostile-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ["a module of itself", "module m 'main.bicep' = { name: 'm' }", "BICEP_FAILED"],
    ["a variable that doubles forty times", doubling(), "BICEP_FAILED"],
    ["a resource behind more ways than can be counted", manyWays(), "BICEP_FAILED"],
    ["a module that does not exist", "module m 'none.bicep' = { name: 'm' }", "BICEP_FAILED"],
    ["a file outside of the root", "var a = loadTextContent('../../etc/passwd')", "BICEP_FAILED"],
  ])("%s is refused", (_, text, code) => {
    writeFileSync(join(folder, "main.bicep"), text);
    expect(() => compileNatively(folder, "main.bicep")).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    [
      "a circle of parents",
      "resource a 'A.B/c@1' = {\n parent: b\n name: 'a'\n}\nresource b 'A.B/c@1' = {\n parent: a\n name: 'b'\n}",
    ],
    ["a circle of variables", "var a = b\nvar b = a\noutput o string = a"],
    ["a circle of variables that are only known later", CIRCLE],
    ["a circle of types", "type a = b\ntype b = a\nparam p a.x"],
    ["a circle of scopes", "resource a 'A.B/c@1' = {\n scope: a\n name: 'a'\n}"],
    ["a member called __proto__", "output o object = { __proto__: { a: 1 } }"],
    [
      "a registry module that is not at hand",
      "module m 'br:a.b/c:1' = { name: 'm', params: { a: 1 } }\nimport { t, v, f } from 'br:a.b/d:1'\nparam p t\noutput o string = '${v}${f(1)}${m.outputs.x}'",
    ],
  ])("%s does no harm", (_, text) => {
    writeFileSync(join(folder, "main.bicep"), text);
    expect(() => compileNatively(folder, "main.bicep")).not.toThrow();
  });

  test("mutated files end in a template or in an error that says why", { timeout: 60_000 }, () => {
    const random = new SeededRandom(20_240_301);
    const texts = ownFiles
      .filter((path) => path.endsWith(".bicep"))
      .map((path) => readFileSync(join(OWN, path), "utf8"));
    const crashes: string[] = [];
    for (let index = 0; index < 1500; index += 1) {
      const text = texts[random.below(texts.length)] ?? "";
      writeFileSync(join(folder, "main.bicep"), mutateText(mutateText(text, random), random));
      try {
        compileNatively(folder, "main.bicep");
      } catch (error) {
        if (!isGateError(error)) crashes.push(String(error));
      }
    }
    expect(crashes).toEqual([]);
  });
});
