import { GateError } from "../diagnostics/gate-error.ts";
import type { SourceTree } from "../ports.ts";

/** Largest file that is read, in bytes. A what-if of 20,000 resources has about a third of it; ARM refuses templates beyond 4 MB. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024;

/** A file as text, with the name that reports use. */
export interface SourceDocument {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/**
 * Reads a file as text: UTF-8 or, as PowerShell writes redirected output, UTF-16 with a byte order mark.
 *
 * @throws GateError SOURCE_NOT_FOUND, SOURCE_UNREADABLE, SOURCE_TOO_LARGE, SOURCE_EMPTY or SOURCE_BINARY
 */
export async function readDocument(tree: SourceTree, path: string): Promise<SourceDocument> {
  const name = tree.nameOf(path);
  const stat = await tree.stat(path);
  if (stat === undefined) throw new GateError("SOURCE_NOT_FOUND", `${name} does not exist`);
  if (stat.kind !== "file") throw new GateError("SOURCE_UNREADABLE", `${name} is not a regular file`);
  if (stat.sizeBytes > MAX_FILE_BYTES) {
    const size = Math.round(stat.sizeBytes / 1024 / 1024);
    throw new GateError(
      "SOURCE_TOO_LARGE",
      `${name} has ${size} MB; at most ${MAX_FILE_BYTES / 1024 / 1024} MB are read`,
    );
  }
  const text = decode(await tree.read(path));
  if (text.trim() === "") throw new GateError("SOURCE_EMPTY", `${name} is empty`);
  if (text.includes("\0")) throw new GateError("SOURCE_BINARY", `${name} is a binary file`);
  return { path, name, text };
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}
