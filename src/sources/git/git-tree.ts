import { posix } from "node:path";
import { GateError } from "../../diagnostics/gate-error.ts";
import type { SourceTree } from "../../ports.ts";
import type { GitRevision } from "./git-revision.ts";

/**
 * A revision as a tree of files, with the paths that the working directory has. `prefix` is that of the working directory below the top of
 * the repository (`infra/`, or empty).
 */
export function gitTree(revision: GitRevision, prefix: string): SourceTree {
  const inRepository = (path: string) => posix.normalize(posix.join(prefix, path.replaceAll("\\", "/")));
  const label = revision.commit.slice(0, 7);
  return {
    nameOf: (path) => posix.normalize(path.replaceAll("\\", "/")),
    async stat(path) {
      const place = inRepository(path);
      const sizeBytes = revision.sizeOf(place);
      if (sizeBytes !== undefined) return { kind: "file", sizeBytes };
      return revision.paths.some((file) => isBelow(file, place)) ? { kind: "folder", sizeBytes: 0 } : undefined;
    },
    async read(path) {
      const content = revision.read(inRepository(path));
      if (content === undefined) throw new GateError("SOURCE_UNREADABLE", `${path} is not in ${label}`);
      return content;
    },
    async list(folder) {
      const place = inRepository(folder);
      return revision.paths.filter((file) => isBelow(file, place)).map((file) => posix.relative(prefix, file));
    },
  };
}

function isBelow(file: string, folder: string): boolean {
  return folder === "." || folder === "./" || file.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}
