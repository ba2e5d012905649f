/** What the engine reads of the file system. Paths are as the user gave them, or as `list` returned them. */
export interface SourceTree {
  /** What stands at `path`; `undefined` when nothing does. */
  stat(path: string): Promise<FileStat | undefined>;
  /** The whole file. */
  read(path: string): Promise<Uint8Array>;
  /** Every file below a folder, sorted, version control and dependency folders left out. At most `MAX_LISTED_FILES`. */
  list(folder: string): Promise<readonly string[]>;
  /** How reports name the file: relative to the working directory, with forward slashes, wherever that is possible. */
  nameOf(path: string): string;
}

/** Kind and size of something in the file system. */
export interface FileStat {
  readonly kind: "file" | "folder" | "other";
  readonly sizeBytes: number;
}
