import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of third-party data beside the repository; read in place, and absent on most machines. */
export const CORPUS = fileURLToPath(new URL("../../../shared/corpus", import.meta.url));

/** Whether tests over the corpus run here. */
export const hasCorpus = existsSync(CORPUS);

/** Why tests over the corpus do not run here; `undefined` where they do. */
export const noCorpus = hasCorpus ? undefined : "../shared/corpus does not exist";

export interface CorpusFile {
  /** Relative to the corpus. */
  readonly path: string;
  readonly text: string;
}

/** Every Bicep file of the corpus, in the order of their paths. */
export function bicepFiles(): CorpusFile[] {
  if (!hasCorpus) return [];
  return corpusFiles("**/*.{bicep,bicepparam}").map((path) => ({ path, text: corpusText(path) }));
}

/** The files of the corpus that match, sorted, with `/`. */
export function corpusFiles(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: CORPUS })
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

/** The text of a file of the corpus. */
export function corpusText(path: string): string {
  return readFileSync(join(CORPUS, path), "utf8");
}
