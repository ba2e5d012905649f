import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { platform } from "node:os";
import { delimiter, isAbsolute, join, posix, sep } from "node:path";
import { GateError } from "../../diagnostics/gate-error.ts";

/** Listing a revision of the largest repositories known takes tens of megabytes. */
const MAX_LISTING_BYTES = 256 * 1024 * 1024;

/** The files of a repository as one revision has them, read from git's own store: nothing is checked out, and no filter or hook runs. */
export interface GitRevision {
  /** The full commit id. */
  readonly commit: string;
  /** Size in bytes of a file; `undefined` where there is none. Symbolic links and submodules are no files. */
  sizeOf(path: string): number | undefined;
  /** The whole file; `undefined` where there is none. */
  read(path: string): Uint8Array | undefined;
  /** Paths of all files, sorted, relative to the top of the repository, with `/`. */
  readonly paths: readonly string[];
}

interface Blob {
  readonly object: string;
  readonly size: number;
}

/** Where git runs, and where it is found. */
export interface GitOptions {
  /** A folder of the repository. */
  readonly folder: string;
  /** The value of `PATH`. */
  readonly searchPath: string;
}

/**
 * Opens a revision: a branch, tag or commit.
 *
 * @throws GateError BASE_NOT_FOUND when the repository does not have it, or is none
 */
export function openRevision(options: GitOptions, revision: string): GitRevision {
  const commit = resolve(options, revision);
  const blobs = listBlobs(options, commit);
  return {
    commit,
    paths: [...blobs.keys()].sort(),
    sizeOf: (path) => blobs.get(path)?.size,
    read(path) {
      const blob = blobs.get(path);
      return blob === undefined ? undefined : git(options, ["cat-file", "blob", blob.object], blob.size + 1024);
    },
  };
}

/** The commit from which two revisions went apart; `null` when the repository does not show one, as in a shallow clone. */
export function mergeBase(options: GitOptions, one: string, other: string): string | null {
  try {
    return text(git(options, ["merge-base", "--end-of-options", one, other])).trim();
  } catch {
    return null; // git says no more than that there is none
  }
}

function resolve(options: GitOptions, revision: string): string {
  try {
    const found = git(options, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
    return text(found).trim();
  } catch (cause) {
    throw new GateError("BASE_NOT_FOUND", `${revision} is neither a folder nor a revision of this repository`, {
      cause,
    });
  }
}

function listBlobs(options: GitOptions, commit: string): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  const listing = text(git(options, ["ls-tree", "-r", "-z", "--long", "--full-tree", commit], MAX_LISTING_BYTES));
  for (const entry of listing.split("\0")) {
    const [, mode, object, size, path] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(entry) ?? [];
    if (path === undefined || object === undefined || mode === SYMBOLIC_LINK) continue;
    blobs.set(posix.normalize(path), { object, size: Number(size) });
  }
  return blobs;
}

const SYMBOLIC_LINK = "120000";

/**
 * Configuration that wins over that of the repository, which the author of a change may have written: no program of theirs is started and
 * no server is asked. In containers the checkout often belongs to another user, which alone is no reason to refuse it.
 */
const CONFIGURATION = ["safe.directory=*", "protocol.allow=never", "core.fsmonitor=false"].flatMap((setting) => [
  "-c",
  setting,
]);

function git({ folder, searchPath }: GitOptions, args: readonly string[], maxBuffer = 1024 * 1024): Uint8Array {
  return execFileSync(findGit(searchPath), [...CONFIGURATION, ...args], {
    cwd: folder,
    maxBuffer,
    stdio: ["ignore", "pipe", "pipe"],
    // Without a home there is no configuration of the user; without lazy fetches a partial clone asks no server.
    env: { PATH: searchPath, GIT_NO_LAZY_FETCH: "1", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" },
  });
}

/** Only folders of `PATH` count: on Windows a bare name would also be found in the repository itself. */
function findGit(searchPath: string): string {
  const name = platform() === "win32" ? "git.exe" : "git";
  const folders = searchPath.split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? join(sep, name);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
