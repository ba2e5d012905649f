import { posix } from "node:path";
import { GateError } from "../../diagnostics/gate-error.ts";
import type { SourceTree } from "../../ports.ts";
import type { SourceFiles } from "../bicep/workspace/source-files.ts";
import type { GitRevision } from "./git-revision.ts";

interface GitTreeOptions {
  /** How reports name the file at a path below the top of the repository. */
  readonly nameOf: (path: string) => string;
  /** Where registry modules and environment variables come from: no revision has them. */
  readonly outside: Pick<SourceFiles, "read" | "findModule" | "environmentVariable">;
}

/** A revision as a tree of files. Paths are those below the top of the repository. */
export function gitTree(revision: GitRevision, { nameOf, outside }: GitTreeOptions): SourceTree {
  const folders = foldersOf(revision.paths);
  const files: SourceFiles = {
    ...outside,
    nameOf,
    read: (path) => (isModule(path) ? outside.read(path) : revision.read(normal(path))),
    hasFolder: (path) => folders.has(normal(path)),
    list: (path) => folders.get(normal(path)),
    isOutside: (path) => !isModule(path) && /^\.\.(?:\/|$)/.test(normal(path)),
  };
  return {
    nameOf,
    async stat(path) {
      const sizeBytes = revision.sizeOf(normal(path));
      if (sizeBytes !== undefined) return { kind: "file", sizeBytes };
      return folders.has(normal(path)) ? { kind: "folder", sizeBytes: 0 } : undefined;
    },
    async read(path) {
      const content = revision.read(normal(path));
      if (content !== undefined) return content;
      throw new GateError("SOURCE_UNREADABLE", `${nameOf(path)} is not in ${revision.commit.slice(0, 7)}`);
    },
    async list(folder) {
      const start = normal(folder) === "" ? "" : `${normal(folder)}/`;
      return revision.paths.filter((file) => file.startsWith(start));
    },
    surroundingsOf: (path) => ({ root: revision.commit, path: normal(path), files, treePathOf: (inner) => inner }),
  };
}

function isModule(path: string): boolean {
  return /^(?:br|ts):/.test(path);
}

/** The path without steps up and down; empty for the top. */
function normal(path: string): string {
  const normalised = posix.normalize(path.replaceAll("\\", "/")).replace(/\/$/, "");
  return normalised === "." ? "" : normalised;
}

/** The names of the files in each folder, folders with nothing but folders included. */
function foldersOf(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>([["", []]]);
  for (const path of paths) {
    namesIn(folderOf(path), folders).push(posix.basename(path));
  }
  return folders;
}

function namesIn(folder: string, folders: Map<string, string[]>): string[] {
  const known = folders.get(folder);
  if (known !== undefined) return known;
  const names: string[] = [];
  folders.set(folder, names);
  if (folder !== "") namesIn(folderOf(folder), folders);
  return names;
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}
