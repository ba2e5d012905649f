import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SourceFiles } from "../workspace/source-files.ts";
import { CONFIG_NAME } from "./config-file.ts";
import { findModuleArtifact, type ModuleArtifact } from "./module-artifact.ts";
import { OWN_VARIABLES } from "./sandbox.ts";
import type { SourceReferences } from "./source-references.ts";

/** What decides whether the program may be started. */
export interface GuardOptions {
  /** The folder that everything must lie in. Absolute. */
  readonly root: string;
  readonly sources: Pick<SourceFiles, "isOutside">;
  /** Folders of vendored modules, and the compiler's cache. Absolute. */
  readonly moduleFolders: readonly string[];
  /** The names of the variables that files may read. */
  readonly allowedVariables: ReadonlySet<string>;
}

/** Whether the compiler may read the files: with the modules that it needs, or not, with the reasons. */
export type GuardDecision =
  | { readonly allowed: true; readonly modules: readonly ModuleArtifact[] }
  | { readonly allowed: false; readonly reasons: readonly string[] };

/**
 * Decides whether the compiler may be started for files of strangers. It would hand out every file and variable that they ask for, and
 * download what they name, so all of that is looked at before.
 */
export function guard(references: SourceReferences, options: GuardOptions): GuardDecision {
  const found = references.registryReferences.map(
    (reference) => [reference, findModuleArtifact(reference, options.moduleFolders)] as const,
  );
  const reasons = [
    ...references.unclear,
    ...references.paths.filter(options.sources.isOutside).map((path) => `${path} lies outside of the repository`),
    ...outerConfig(references, options.root).map((path) => `${path} lies outside of the repository`),
    ...found.flatMap(([reference, artifact]) =>
      artifact === undefined ? [`${reference} is not on this machine`] : [],
    ),
    ...references.environmentVariables
      .filter(
        (name) => OWN_VARIABLES.has(name.toUpperCase()) && !(name === "PATH" && options.allowedVariables.has(name)),
      )
      .map((name) => `the files read the environment variable ${name}, which the compiler is given for itself`),
  ];
  if (reasons.length > 0) return { allowed: false, reasons };
  return { allowed: true, modules: found.flatMap(([, artifact]) => artifact ?? []) };
}

/** The configuration above the root that the compiler would find. */
function outerConfig({ looksAboveRoot }: SourceReferences, root: string): readonly string[] {
  if (!looksAboveRoot) return [];
  for (let folder = dirname(realpathSync(root)); ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_NAME);
    if (existsSync(path)) return [path];
    if (dirname(folder) === folder) return [];
  }
}
