import { createHash } from "node:crypto";
import { canonical } from "../json.ts";
import { diffOf, patchOf, type Hunk } from "./diff.ts";

/** The files of a commit: repository-relative path to content. */
export type Files = Readonly<Record<string, string>>;

interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly files: Files;
}

/** How one file differs between two commits. */
export interface FileChange {
  readonly path: string;
  readonly status: "added" | "removed" | "modified" | "renamed";
  /** Where a renamed file was. */
  readonly previousPath?: string;
  /** Of the new content; of the old one for removed files. */
  readonly blobSha: string;
  readonly hunks: readonly Hunk[];
  /** GitHub's patch; empty for a pure rename. */
  readonly patch: string;
}

/** The SHA-1 that git gives a file with this content. */
export function blobSha(content: string): string {
  const bytes = Buffer.from(content, "utf8");
  return createHash("sha1")
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest("hex");
}

/** Commits, branches and files: as much of git as pull requests need. */
export class GitRepository {
  readonly #commits = new Map<string, Commit>();
  readonly #refs = new Map<string, string>();

  /** Adds a commit with exactly `files` and gives back its id. The same content and parents give the same id. */
  commit(files: Files, parents: readonly string[] = []): string {
    const sha = createHash("sha1")
      .update(canonical([files, parents]))
      .digest("hex");
    this.#commits.set(sha, { sha, parents, files });
    return sha;
  }

  /** Points `ref` (`refs/heads/main`) at a commit. */
  point(ref: string, sha: string): void {
    this.#refs.set(ref, sha);
  }

  /** The commit that a full ref, a branch, a tag or a SHA names; undefined when there is none. */
  resolve(name: string): string | undefined {
    if (this.#commits.has(name)) return name;
    const full = [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`];
    return full.map((ref) => this.#refs.get(ref)).find((sha) => sha !== undefined);
  }

  /** The files of a commit. @throws Error when there is no such commit */
  files(sha: string): Files {
    return this.#get(sha).files;
  }

  parents(sha: string): readonly string[] {
    return this.#get(sha).parents;
  }

  /** The branches, by short name. */
  branches(): readonly string[] {
    return [...this.#refs.keys()].filter((ref) => ref.startsWith("refs/heads/")).map((ref) => ref.slice(11));
  }

  /** The nearest commit that both have behind them; undefined when they share none. */
  mergeBase(one: string, other: string): string | undefined {
    const behind = new Set(this.#ancestors(one));
    return this.#ancestors(other).find((sha) => behind.has(sha));
  }

  /** The commits behind `head` that are not behind `base`, newest last. */
  between(base: string, head: string): readonly string[] {
    const known = new Set(this.#ancestors(base));
    return this.#ancestors(head)
      .filter((sha) => !known.has(sha))
      .toReversed();
  }

  /** What changed from `base` to `head`, by path. */
  changes(base: string, head: string): readonly FileChange[] {
    const [before, after] = [this.files(base), this.files(head)];
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
    const changes = paths.flatMap((path) => changeOf(path, before[path], after[path]));
    return withRenames(changes, before, after);
  }

  #get(sha: string): Commit {
    const commit = this.#commits.get(sha);
    if (commit === undefined) throw new Error(`no commit ${sha}`);
    return commit;
  }

  /** Nearest first, the commit itself included. */
  #ancestors(sha: string): readonly string[] {
    const found = new Set([sha]);
    for (const one of found) for (const parent of this.parents(one)) found.add(parent);
    return [...found];
  }
}

function changeOf(path: string, before: string | undefined, after: string | undefined): readonly FileChange[] {
  if (before === after) return [];
  const hunks = diffOf(before ?? "", after ?? "");
  const status = before === undefined ? "added" : after === undefined ? "removed" : "modified";
  return [{ path, status, blobSha: blobSha(after ?? before ?? ""), hunks, patch: patchOf(hunks) }];
}

/** A removed and an added file of equal content are one rename. */
function withRenames(changes: readonly FileChange[], before: Files, after: Files): readonly FileChange[] {
  const removed = changes.filter(({ status }) => status === "removed");
  const renames = changes.flatMap((change): readonly (readonly [FileChange, FileChange])[] => {
    const source = removed.find(({ path }) => change.status === "added" && before[path] === after[change.path]);
    return source === undefined ? [] : [[source, change]];
  });
  const replaced = new Map(renames.map(([source, change]) => [change, source]));
  const gone = new Set(renames.map(([source]) => source));
  return changes
    .filter((change) => !gone.has(change))
    .map((change) => {
      const source = replaced.get(change);
      if (source === undefined) return change;
      const { path, blobSha: sha } = change;
      return { path, status: "renamed", previousPath: source.path, blobSha: sha, hunks: [], patch: "" };
    });
}
