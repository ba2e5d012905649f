import { posix } from "node:path";
import type { SourceFiles } from "../../src/sources/bicep/workspace/source-files.ts";

interface MemoryFiles {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly environment: ReadonlyMap<string, string | undefined>;
}

/** Source files in memory, by path below the root. There are no registry modules. */
export function memoryFiles({ files, environment }: MemoryFiles): SourceFiles {
  const isBelow = (path: string, folder: string) => folder === "" || path.startsWith(`${folder}/`);
  const isOutside = (path: string) => path === ".." || path.startsWith("../");
  return {
    isOutside,
    read: (path) => files.get(posix.normalize(path)),
    hasFolder: (path) => [...files.keys()].some((file) => isBelow(file, path)),
    list: (path) => {
      const names = [...files.keys()].filter((file) => posix.dirname(file) === (path === "" ? "." : path));
      return names.length === 0 ? undefined : names.map((file) => posix.basename(file)).sort();
    },
    findModule: () => undefined,
    environmentVariable: (name) => {
      const value = environment.get(name);
      if (value !== undefined) return { state: "set", value };
      return { state: environment.has(name) ? "unset" : "withheld" };
    },
  };
}
