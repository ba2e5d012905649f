import { readdir, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join, relative, resolve as absolute, sep } from "node:path";
import { GateError } from "../diagnostics/gate-error.ts";
import type { FileStat, SourceTree } from "../ports.ts";
import { confinedFiles } from "./bicep/workspace/confined-files.ts";
import { repositoryRoot } from "./repository-root.ts";

/** A folder with more files than this is not searched: it is not somebody's infrastructure code. */
const MAX_LISTED_FILES = 50_000;

/** Folders that never hold a repository's own entry files. */
const SKIPPED_FOLDERS = new Set(["node_modules", ".git", ".hg", ".svn", ".terraform", ".pulumi"]);

/** Where Microsoft's compiler keeps the modules that it downloaded. @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules */
const MODULE_CACHE = ".bicep";

/** The file system below `workingDirectory`. */
export function fileTree(workingDirectory: string): SourceTree {
  const resolve = (path: string) => absolute(workingDirectory, path);
  const nameOf = (path: string) => {
    const inside = relative(workingDirectory, resolve(path));
    const outside = inside.startsWith("..") || isAbsolute(inside);
    return (outside ? path : inside || ".").split(sep).join("/");
  };
  return {
    nameOf,
    async stat(path) {
      return statOf(resolve(path));
    },
    async read(path) {
      try {
        return await readFile(resolve(path));
      } catch (cause) {
        throw new GateError("SOURCE_UNREADABLE", `${nameOf(path)} cannot be read (${codeOf(cause)})`, { cause });
      }
    },
    async list(folder) {
      const files: string[] = [];
      await walk(resolve(folder), files);
      return files.sort();
    },
    surroundingsOf(path, { moduleFolders, environment }) {
      const file = resolve(path);
      const root = repositoryRoot(file, { workingDirectory, home: homedir() });
      return {
        root,
        path: relative(root, file).split(sep).join("/"),
        files: confinedFiles({
          root,
          moduleFolders: [...moduleFolders.map(resolve), join(homedir(), MODULE_CACHE)],
          environment,
          nameOf: (inner) => nameOf(join(root, inner)),
        }),
        treePathOf: (inner) => join(root, inner),
      };
    },
  };
}

async function statOf(path: string): Promise<FileStat | undefined> {
  try {
    const found = await stat(path);
    return { kind: found.isFile() ? "file" : found.isDirectory() ? "folder" : "other", sizeBytes: found.size };
  } catch {
    return undefined; // not there, or not for us to see: the same to whoever named it
  }
}

async function walk(folder: string, files: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) await walk(join(folder, entry.name), files);
    else if (entry.isFile()) files.push(join(folder, entry.name));
    if (files.length > MAX_LISTED_FILES) {
      throw new GateError("SOURCE_TOO_LARGE", `the folder holds more than ${MAX_LISTED_FILES} files`, {
        hint: "Name the files to judge.",
      });
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
}
