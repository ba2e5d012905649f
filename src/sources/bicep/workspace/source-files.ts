/** What an environment variable is to a file: `withheld` when it may not be read, so that its value stays unknown. */
export type EnvironmentVariable =
  | { readonly state: "set"; readonly value: string }
  | { readonly state: "unset" }
  | { readonly state: "withheld" };

/**
 * Where source files are read from. Paths are relative to the root, with `/`. What lies outside of the root cannot be read,
 * whatever path leads there. Files of registry modules have paths of their own, which begin with the reference.
 */
export interface SourceFiles {
  /** The whole file; `undefined` when there is none, or when it may not be read. */
  readonly read: (path: string) => Uint8Array | undefined;
  readonly hasFolder: (path: string) => boolean;
  /** The names of the files in a folder, sorted; `undefined` when there is no such folder. */
  readonly list: (path: string) => readonly string[] | undefined;
  /** Whether `path` leads out of the root, so that it is refused whether it exists or not. */
  readonly isOutside: (path: string) => boolean;
  /** The path of the file behind a full reference (`br:registry/repository:tag`, `ts:…`); `undefined` when it is not at hand. */
  readonly findModule: (reference: string) => string | undefined;
  readonly environmentVariable: (name: string) => EnvironmentVariable;
  /** How reports name the file; without it, by its path. */
  readonly nameOf?: (path: string) => string;
}

/** How reports name the file at `path`. */
export function nameOfFile(sources: SourceFiles, path: string): string {
  return sources.nameOf === undefined || /^(?:br|ts):/u.test(path) ? path : sources.nameOf(path);
}

/** The text of a source file, byte order mark included; `undefined` when it cannot be read. */
export function readText(sources: SourceFiles, path: string): string | undefined {
  const bytes = sources.read(path);
  return bytes === undefined ? undefined : new TextDecoder(encodingByMark(bytes), { ignoreBOM: true }).decode(bytes);
}

/**
 * The text of a file that is loaded into another, its byte order mark taken off. The mark decides over `encoding`.
 *
 * @param encoding one of the names that the loading functions know, such as `utf-16BE`
 */
export function decodeText(bytes: Uint8Array, encoding = "utf-8"): string {
  const marked = encodingByMark(bytes);
  const from = marked === "utf-8" ? (DECODERS.get(encoding) ?? marked) : marked;
  if (from === "latin1") return Buffer.from(bytes).toString("latin1");
  if (from === "ascii")
    return Buffer.from(bytes)
      .toString("latin1")
      .replaceAll(/[\u0080-\u00ff]/gu, "?");
  return new TextDecoder(from).decode(bytes);
}

const DECODERS: ReadonlyMap<string, string> = new Map([
  ["us-ascii", "ascii"],
  ["iso-8859-1", "latin1"],
  ["utf-16", "utf-16le"],
  ["utf-16BE", "utf-16be"],
]);

function encodingByMark([first, second]: Uint8Array): string {
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";
}
