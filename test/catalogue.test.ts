import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CATALOGUE, type ErrorCode } from "../src/diagnostics/catalogue.ts";
import { GateError } from "../src/diagnostics/gate-error.ts";
import { exitCodeOfKind } from "../src/hosts/exit-code.ts";

const ROOT = join(import.meta.dirname, "..");
const sources = readAll("src/**/*.ts", (path) => !path.endsWith(".test.ts") && !path.endsWith("catalogue.ts"));
const tests = readAll("{src,test}/**/*.test.ts", (path) => !path.endsWith("catalogue.test.ts"));

function readAll(pattern: string, keep: (path: string) => boolean): string {
  const paths = globSync(pattern, { cwd: ROOT }).filter(keep);
  return paths.map((path) => readFileSync(join(ROOT, path), "utf8")).join("\n");
}

const codes = Object.keys(CATALOGUE) as ErrorCode[];

describe("the catalogue of errors", () => {
  it.each(codes)("%s is thrown somewhere", (code) => {
    expect(sources).toContain(`"${code}"`);
  });

  it.each(codes)("%s is provoked by a test", (code) => {
    expect(tests).toMatch(new RegExp(`\\b${code}\\b`));
  });

  it.each(codes)("%s says what to do next, and ends the run with a code of its kind", (code) => {
    const { kind, hint } = CATALOGUE[code];
    expect(hint).toMatch(/^[A-Z].{10,}[.]$/);
    expect(new GateError(code, "x").hint).toBe(hint);
    expect([2, 3, 70]).toContain(exitCodeOfKind(kind));
  });

  it("knows every code that is thrown", () => {
    const thrown = [...sources.matchAll(/new GateError\(\s*"([A-Z_]+)"/g)].map(([, code]) => code);
    expect(thrown.length).toBeGreaterThan(20);
    expect(thrown.filter((code) => !codes.some((known) => known === code))).toEqual([]);
  });
});
