/** Where source files are read from. The caller confines it to the repository; paths are relative to its root, with `/`. */
export interface SourceFiles {
  /** The text of a file; `undefined` when there is none, or when it may not be read. */
  readonly read: (path: string) => string | undefined;
  /** Whether there is such a folder. Without it, folders are not looked into and no fault is found with them. */
  readonly hasFolder?: (path: string) => boolean;
  /**
   * The path of the file that a reference to a registry (`br:`, `br/`) or template spec (`ts:`, `ts/`) stands for; `undefined`
   * when it is not at hand: the module is then left unresolved.
   */
  readonly resolveModule?: (reference: string) => string | undefined;
  /** The value of an environment variable, for parameters files that read one. Without it there are none. */
  readonly environmentVariable?: (name: string) => string | undefined;
}
