import { execFileSync, spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** A diagnostic of Microsoft's compiler; positions are 0-based. */
export interface CompilerDiagnostic {
  readonly source: string;
  readonly level: "Info" | "Warning" | "Error";
  readonly code: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly char: number } };
}

interface Compilation {
  readonly success: boolean;
  readonly diagnostics: readonly CompilerDiagnostic[];
}

interface Answer {
  readonly id: number;
  readonly result?: Compilation;
  readonly error?: { readonly message: string };
}

function isAnswer(message: unknown): message is Answer {
  return typeof message === "object" && message !== null && "id" in message;
}

interface Waiting {
  readonly resolve: (result: Compilation) => void;
  readonly reject: (error: Error) => void;
}

/** Where the Bicep CLI is; `undefined` when it cannot be had. */
export function findBicepCli(): string | undefined {
  const finder = fileURLToPath(new URL("../../../shared/tools/bicep-cli", import.meta.url));
  if (!existsSync(finder)) return undefined;
  try {
    return execFileSync(finder, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

/**
 * One process of the Bicep CLI, asked over JSON-RPC.
 *
 * @see https://github.com/Azure/bicep/blob/main/docs/experimental/rpc-interface.md
 */
export class BicepCli {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, Waiting>();
  #received = Buffer.alloc(0);
  #lastId = 0;

  constructor(path: string) {
    this.#process = spawn(path, ["jsonrpc", "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
    this.#process.stdout.on("data", (data: Buffer) => {
      this.#received = Buffer.concat([this.#received, data]);
      while (this.#takeMessage());
    });
  }

  /** What the compiler says of the file at `path`, its modules included. */
  async compile(path: string): Promise<Compilation> {
    const isParameters = path.endsWith(".bicepparam");
    return this.#call(isParameters ? "bicep/compileParams" : "bicep/compile", { path, parameterOverrides: {} });
  }

  close(): void {
    this.#process.stdin.end();
    this.#process.kill();
  }

  async #call(method: string, params: object): Promise<Compilation> {
    this.#lastId += 1;
    const id = this.#lastId;
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
      this.#process.stdin.write(body);
    });
  }

  #takeMessage(): boolean {
    const header = this.#received.indexOf("\r\n\r\n");
    if (header < 0) return false;
    const length = Number(
      /Content-Length: (?<length>\d+)/iu.exec(this.#received.toString("utf8", 0, header))?.groups?.["length"],
    );
    const end = header + 4 + length;
    if (this.#received.length < end) return false;
    const message: unknown = JSON.parse(this.#received.toString("utf8", header + 4, end));
    if (!isAnswer(message)) throw new Error("not an answer of the Bicep CLI");
    this.#received = this.#received.subarray(end);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.result === undefined) waiting?.reject(new Error(message.error?.message ?? "no result"));
    else waiting?.resolve(message.result);
    return true;
  }
}
