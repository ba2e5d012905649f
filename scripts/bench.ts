/**
 * Measures what the command line costs: start-up against `node -e 0`, and what-ifs of growing size against parsing and printing the same
 * file. Prints a table and fails where a budget is exceeded. `node scripts/bench.ts` runs the committed bundle.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { whatIfOfSize } from "./bench/what-if.ts";

const CLI = join(import.meta.dirname, "../dist/cli.cjs");
const STARTUP_BUDGET = 2.5;
const LARGE_BUDGET = 6;
const SIZES = [200, 2_000, 20_000];

const folder = mkdtempSync(join(tmpdir(), "portcullis-bench-"));
const failures: string[] = [];
try {
  measureStartUp();
  measureSizes();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;

function measureStartUp(): void {
  const file = write(1);
  const empty = median(20, () => run(["-e", "0"]));
  const check = median(20, () => run([CLI, "check", file]));
  report("start-up", check / empty, STARTUP_BUDGET, `check ${ms(check)}, node -e 0 ${ms(empty)}`);
}

function measureSizes(): void {
  const perResource: number[] = [];
  for (const size of SIZES) {
    const file = write(size);
    const parse = `const fs=require("node:fs");JSON.stringify(JSON.parse(fs.readFileSync(${JSON.stringify(file)},"utf8")))`;
    const times = size > 10_000 ? 5 : 9;
    const anchor = median(times, () => run(["-e", parse]));
    for (const format of ["text", "json"]) {
      const check = median(times, () => run([CLI, "check", file, "--format", format]));
      const budget = size === 20_000 ? LARGE_BUDGET : Number.POSITIVE_INFINITY;
      const size_ = `${(statSync(file).size / 1e6).toFixed(1)} MB`;
      report(
        `${size} resources, ${format}`,
        check / anchor,
        budget,
        `check ${ms(check)}, parse and print ${ms(anchor)}, ${size_}`,
      );
      if (format === "text") perResource.push(check / size);
    }
  }
  const [, middle = 0, large = 0] = perResource;
  report("growth from 2,000 to 20,000", large / middle, 1.1, "time per resource, large to middle");
}

function report(name: string, ratio: number, budget: number, detail: string): void {
  const limit = Number.isFinite(budget) ? ` (budget ${budget})` : "";
  console.log(`${name.padEnd(30)} ${ratio.toFixed(2)}×${limit}  ${detail}`);
  if (ratio > budget) failures.push(`${name}: ${ratio.toFixed(2)}× is over the budget of ${budget}×`);
}

function write(size: number): string {
  const file = join(folder, `what-if-${size}.json`);
  writeFileSync(file, JSON.stringify(whatIfOfSize(size)));
  return file;
}

/** Milliseconds of one process from start to end. */
function run(args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, [...args], {
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status !== 0 && status !== 1 && status !== 4)
    throw new Error(`exit code ${status}: ${stderr.toString("utf8").slice(0, 500)}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(times: number, measure: () => number): number {
  measure(); // the first run warms the file cache
  const values = Array.from({ length: times }, measure).sort((a, b) => a - b);
  return values[Math.floor(times / 2)] ?? 0;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}
