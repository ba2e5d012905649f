import type { SourceTree } from "../../src/ports.ts";

/** A file of a tree in memory: its content, or only a size where the content does not matter. */
export type TreeFile = string | Uint8Array | { readonly sizeBytes: number } | { readonly kind: "other" };

/** A tree in memory, by path. A path that others lie below is a folder. Reading what has only a size fails the test. */
export function memoryTree(files: Readonly<Record<string, TreeFile>>): SourceTree {
  const folderOf = (path: string) => (path === "." ? "" : `${path.replace(/\/$/, "")}/`);
  return {
    nameOf: (path) => path.replace(/^\.\//, ""),
    async stat(path) {
      const file = files[path];
      if (file === undefined) {
        const isFolder = Object.keys(files).some((name) => name.startsWith(folderOf(path)));
        return isFolder ? { kind: "folder", sizeBytes: 0 } : undefined;
      }
      if (typeof file === "object" && "kind" in file) return { kind: "other", sizeBytes: 0 };
      const sizeBytes = typeof file === "object" && "sizeBytes" in file ? file.sizeBytes : Buffer.from(file).length;
      return { kind: "file", sizeBytes };
    },
    async read(path) {
      const file = files[path];
      if (typeof file === "string") return Buffer.from(file);
      if (file instanceof Uint8Array) return file;
      throw new Error(`${path} was read`);
    },
    async list(folder) {
      return Object.keys(files)
        .filter((name) => name.startsWith(folderOf(folder)))
        .sort();
    },
    surroundingsOf(path) {
      throw new Error(`the surroundings of ${path} were asked for`);
    },
  };
}
