import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";

interface Places {
  readonly workingDirectory: string;
  /** The user's home folder: neither it nor anything above it is ever a root. */
  readonly home: string;
}

/**
 * The folder that everything which a file names must lie in: its repository. Outside of repositories it is the working directory for what lies
 * there; for other files a folder some levels above, so that the modules beside it can be found and the rest of the machine cannot.
 *
 * @param file absolute path
 */
export function repositoryRoot(file: string, { workingDirectory, home }: Places): string {
  const folders = foldersAbove(file);
  const repository = folders.find((folder) => existsSync(join(folder, ".git")));
  if (repository !== undefined) return repository;
  if (isWithin(file, workingDirectory)) return workingDirectory;
  // The file system's top (`/`, `C:\`) and the folders in it belong to everybody.
  const own = folders.slice(0, -2).filter((folder) => !isWithin(home, folder));
  return own.at(-1) ?? dirname(file);
}

/** The folders that a file lies in, the nearest first. */
function foldersAbove(file: string): readonly string[] {
  const folders = [dirname(file)];
  for (let parent = dirname(file); parent !== dirname(parent);) {
    parent = dirname(parent);
    folders.push(parent);
  }
  return folders;
}

function isWithin(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !/^\.\.[/\\]/.test(inside) && !isAbsolute(inside);
}
