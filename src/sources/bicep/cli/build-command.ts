import { GateError } from "../../../diagnostics/gate-error.ts";
import { isRecord } from "../../../lib/is-record.ts";
import type { CompiledTemplate } from "../../../ports.ts";
import { isAtLeast } from "./answers.ts";
import type { Sandbox } from "./sandbox.ts";
import { type CallLimits, runCommand } from "./session.ts";

/** Since this version the CLI answers over JSON-RPC. @see https://github.com/Azure/bicep/releases/tag/v0.29.45 */
const ANSWERS_SINCE = [0, 29, 0] as const;

interface BuildRequest {
  readonly program: string;
  readonly sandbox: Sandbox;
  /** Absolute path of a `.bicep` or `.bicepparam` file. */
  readonly path: string;
}

/**
 * Compiles with a CLI that is too old for JSON-RPC, or that does not say how old it is.
 *
 * @returns `null` when the CLI is not too old, does not end when asked for its version, or gives neither a template nor an error of a compiler
 * @throws GateError BICEP_FAILED when it refuses the file
 */
export async function buildCommand(
  { program, sandbox, path }: BuildRequest,
  limits: CallLimits,
  startMs: number,
): Promise<CompiledTemplate | null> {
  const asked = await versionOf({ program, sandbox }, { timeoutMs: startMs, signal: limits.signal });
  // What does not even end when asked for its version would only keep us waiting.
  if (asked === null || (asked !== "" && isAtLeast(asked, ANSWERS_SINCE))) return null;
  const isParameters = /\.bicepparam$/iu.test(path);
  const args = [isParameters ? "build-params" : "build", path, "--stdout", "--no-restore"];
  const { succeeded, stdout, stderr } = await runCommand({ program, sandbox }, args, limits);
  if (!succeeded) throwRefusal(stderr);
  if (!succeeded || readJson(stdout) === undefined) return null;
  return isParameters ? parametersOf(stdout) : { template: stdout, parameters: null };
}

/** Returns when the text says nothing of an error in the file. */
function throwRefusal(stderr: string): void {
  const said = stderr.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const first = said.find((line) => line.includes(": Error "));
  if (first === undefined) return;
  throw new GateError("BICEP_FAILED", `the Bicep CLI refuses: ${first}`, { details: said.slice(0, 50) });
}

/** Empty when it prints none, `null` when the program does not run to its end. */
async function versionOf(
  program: Pick<BuildRequest, "program" | "sandbox">,
  limits: CallLimits,
): Promise<string | null> {
  try {
    const { stdout } = await runCommand(program, ["--version"], limits);
    return /\d+\.\d+\.\d+/u.exec(stdout)?.[0] ?? "";
  } catch (error) {
    if (limits.signal.aborted) throw error;
    return null; // what went wrong before says more
  }
}

function parametersOf(stdout: string): CompiledTemplate {
  const json = readJson(stdout);
  const template = isRecord(json) ? json["templateJson"] : undefined;
  const parameters = isRecord(json) ? json["parametersJson"] : undefined;
  if (typeof template === "string" && typeof parameters === "string") return { template, parameters };
  throw new GateError("BICEP_FAILED", "the parameters file is for no template of its own");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not what a compiler prints
  }
}
