import { execFile } from "node:child_process";
import { access, constants, mkdtemp, rm } from "node:fs/promises";
import { platform, tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { GateError } from "../../diagnostics/gate-error.ts";
import { isRecord } from "../../lib/is-record.ts";
import type { BicepCompiler, CompiledTemplate } from "../../ports.ts";

/** A compilation that takes longer is given up. */
const DEADLINE_MS = 120_000;

/** Largest compiled template that is read; ARM refuses more than 4 MB. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

interface CompilerOptions {
  readonly workingDirectory: string;
  /** Where the program may be: the value of `BICEP_PATH`, and that of `PATH`. */
  readonly bicepPath: string | undefined;
  readonly searchPath: string;
}

/**
 * The Bicep CLI that is on the machine. It reads files of strangers, so its whole environment is `PATH` and a home folder of its own, which is
 * removed afterwards.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-cli
 */
export function bicepCli(options: CompilerOptions): BicepCompiler {
  return {
    async compile(path, signal) {
      const program = await findProgram(options);
      const home = await mkdtemp(join(tmpdir(), "portcullis-bicep-"));
      try {
        return await run({ program, path, home, options }, signal);
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
  };
}

async function findProgram({ bicepPath, searchPath }: CompilerOptions): Promise<string> {
  const names = platform() === "win32" ? ["bicep.exe"] : ["bicep"];
  const candidates = [
    ...(bicepPath === undefined ? [] : [bicepPath]),
    ...searchPath
      .split(delimiter)
      .filter(isAbsolute)
      .flatMap((folder) => names.map((name) => join(folder, name))),
  ];
  for (const candidate of candidates) if (await isExecutable(candidate)) return candidate;
  throw new GateError("BICEP_NOT_FOUND", "there is no Bicep CLI on this machine (BICEP_PATH, PATH)");
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // not there, or not to be run
  }
}

interface Compilation {
  readonly program: string;
  readonly path: string;
  readonly home: string;
  readonly options: CompilerOptions;
}

async function run({ program, path, home, options }: Compilation, signal: AbortSignal): Promise<CompiledTemplate> {
  const isParameters = /\.bicepparam$/i.test(path);
  const file = isAbsolute(path) ? path : join(options.workingDirectory, path);
  try {
    const { stdout } = await promisify(execFile)(program, [isParameters ? "build-params" : "build", file, "--stdout"], {
      env: { PATH: options.searchPath, HOME: home, USERPROFILE: home, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" },
      cwd: options.workingDirectory,
      timeout: DEADLINE_MS,
      maxBuffer: MAX_OUTPUT_BYTES,
      signal,
    });
    return isParameters ? parametersOf(stdout, path) : { template: stdout, parameters: null };
  } catch (cause) {
    throw new GateError("BICEP_FAILED", `the Bicep CLI refused ${path}: ${firstError(cause)}`, {
      cause,
      details: diagnosticsOf(cause),
    });
  }
}

function parametersOf(stdout: string, path: string): CompiledTemplate {
  const json: unknown = JSON.parse(stdout);
  const template = isRecord(json) ? json["templateJson"] : undefined;
  const parameters = isRecord(json) ? json["parametersJson"] : undefined;
  if (typeof template !== "string" || typeof parameters !== "string")
    throw new TypeError(`${path} compiles to no template of its own`);
  return { template, parameters };
}

function diagnosticsOf(error: unknown): readonly string[] {
  const stderr = error instanceof Error && "stderr" in error && typeof error.stderr === "string" ? error.stderr : "";
  return stderr
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, 50);
}

function firstError(error: unknown): string {
  const lines = diagnosticsOf(error);
  return (
    lines.find((line) => line.includes(": Error ")) ??
    lines[0] ??
    (error instanceof Error ? error.message : String(error))
  );
}
