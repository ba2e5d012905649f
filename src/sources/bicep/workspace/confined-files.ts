import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { foldersOfModule, MODULE_FILES } from "./module-folders.ts";
import { resolvePath } from "./paths.ts";
import type { EnvironmentVariable, SourceFiles } from "./source-files.ts";

/** Larger files are not read: no source file is as large, and the loading functions take less. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** What may be read of a machine. */
export interface ConfinedFilesOptions {
  /** The folder that everything must lie in: the repository. Absolute. */
  readonly root: string;
  /** The folders with vendored registry modules and the compiler's own cache, the first one first. Absolute. */
  readonly moduleFolders: readonly string[];
  /** The variables that files may read, those that are not set included; all others are withheld. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** How reports name a file below the root; without it, by its path. */
  readonly nameOf?: (path: string) => string;
}

/**
 * The files below a root. Neither `..` nor a symbolic link leads out of it, whatever is asked for; a registry module is confined
 * to its own folder in the same way. Nothing is downloaded.
 */
export function confinedFiles(options: ConfinedFilesOptions): SourceFiles {
  return new ConfinedFiles(options);
}

/** A folder, and what stands for it at the start of paths. */
interface Mount {
  readonly prefix: string;
  readonly folder: string;
}

class ConfinedFiles implements SourceFiles {
  readonly nameOf: (path: string) => string;
  readonly #options: ConfinedFilesOptions;
  readonly #root: Mount;
  readonly #modules = new Map<string, Mount>();

  constructor(options: ConfinedFilesOptions) {
    this.#options = options;
    this.nameOf = options.nameOf ?? ((path) => path);
    this.#root = { prefix: "", folder: options.root };
  }

  readonly read = (path: string): Uint8Array | undefined => {
    return this.#open(path, (found) => {
      const status = statSync(found);
      return status.isFile() && status.size <= MAX_FILE_BYTES ? readFileSync(found) : undefined;
    });
  };

  readonly hasFolder = (path: string): boolean => {
    return this.#open(path, (found) => statSync(found).isDirectory()) === true;
  };

  readonly list = (path: string): readonly string[] | undefined => {
    return this.#open(path, (found) => {
      const entries = readdirSync(found, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
        .sort();
    });
  };

  readonly isOutside = (path: string): boolean => {
    const mount = this.#mountOf(path);
    if (mount === undefined) return true;
    const inner = innerPath(mount, path);
    if (isUpwards(inner)) return true;
    const real = realPath(join(mount.folder, inner));
    return real !== undefined && !isBelow(real, realPath(mount.folder));
  };

  readonly findModule = (reference: string): string | undefined => {
    for (const base of this.#options.moduleFolders) {
      for (const inner of foldersOfModule(reference)) {
        const folder = realPath(join(base, inner));
        if (folder === undefined || !isBelow(folder, realPath(base))) continue;
        this.#modules.set(reference, { prefix: `${reference}/`, folder });
        const file = MODULE_FILES.find((name) => this.read(`${reference}/${name}`) !== undefined);
        if (file !== undefined) return `${reference}/${file}`;
        this.#modules.delete(reference);
      }
    }
    return undefined;
  };

  readonly environmentVariable = (name: string): EnvironmentVariable => {
    const { environment } = this.#options;
    const value = environment.get(name);
    if (value !== undefined) return { state: "set", value };
    return { state: environment.has(name) ? "unset" : "withheld" };
  };

  #open<Result>(path: string, use: (found: string) => Result): Result | undefined {
    const mount = this.#mountOf(path);
    if (mount === undefined || isUpwards(innerPath(mount, path))) return undefined;
    const found = realPath(join(mount.folder, innerPath(mount, path)));
    if (found === undefined || !isBelow(found, realPath(mount.folder))) return undefined;
    try {
      return use(found);
    } catch {
      return undefined; // not of this kind, or not for us to see: the same to whoever named it
    }
  }

  /** The folder that a path lies in; `undefined` for a path that left the folder of its module. */
  #mountOf(path: string): Mount | undefined {
    if (!/^(?:br|ts):/u.test(path)) return this.#root;
    return [...this.#modules.values()].find(({ prefix }) => path.startsWith(prefix));
  }
}

function innerPath({ prefix }: Mount, path: string): string {
  return resolvePath("", path.slice(prefix.length));
}

function isUpwards(path: string): boolean {
  return path === ".." || path.startsWith("../");
}

function isBelow(path: string, folder: string | undefined): boolean {
  if (folder === undefined) return false;
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && inside !== path;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined; // does not exist
  }
}
