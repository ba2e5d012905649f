import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { array, number, object, parse as validate, string } from "valibot";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Element } from "../../src/sources/bicep/syntax/ast.ts";
import { syntaxCodes } from "../../src/sources/bicep/syntax/messages.ts";
import { parse, type FileKind } from "../../src/sources/bicep/syntax/parse.ts";
import { print } from "../../src/sources/bicep/syntax/print.ts";
import { BicepCli, findBicepCli } from "../support/bicep-cli.ts";
import { mutateText } from "../support/mutate-text.ts";
import { SeededRandom } from "../support/random.ts";
import { bicepFiles, noCorpus, type CorpusFile } from "../support/shared-corpus.ts";

const kindOf = (path: string): FileKind => (path.endsWith(".bicepparam") ? "parameters" : "template");

function hasErrorNode(element: Element): boolean {
  if (element.kind === "token") return false;
  return element.kind === "skipped" || element.children.some(hasErrorNode);
}

describe.skipIf(noCorpus !== undefined)(
  `Bicep files of the corpus${noCorpus === undefined ? "" : ` (skipped: ${noCorpus})`}`,
  () => {
    let files: CorpusFile[] = [];
    beforeAll(() => {
      files = bicepFiles();
    });

    test("parses every file without an error node", () => {
      const trees = files.map(({ path, text }) => ({ path, tree: parse(text, kindOf(path)) }));
      expect(files.length).toBeGreaterThan(500);
      expect(trees.filter(({ tree }) => tree.diagnostics.length > 0).map(({ path }) => path)).toEqual([]);
      expect(trees.filter(({ tree }) => hasErrorNode(tree.program)).map(({ path }) => path)).toEqual([]);
    });

    test("prints every file byte for byte", () => {
      const changed = files.filter(({ path, text }) => print(parse(text, kindOf(path)).program) !== text);
      expect(changed.map(({ path }) => path)).toEqual([]);
    });

    test("prints mutated files byte for byte", () => {
      const seeds = fc.record({ file: fc.nat({ max: files.length - 1 }), seed: fc.nat() });
      fc.assert(
        fc.property(seeds, ({ file, seed }) => {
          const { path = "", text = "" } = files[file] ?? {};
          const random = new SeededRandom(seed);
          const mutated = mutateText(mutateText(mutateText(text, random), random), random);
          expect(print(parse(mutated, kindOf(path)).program)).toBe(mutated);
        }),
        { numRuns: 400, seed: 7 },
      );
    });

    test("parses in proportion to the size", () => {
      const kilobytes = files.reduce((sum, { text }) => sum + text.length, 0) / 1024;
      const start = performance.now();
      for (const { path, text } of files) parse(text, kindOf(path));
      const elapsed = performance.now() - start;
      console.log(`parsed ${Math.round(kilobytes)} KB: ${(elapsed / kilobytes).toFixed(3)} ms/KB`);
      expect(elapsed).toBeLessThan(3000);
    });
  },
);

const cliPath = noCorpus === undefined ? findBicepCli() : null;
const place = object({ line: number(), char: number() });
const Compilation = object({
  diagnostics: array(object({ source: string(), code: string(), range: object({ start: place }) })),
});

describe.skipIf(cliPath === null)(`mutations${cliPath === null ? " (skipped: no Bicep CLI)" : ""}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "bicep-mutations-"));
  const cli = new BicepCli(cliPath ?? "");
  afterAll(() => {
    cli.stop();
    rmSync(folder, { recursive: true });
  });

  test("finds the compiler's syntax errors on the same line", { timeout: 120_000 }, async () => {
    const random = new SeededRandom(20_240_229);
    // Small files without registry modules, so that the compiler answers in milliseconds.
    const files = bicepFiles().filter(
      ({ text }) => text.length > 50 && text.length < 6000 && !/'(?:br|ts)[:/]/u.test(text),
    );
    const missed: string[] = [];
    const refused: string[] = [];
    let faulty = 0;
    for (let index = 0; index < 300; index += 1) {
      const { path, text } = files[random.below(files.length)] ?? { path: "", text: " " };
      const mutated = mutateText(text, random);
      const name = join(folder, `${index}.${kindOf(path) === "template" ? "bicep" : "bicepparam"}`);
      writeFileSync(name, mutated);
      const method = kindOf(path) === "template" ? "bicep/compile" : "bicep/compileParams";
      const answer = await cli.request(method, { path: name, parameterOverrides: {} });
      const { diagnostics } = validate(Compilation, answer);
      const isSyntax = (code: string): boolean => syntaxCodes().includes(code);
      const own = diagnostics.filter(({ source, code }) => source === name && isSyntax(code));
      const theirs = new Set(own.map(({ range }) => range.start.line + 1));
      const tree = parse(mutated, kindOf(path));
      const ours = new Set(tree.diagnostics.map(({ offset }) => tree.lines.positionOf(offset).line));
      if (theirs.size > 0) faulty += 1;
      if ([...theirs].some((line) => !ours.has(line))) missed.push(`${path} ${[...theirs].join()}`);
      if (theirs.size === 0 && ours.size > 0) refused.push(`${path} ${[...ours].join()}`);
    }
    console.log(`syntax errors on the same line: ${faulty - missed.length} of ${faulty}`);
    expect(faulty).toBeGreaterThan(100);
    expect(refused).toEqual([]);
    expect((faulty - missed.length) / faulty).toBeGreaterThanOrEqual(0.95);
  });
});
