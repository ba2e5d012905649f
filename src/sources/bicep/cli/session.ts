import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { GateError } from "../../../diagnostics/gate-error.ts";
import type { ExpansionScope } from "../../../ports.ts";
import {
  type Compilation,
  type CompiledParameters,
  parseCompilation,
  parseCompiledParameters,
  parseSnapshot,
  parseVersion,
} from "./answers.ts";
import { MAX_MESSAGE_BYTES } from "./frames.ts";
import { RpcConnection } from "./rpc-connection.ts";
import type { Sandbox } from "./sandbox.ts";

/** What the caller of a deployment would supply. */
export interface ExternalInputValue {
  readonly kind: string;
  readonly config?: unknown;
  readonly value: unknown;
}

/** A parameters file to expand. */
export interface SnapshotRequest {
  /** Absolute path of a `.bicepparam` file. */
  readonly path: string;
  readonly scope: ExpansionScope;
  readonly externalInputs?: readonly ExternalInputValue[];
}

/** What bounds one question. */
export interface CallLimits {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

interface SessionOptions {
  /** Absolute path. */
  readonly program: string;
  readonly sandbox: Sandbox;
}

/**
 * A running Bicep CLI. Everything asked of it is on its way when the method returns, so that several questions can be asked at once.
 *
 * @see https://github.com/Azure/bicep/blob/main/src/Bicep.Cli/Rpc/ICliJsonRpcProtocol.cs
 */
export class BicepSession {
  readonly #connection: RpcConnection;

  constructor(connection: RpcConnection) {
    this.#connection = connection;
  }

  /** Starts the program. That it cannot be started shows with the first question. */
  static start({ program, sandbox }: SessionOptions): BicepSession {
    const child: ChildProcessWithoutNullStreams = spawn(program, ["jsonrpc", "--stdio"], {
      env: sandbox.environment,
      cwd: sandbox.folder,
      stdio: "pipe",
      windowsHide: true,
    });
    return new BicepSession(new RpcConnection(child));
  }

  /** `0.36.1` */
  async version(limits: CallLimits): Promise<string> {
    return parseVersion(await this.#connection.request("bicep/version", {}, limits));
  }

  /** The template of a `.bicep` file, and what the compiler says of it. */
  async compile(path: string, limits: CallLimits): Promise<Compilation> {
    return parseCompilation(await this.#connection.request("bicep/compile", { path }, limits));
  }

  /** The parameters of a `.bicepparam` file with the template that it is for, and what the compiler says of both. */
  async compileParams(path: string, limits: CallLimits): Promise<CompiledParameters> {
    const params = { path, parameterOverrides: {} };
    return parseCompiledParameters(await this.#connection.request("bicep/compileParams", params, limits));
  }

  /** What the deployment of a parameters file would do, as the JSON text of Microsoft's offline engine. @throws RpcRefusal when it does not compile */
  async getSnapshot({ path, scope, externalInputs }: SnapshotRequest, limits: CallLimits): Promise<string> {
    const params = { path, metadata: scope, ...(externalInputs === undefined ? {} : { externalInputs }) };
    return parseSnapshot(await this.#connection.request("bicep/getSnapshot", params, limits));
  }

  /** Ends the program. */
  close(): Promise<void> {
    return this.#connection.close();
  }
}

/** What a command printed, however it ended. */
export interface CommandResult {
  readonly succeeded: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one command of a CLI that knows no JSON-RPC.
 *
 * @throws GateError BICEP_CLI_FAILED when it cannot be started, takes too long or prints too much
 */
export async function runCommand(
  { program, sandbox }: SessionOptions,
  args: readonly string[],
  { timeoutMs, signal }: CallLimits,
): Promise<CommandResult> {
  const { environment: env, folder: cwd } = sandbox;
  const options = { env, cwd, timeout: timeoutMs, maxBuffer: MAX_MESSAGE_BYTES, signal, windowsHide: true } as const;
  try {
    const { stdout, stderr } = await promisify(execFile)(program, [...args], { ...options, killSignal: "SIGKILL" });
    return { succeeded: true, stdout, stderr };
  } catch (cause) {
    if (signal.aborted) throw cause;
    if (isExit(cause)) return { succeeded: false, stdout: cause.stdout, stderr: cause.stderr };
    const message = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    throw new GateError("BICEP_CLI_FAILED", `the Bicep CLI failed: ${message}`, { cause });
  }
}

/** Whether the command ended by itself, with a code that is not 0 or a crash. */
function isExit(error: unknown): error is Error & { readonly stdout: string; readonly stderr: string } {
  if (!(error instanceof Error) || !("code" in error) || !("stdout" in error)) return false;
  const crashed = error.code === null && "killed" in error && error.killed === false;
  return typeof error.code === "number" || crashed;
}
