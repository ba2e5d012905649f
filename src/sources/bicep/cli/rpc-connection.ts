import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { GateError } from "../../../diagnostics/gate-error.ts";
import { isRecord } from "../../../lib/is-record.ts";
import { FrameReader, toFrame } from "./frames.ts";

/** Of what the program says on standard error, this much is kept. */
const MAX_STDERR_CHARS = 16 * 1024;

/** How long what a child has written is waited for after its end. */
const DRAIN_MS = 1000;

/** Lines shown of the beginning and of the end: a crash says first what it is, and last where. */
const SHOWN_LINES = { first: 8, last: 12 };

/** An answer that says why there is no result. */
export class RpcRefusal extends Error {
  override readonly name = "RpcRefusal";
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** What bounds a request. */
export interface RequestLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * JSON-RPC 2.0 with a child process over its standard streams. Whatever the child does, each request ends: with a result, with its
 * refusal, or with BICEP_CLI_FAILED, after which the child is killed and nothing more is asked.
 */
export class RpcConnection {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #reader = new FrameReader();
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  #lastId = 0;
  #stderr = "";
  #failure: GateError | null = null;

  constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once("error", (cause) => {
        this.#fail(`cannot be started: ${cause.message}`);
        resolve(); // nothing runs, so nothing will exit
      });
      child.once("exit", (code, signal) => {
        this.#whenDrained(() => this.#fail(`ended with ${code === null ? (signal ?? "a signal") : `code ${code}`}`));
        resolve();
      });
    });
    child.stdin.on("error", (cause) => this.#fail(`takes no more requests: ${cause.message}`));
    child.stdout.on("error", (cause) => this.#fail(`cannot be read: ${cause.message}`));
    child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    child.stderr.setEncoding("utf8").on("data", (text: string) => this.#keep(text));
    child.stderr.on("error", () => undefined); // only what is shown of a failure is lost
  }

  /**
   * The result of a method. The request is on its way when this returns.
   *
   * @throws RpcRefusal when the child answers with an error, GateError BICEP_CLI_FAILED when it does not answer, the signal's reason when aborted
   */
  request(method: string, params: object, { timeoutMs, signal }: RequestLimits): Promise<unknown> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (signal.aborted) return Promise.reject(reasonOf(signal));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(`did not answer ${method} within ${timeoutMs / 1000} s`), timeoutMs);
      const onAbort = () => settle(() => reject(reasonOf(signal)));
      const settle = (act: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
        this.#waiting.delete(id);
        act();
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.set(id, {
        resolve: (result) => settle(() => resolve(result)),
        reject: (error) => settle(() => reject(error)),
      });
      this.#child.stdin.write(toFrame({ jsonrpc: "2.0", id, method, params }));
    });
  }

  /** Ends the child, at once; when this returns it runs no more. */
  async close(): Promise<void> {
    this.#fail("was closed");
    await this.#ended;
  }

  #receive(chunk: Buffer): void {
    if (this.#failure !== null) return;
    try {
      for (const body of this.#reader.push(chunk)) this.#answer(JSON.parse(body));
    } catch (error) {
      this.#fail(`does not keep to the protocol: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Notifications, and answers to what nobody waits for any more, say nothing. */
  #answer(message: unknown): void {
    if (!isRecord(message)) throw new TypeError("a message is no object");
    const { id, error, result } = message;
    const waiting = typeof id === "number" ? this.#waiting.get(id) : undefined;
    if (waiting === undefined) return;
    if (error === undefined || error === null) waiting.resolve(result);
    else waiting.reject(new RpcRefusal(isRecord(error) ? String(error["message"]) : "no reason given"));
  }

  /** A child may end before all that it wrote has been read. */
  #whenDrained(act: () => void): void {
    const open = [this.#child.stdout, this.#child.stderr].filter(
      (stream) => !stream.readableEnded && !stream.destroyed,
    );
    let count = open.length;
    if (count === 0) return act();
    for (const stream of open) {
      stream.once("close", () => {
        count -= 1;
        if (count === 0) act();
      });
    }
    // A grandchild that holds a stream open must not keep us waiting.
    setTimeout(act, DRAIN_MS).unref();
  }

  #fail(what: string): void {
    if (this.#failure !== null) return;
    this.#failure = new GateError("BICEP_CLI_FAILED", `the Bicep CLI ${what}`, { details: linesOf(this.#stderr) });
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    const { stdin, stdout, stderr } = this.#child;
    this.#child.kill("SIGKILL");
    for (const stream of [stdin, stdout, stderr]) stream.destroy();
  }

  #keep(text: string): void {
    const all = this.#stderr + text;
    const half = MAX_STDERR_CHARS / 2;
    this.#stderr = all.length <= MAX_STDERR_CHARS ? all : all.slice(0, half) + all.slice(-half);
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new DOMException("aborted", "AbortError");
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const { first, last } = SHOWN_LINES;
  return lines.length <= first + last ? lines : [...lines.slice(0, first), ...lines.slice(-last)];
}
