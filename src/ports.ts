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

/** The terminal and the files that a command writes to. */
export interface CommandOutput {
  /** Standard output: only what was asked for. */
  print(text: string): void;
  /** One line on standard error. */
  note(line: string): void;
  /** Writes a whole file or nothing. */
  writeFile(path: string, text: string): Promise<void>;
  /** Characters a line of the terminal, and whether it shows colours. */
  readonly terminal: { readonly width: number; readonly colour: boolean };
}

/** The day it is. Nothing else of the time enters a run. */
export interface Clock {
  /** `YYYY-MM-DD` in UTC. */
  today(): string;
}
