/**
 * Measures what the command line costs: start-up against `node -e 0`, what-ifs of growing size against parsing and printing the same file,
 * loops of growing length, and templates beside the Bicep CLI where that is at hand. Prints a table and fails where a budget is exceeded.
 * `node scripts/bench.ts` runs the committed bundle.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLI, median, ms, runNode, Table } from "./bench/measure.ts";
import { measureBesideBicep, measureLoops } from "./bench/templates.ts";
import { whatIfOfSize } from "./bench/what-if.ts";

const STARTUP_BUDGET = 2.5;
const LARGE_BUDGET = 6;
const SIZES = [200, 2_000, 20_000];

const folder = mkdtempSync(join(tmpdir(), "portcullis-bench-"));
const table = new Table();
try {
  measureStartUp();
  measureSizes();
  measureLoops(table, folder);
  measureBesideBicep(table, folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of table.failures) console.error(failure);
process.exitCode = table.failures.length === 0 ? 0 : 1;

function measureStartUp(): void {
  const file = write(1);
  const empty = median(20, () => runNode(["-e", "0"]));
  const check = median(20, () => runNode([CLI, "check", file]));
  const detail = `check ${ms(check)}, node -e 0 ${ms(empty)}`;
  table.row("start-up", { ratio: check / empty, budget: STARTUP_BUDGET, detail });
}

function measureSizes(): void {
  const perResource: number[] = [];
  for (const size of SIZES) {
    const file = write(size);
    const parse = `const fs=require("node:fs");JSON.stringify(JSON.parse(fs.readFileSync(${JSON.stringify(file)},"utf8")))`;
    const times = size > 10_000 ? 5 : 9;
    const anchor = median(times, () => runNode(["-e", parse]));
    for (const format of ["text", "json"]) {
      const check = median(times, () => runNode([CLI, "check", file, "--format", format]));
      const megabytes = `${(statSync(file).size / 1e6).toFixed(1)} MB`;
      table.row(`${size} resources, ${format}`, {
        ratio: check / anchor,
        ...(size === 20_000 ? { budget: LARGE_BUDGET } : {}),
        detail: `check ${ms(check)}, parse and print ${ms(anchor)}, ${megabytes}`,
      });
      if (format === "text") perResource.push(check / size);
    }
  }
  const [, middle = 0, large = 0] = perResource;
  const detail = "time per resource, large to middle";
  table.row("growth from 2,000 to 20,000", { ratio: large / middle, budget: 1.1, detail });
}

function write(size: number): string {
  const file = join(folder, `what-if-${size}.json`);
  writeFileSync(file, JSON.stringify(whatIfOfSize(size)));
  return file;
}
