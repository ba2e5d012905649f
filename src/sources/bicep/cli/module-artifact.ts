import { realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { foldersOfModule } from "../workspace/module-folders.ts";

/** What the compiler reads of a module or extension; the sources that may lie beside it are for editors. */
const FILES = ["main.json", "types.tgz", "manifest", "metadata"];

/** Without one of these there is nothing to compile against. */
const CONTENT: ReadonlySet<string> = new Set(["main.json", "types.tgz"]);

/** A registry module, template spec or extension that is on the machine. */
export interface ModuleArtifact {
  /** The folder below the compiler's cache that it belongs in. */
  readonly cachePath: string;
  /** Where it is, symbolic links resolved. Absolute. */
  readonly folder: string;
  /** Those of its files that the compiler reads. */
  readonly files: readonly string[];
}

/**
 * Finds what a full reference (`br:registry/repository:tag`, `ts:…`) stands for in folders of vendored modules or a cache, the first one
 * first. Only compiled modules count: from sources the compiler could not be served.
 */
export function findModuleArtifact(reference: string, moduleFolders: readonly string[]): ModuleArtifact | undefined {
  const places = foldersOfModule(reference);
  const [cachePath] = places;
  if (cachePath === undefined) return undefined;
  for (const base of moduleFolders) {
    for (const place of places) {
      const folder = realFolder(join(base, place), base);
      const files = folder === undefined ? [] : FILES.filter((name) => isOwnFile(folder, name));
      if (folder !== undefined && files.some((name) => CONTENT.has(name))) return { cachePath, folder, files };
    }
  }
  return undefined;
}

/** The folder, unless a symbolic link leads out of where it should be. */
function realFolder(path: string, base: string): string | undefined {
  try {
    const folder = realpathSync(path);
    return isBelow(folder, realpathSync(base)) ? folder : undefined;
  } catch {
    return undefined; // does not exist
  }
}

function isOwnFile(folder: string, name: string): boolean {
  try {
    const path = realpathSync(join(folder, name));
    return isBelow(path, folder) && statSync(path).isFile();
  } catch {
    return false; // does not exist
  }
}

/** Whether `path` is `folder` or lies in it. Both absolute, without symbolic links. */
export function isBelow(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && inside !== path;
}
