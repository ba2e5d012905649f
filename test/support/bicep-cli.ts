import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { number, object, optional, parse, string, unknown } from "valibot";
import { delimiter, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const TIMEOUT_MS = 60_000;

const RpcMessage = object({
  id: number(),
  result: optional(unknown()),
  error: optional(object({ message: string() })),
});

/**
 * The Bicep CLI: that of `BICEP_PATH`, the one that `../shared/tools/bicep-cli` fetches, or the first on `PATH`; `null` when there is
 * none.
 */
export function findBicepCli(): string | null {
  const given = process.env["BICEP_PATH"];
  if (given !== undefined && isExecutable(given)) return given;
  const tool = join(ROOT, "../shared/tools/bicep-cli");
  if (existsSync(tool)) {
    try {
      return execFileSync(tool, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // Neither fetched nor fetchable here: look further.
    }
  }
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, "bicep")).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One `bicep jsonrpc` process, started with the first request and again after it died. */
export class BicepCli {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcessWithoutNullStreams | null = null;
  #buffer = Buffer.alloc(0);
  #id = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws Error with the CLI's message */
  async request(method: string, params: unknown): Promise<unknown> {
    const child = this.#child ?? this.#start();
    this.#id += 1;
    const id = this.#id;
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
      child.stdin.write(body);
    });
  }

  stop(): void {
    this.#child?.kill();
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn(this.#path, ["jsonrpc", "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
    child.stdout.on("data", (chunk: Buffer) => this.#receive(chunk));
    child.stderr.resume();
    child.stdin.on("error", () => undefined);
    child.on("exit", () => {
      this.#child = null;
      this.#buffer = Buffer.alloc(0);
      for (const entry of this.#waiting.values()) this.#settle(entry, new Error("the Bicep CLI ended"));
      this.#waiting.clear();
    });
    this.#child = child;
    return child;
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf("\r\n\r\n");
      const length = Number(
        /Content-Length: *(?<length>\d+)/i.exec(this.#buffer.toString("latin1", 0, head))?.groups?.["length"],
      );
      if (head < 0 || this.#buffer.length < head + 4 + length) return;
      const message = parse(RpcMessage, JSON.parse(this.#buffer.toString("utf8", head + 4, head + 4 + length)));
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      const entry = this.#waiting.get(message.id);
      if (entry === undefined) continue;
      this.#waiting.delete(message.id);
      this.#settle(entry, message.error === undefined ? message.result : new Error(message.error.message));
    }
  }

  #settle(entry: Waiting, outcome: unknown): void {
    clearTimeout(entry.timer);
    if (outcome instanceof Error) entry.reject(outcome);
    else entry.resolve(outcome);
  }
}
