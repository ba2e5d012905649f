/** Writes everything that follows from metadata: rule index, rule pages, error page. `--check` only compares and lists what is stale. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { errorPage, GENERATED, rulePages } from "./generate/docs.ts";
import { actionManifest, inputPage, taskManifest } from "./generate/manifests.ts";
import { ruleIndex } from "./generate/rule-index.ts";
import { configJsonSchema } from "./generate/schema.ts";

const ROOT = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");
const stale: string[] = [];

emit("src/rules/index.ts", ruleIndex(join(ROOT, "src/rules")));
const { RULES } = await import("../src/rules/index.ts");
const pages = rulePages(RULES);
for (const [path, text] of pages) emit(path, text);
for (const path of filesBelow("docs/rules")) if (!pages.has(path)) remove(path);
emit("docs/errors.md", errorPage());
emit("docs/inputs.md", `${GENERATED}${inputPage()}`);
emit("action.yml", actionManifest());
emit("task/task.json", taskManifest());
emit("portcullis.schema.json", configJsonSchema());

if (stale.length > 0) {
  console.error(`stale, run \`npm run generate\`:\n${stale.map((path) => `  ${path}`).join("\n")}`);
  process.exitCode = 1;
}

function emit(path: string, text: string): void {
  const file = join(ROOT, path);
  if (readOr(file) === text) return;
  if (check) stale.push(path);
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function remove(path: string): void {
  if (check) stale.push(path);
  else rmSync(join(ROOT, path));
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
  } catch {
    return [];
  }
}
