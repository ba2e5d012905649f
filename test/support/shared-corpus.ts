import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of third-party templates beside the repository; read in place, and absent on most machines. */
export const CORPUS = fileURLToPath(new URL("../../../shared/corpus", import.meta.url));

/** Why tests over the corpus do not run here; `undefined` where they do. */
export const noCorpus = existsSync(CORPUS) ? undefined : "../shared/corpus does not exist";

export interface CorpusFile {
  /** Relative to the corpus. */
  readonly path: string;
  readonly text: string;
}

/** Every Bicep file of the corpus, in the order of their paths. */
export function bicepFiles(): CorpusFile[] {
  if (noCorpus !== undefined) return [];
  const paths = globSync("**/*.{bicep,bicepparam}", { cwd: CORPUS }).sort();
  return paths.map((path) => ({ path, text: readFileSync(join(CORPUS, path), "utf8") }));
}
