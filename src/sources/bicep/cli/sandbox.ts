import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ModuleArtifact } from "./module-artifact.ts";

/** Files of a module that say nothing to us and without which the compiler downloads the module anew. */
const REQUIRED_BESIDE = ["manifest", "metadata"];

/** What the program may use. */
export interface SandboxOptions {
  /** The value of `PATH`. */
  readonly searchPath: string;
  /** The variables that files may read, those that are set. */
  readonly environment: ReadonlyMap<string, string>;
  /** The registry modules that the files name. */
  readonly modules: readonly ModuleArtifact[];
}

/** A folder and an environment for one run of the program. */
export interface Sandbox {
  /** For files that we hand to the program; no configuration of the repository or of the machine holds in it. */
  readonly folder: string;
  /** The whole environment of the program. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/**
 * A home folder of its own for a program that reads files of strangers: it holds copies of the modules that are needed, where the compiler
 * looks for its cache, and nothing else. The variables that the program sees are `PATH`, that home, and those that files may read.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules#file-in-registry (the cache in the home folder)
 */
export async function makeSandbox({ searchPath, environment, modules }: SandboxOptions): Promise<Sandbox> {
  const base = await mkdtemp(join(tmpdir(), "portcullis-bicep-"));
  const remove = () => rm(base, { recursive: true, force: true, maxRetries: 3 });
  try {
    const home = join(base, "home");
    const folder = join(base, "files");
    await mkdir(folder);
    await writeFile(join(folder, "bicepconfig.json"), "{}"); // else one further up would hold
    await mkdir(home);
    for (const module of modules) await copyModule(module, join(home, ".bicep"));
    return { folder, environment: environmentOf({ searchPath, environment, home }), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What files may read comes first: it replaces neither the path nor the home. */
function environmentOf({ searchPath, environment, home }: Omit<SandboxOptions, "modules"> & { readonly home: string }) {
  return { ...Object.fromEntries(environment), PATH: searchPath, HOME: home, USERPROFILE: home };
}

/** The names of variables that the program sees whatever files may read. */
export const OWN_VARIABLES: ReadonlySet<string> = new Set(["PATH", "HOME", "USERPROFILE"]);

async function copyModule({ cachePath, folder, files }: ModuleArtifact, cache: string): Promise<void> {
  const target = join(cache, cachePath);
  await mkdir(target, { recursive: true });
  for (const name of files) await copyFile(join(folder, name), join(target, name));
  for (const name of REQUIRED_BESIDE) if (!files.includes(name)) await writeFile(join(target, name), "{}");
}
