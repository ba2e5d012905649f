import { Buffer } from "node:buffer";

/** Larger messages are refused: ARM takes templates of at most 4 MB. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

const MAX_HEADER_BYTES = 4096;
const HEADER_END = "\r\n\r\n";

/** What arrived is no message of the protocol. */
export class FrameError extends Error {
  override readonly name = "FrameError";
}

/**
 * One message with the header that says its length.
 *
 * @see https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#baseProtocol
 */
export function toFrame(message: object): string {
  const body = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}${HEADER_END}${body}`;
}

/** Takes a stream of bytes apart into messages, however it is cut into pieces. Holds at most one message. */
export class FrameReader {
  readonly #maxBytes: number;
  #header = "";
  /** Pieces of the body being read; `null` while reading a header. */
  #body: Buffer[] | null = null;
  #missing = 0;

  constructor(maxBytes = MAX_MESSAGE_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /**
   * The bodies that `chunk` completes.
   *
   * @throws FrameError when a header is malformed, or a message larger than allowed
   */
  push(chunk: Buffer): readonly string[] {
    const messages: string[] = [];
    let rest = chunk;
    while (rest.length > 0) {
      rest = this.#body === null ? this.#takeHeader(rest) : this.#takeBody(rest, this.#body);
      if (this.#body !== null && this.#missing === 0) {
        messages.push(Buffer.concat(this.#body).toString("utf8"));
        this.#body = null;
      }
    }
    return messages;
  }

  #takeHeader(chunk: Buffer): Buffer {
    const before = this.#header.length;
    // No more than a whole header and what ends it, so that a long stretch of garbage is not searched again and again.
    const text = this.#header + chunk.toString("latin1", 0, MAX_HEADER_BYTES);
    const end = text.indexOf(HEADER_END);
    if (end < 0) {
      if (text.length >= MAX_HEADER_BYTES) throw new FrameError("a message has no header");
      this.#header = text;
      return chunk.subarray(chunk.length);
    }
    this.#missing = lengthIn(text.slice(0, end));
    if (this.#missing > this.#maxBytes) throw new FrameError(`a message has ${this.#missing} bytes`);
    this.#header = "";
    this.#body = [];
    return chunk.subarray(end + HEADER_END.length - before);
  }

  #takeBody(chunk: Buffer, body: Buffer[]): Buffer {
    const part = chunk.subarray(0, this.#missing);
    body.push(part);
    this.#missing -= part.length;
    return chunk.subarray(part.length);
  }
}

function lengthIn(header: string): number {
  const found = /^content-length:[ \t]*(?<length>\d{1,15})[ \t]*$/im.exec(header.replaceAll("\r\n", "\n"));
  const length = found?.groups?.["length"];
  if (length === undefined) throw new FrameError("a header names no length");
  return Number(length);
}
