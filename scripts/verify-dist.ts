/** Rebuilds dist/ beside the committed one and fails where they differ, where a file outgrew its budget, or where an entry point does not start. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./build.ts";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");

/** Bytes that each file may have. Growth beyond it is a decision, not an accident. */
const BUDGETS: Readonly<Record<string, number>> = {
  "action.cjs": 3_500_000,
  "task.cjs": 3_000_000,
  "cli.cjs": 900_000,
  "cli-config.cjs": 250_000,
  "cli-offline.cjs": 1_300_000,
  "cli-bicep.cjs": 500_000,
  "LICENSES.txt": 200_000,
};

const folder = mkdtempSync(join(tmpdir(), "portcullis-dist-"));
const problems: string[] = [];
try {
  await bundle(folder);
  const built = readdirSync(folder).sort();
  const committed = readdirSync(DIST).sort();
  if (built.join() !== committed.join())
    problems.push(`dist/ holds ${committed.join(", ")}; a build makes ${built.join(", ")}`);
  for (const name of built) compare(name);
  smoke();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function compare(name: string): void {
  const size = statSync(join(folder, name)).size;
  const budget = BUDGETS[name];
  console.log(
    `${name.padEnd(16)} ${size.toLocaleString("en-US").padStart(10)} bytes${budget === undefined ? "" : ` of ${budget.toLocaleString("en-US")}`}`,
  );
  if (budget === undefined) problems.push(`${name} has no budget in scripts/verify-dist.ts`);
  else if (size > budget) problems.push(`${name} is over its budget of ${budget} bytes`);
  const isStale =
    readdirSync(DIST).includes(name) && !readFileSync(join(folder, name)).equals(readFileSync(join(DIST, name)));
  if (isStale) problems.push(`dist/${name} is stale: run \`npm run build\` and commit the result`);
}

/** Starts what is committed, from another folder. */
function smoke(): void {
  const { status, stdout } = spawnSync(process.execPath, [join(DIST, "cli.cjs"), "--version"], {
    cwd: tmpdir(),
    encoding: "utf8",
  });
  if (status !== 0 || !/^\d+\.\d+\.\d+\n$/.test(stdout))
    problems.push(`dist/cli.cjs --version ends with ${status} and prints ${JSON.stringify(stdout)}`);
  for (const host of ["action", "task"]) {
    const syntax = spawnSync(process.execPath, ["--check", join(DIST, `${host}.cjs`)], { encoding: "utf8" });
    if (syntax.status !== 0) problems.push(`dist/${host}.cjs does not parse: ${syntax.stderr}`);
  }
}
