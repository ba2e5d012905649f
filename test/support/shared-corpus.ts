import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of third-party data beside the repository; read in place, and absent on most machines. */
export const CORPUS = fileURLToPath(new URL("../../../shared/corpus", import.meta.url));

/** Whether tests over the corpus run here. */
export const hasCorpus = existsSync(CORPUS);

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
