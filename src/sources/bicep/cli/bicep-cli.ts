import { writeFile } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { GateError, isGateError } from "../../../diagnostics/gate-error.ts";
import type { BicepCompiler, CompiledTemplate, Expansion, ExpansionRequest } from "../../../ports.ts";
import { confinedFiles } from "../workspace/confined-files.ts";
import type { SourceFiles } from "../workspace/source-files.ts";
import { loadWorkspace } from "../workspace/workspace.ts";
import { type CompilerDiagnostic, diagnosticLine, isAtLeast } from "./answers.ts";
import { buildCommand } from "./build-command.ts";
import { findProgram, type ProgramPlaces } from "./find-program.ts";
import { guard } from "./guard.ts";
import type { ModuleArtifact } from "./module-artifact.ts";
import { parametersText } from "./parameters-text.ts";
import { RpcRefusal } from "./rpc-connection.ts";
import { makeSandbox, type Sandbox } from "./sandbox.ts";
import { BicepSession, type CallLimits, type SnapshotRequest } from "./session.ts";
import { referencesOf, type SourceReferences } from "./source-references.ts";

/** How long the program may take, in milliseconds. */
export interface CliTimes {
  /** To start and say its version. */
  readonly startMs: number;
  readonly compileMs: number;
  readonly expandMs: number;
}

export interface BicepCliOptions extends ProgramPlaces {
  /** The repository: what lies outside of it is not read. Absolute. */
  readonly root: string;
  /** The variables that files may read, those that are not set included. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** Folders with vendored registry modules. Absolute. */
  readonly moduleFolders: readonly string[];
  readonly times?: Partial<CliTimes>;
}

const TIMES: CliTimes = { startMs: 10_000, compileMs: 120_000, expandMs: 20_000 };

/** The first version with `bicep/getSnapshot`. @see https://github.com/Azure/bicep/releases/tag/v0.36.1 */
const EXPANDS_SINCE = [0, 36, 1] as const;

const NOTHING_REFERENCED = { registryReferences: [], configFiles: [], environmentVariables: [], unclear: [] } as const;

/**
 * The Bicep CLI that is on the machine. It is a program that reads files of strangers: it is started only after they were looked at, with
 * an environment and a home of its own, and does not outlive the question.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-cli
 */
export function bicepCli(options: BicepCliOptions): BicepCompiler {
  return new BicepCli(options);
}

/** Lets a .NET program run on a machine without ICU, which it otherwise refuses. @see https://aka.ms/dotnet-missing-libicu */
const WITHOUT_ICU = { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" };

interface Confined {
  /** Absolute path of the entry file. */
  readonly path: string;
  readonly modules: readonly ModuleArtifact[];
  readonly readsEnvironment: boolean;
}

class BicepCli implements BicepCompiler {
  readonly #options: BicepCliOptions;
  readonly #times: CliTimes;

  constructor(options: BicepCliOptions) {
    this.#options = options;
    this.#times = { ...TIMES, ...options.times };
  }

  async compile(path: string, signal: AbortSignal): Promise<CompiledTemplate> {
    const program = await findProgram(this.#options);
    const confined = this.#confine(path);
    return this.#inSandbox(confined, async (sandbox) => {
      const session = BicepSession.start({ program, sandbox });
      const limits = { timeoutMs: this.#times.compileMs, signal };
      try {
        await session.version({ timeoutMs: this.#times.startMs, signal });
        return await this.#compileWith(session, confined.path, limits);
      } catch (error) {
        await session.close();
        const built = await buildCommand({ program, sandbox, path: confined.path }, limits, this.#times.startMs);
        if (built === null) throw this.#explain(error, path);
        return built;
      } finally {
        await session.close();
      }
    });
  }

  async expand(request: ExpansionRequest, signal: AbortSignal): Promise<Expansion> {
    const program = await findProgram(this.#options);
    const confined = this.#confine(request.path);
    return this.#inSandbox(confined, async (sandbox) => {
      const question = { path: await entryFor(confined.path, request, sandbox.folder), scope: request.scope };
      const session = BicepSession.start({ program, sandbox });
      try {
        const snapshot = await this.#snapshotOf(session, question, signal);
        return { snapshot, readsEnvironment: confined.readsEnvironment };
      } catch (error) {
        throw this.#explain(error, request.path);
      } finally {
        await session.close();
      }
    });
  }

  async #compileWith(session: BicepSession, path: string, limits: CallLimits): Promise<CompiledTemplate> {
    if (/\.bicepparam$/iu.test(path)) {
      const { diagnostics, template, parameters } = await session.compileParams(path, limits);
      if (parameters === null) throw this.#refused(path, diagnostics);
      if (template === null) throw new GateError("BICEP_FAILED", `${this.#nameOf(path)} is for no template of its own`);
      return { template, parameters };
    }
    const { diagnostics, contents } = await session.compile(path, limits);
    if (contents === null) throw this.#refused(path, diagnostics);
    return { template: contents, parameters: null };
  }

  /** Everything is asked before the first answer is there, so that the program works while we do. */
  async #snapshotOf(session: BicepSession, question: SnapshotRequest, signal: AbortSignal): Promise<string> {
    const limits = { timeoutMs: this.#times.expandMs, signal };
    const snapshot = session.getSnapshot(question, limits);
    snapshot.catch(() => undefined); // looked at below
    const version = await session.version(limits);
    if (!isAtLeast(version, EXPANDS_SINCE))
      throw new GateError("BICEP_CLI_FAILED", `the Bicep CLI is of version ${version}; 0.36.1 or later can expand`);
    try {
      return await snapshot;
    } catch (error) {
      if (!(error instanceof RpcRefusal)) throw error;
      const { diagnostics } = await session.compileParams(question.path, limits);
      throw diagnostics.some(({ level }) => level === "Error") ? this.#refused(question.path, diagnostics) : error;
    }
  }

  async #inSandbox<Result>({ modules }: Confined, use: (sandbox: Sandbox) => Promise<Result>): Promise<Result> {
    const { searchPath, environment } = this.#options;
    const set = [...environment].filter((entry): entry is [string, string] => entry[1] !== undefined);
    const sandbox = await makeSandbox({ searchPath, environment: new Map(set), modules });
    try {
      return await use(sandbox);
    } catch (error) {
      if (!lacksIcu(error)) throw error;
      return await use({ ...sandbox, environment: { ...sandbox.environment, ...WITHOUT_ICU } });
    } finally {
      await sandbox.remove();
    }
  }

  /** @throws GateError BICEP_NOT_CONFINED, SOURCE_NOT_FOUND */
  #confine(path: string): Confined {
    const { root, environment, homeFolder, workingDirectory } = this.#options;
    const cache = homeFolder === undefined || !isAbsolute(homeFolder) ? [] : [join(homeFolder, ".bicep")];
    const moduleFolders = [...this.#options.moduleFolders, ...cache];
    const sources = confinedFiles({ root, moduleFolders, environment });
    const entry = resolve(workingDirectory, path);
    const inner = relative(root, entry).split(sep).join("/");
    const references = this.#referencesOf(inner, sources);
    const allowedVariables = new Set(environment.keys());
    const decision = guard(references, { root, sources, moduleFolders, allowedVariables });
    if (!decision.allowed)
      throw new GateError("BICEP_NOT_CONFINED", `the Bicep CLI is not started for ${path}: ${decision.reasons[0]}`, {
        details: decision.reasons.slice(1, 20),
      });
    const readsEnvironment = references.environmentVariables.length > 0;
    return { path: entry, modules: decision.modules, readsEnvironment };
  }

  #referencesOf(path: string, sources: SourceFiles): SourceReferences {
    if (sources.isOutside(path) || !/\.bicep(?:param)?$/iu.test(path))
      return { ...NOTHING_REFERENCED, paths: [path], looksAboveRoot: false };
    const workspace = loadWorkspace(path, sources);
    if (workspace === undefined) throw new GateError("SOURCE_NOT_FOUND", `${path} does not exist or cannot be read`);
    return referencesOf(workspace);
  }

  #refused(path: string, diagnostics: readonly CompilerDiagnostic[]): GateError {
    const name = this.#nameOf(path);
    const named = diagnostics.map((diagnostic) => ({ ...diagnostic, file: this.#nameOf(diagnostic.file) }));
    const errors = named.filter(({ level }) => level === "Error");
    const [first] = errors;
    const reason = first === undefined ? "no reason given" : diagnosticLine(first);
    return new GateError("BICEP_FAILED", `the Bicep CLI refuses ${name}: ${reason}`, {
      details: errors.slice(0, 50).map(diagnosticLine),
      ...(first === undefined ? {} : { serviceCode: first.code }),
    });
  }

  #explain(error: unknown, path: string): unknown {
    if (!(error instanceof RpcRefusal)) return error;
    return new GateError("BICEP_FAILED", `the Bicep CLI refuses ${path}: ${error.message}`, { cause: error });
  }

  /** As reports name it: from the working directory where it lies below it. */
  #nameOf(path: string): string {
    const inside = relative(this.#options.workingDirectory, path);
    return (inside.startsWith("..") || isAbsolute(inside) ? path : inside).split(sep).join("/");
  }
}

function lacksIcu(error: unknown): boolean {
  return isGateError(error) && error.details.some((line) => line.includes("valid ICU package"));
}

/** The parameters file to expand: the target itself, or one that gives a template its parameters. */
async function entryFor(path: string, { parameters }: ExpansionRequest, folder: string): Promise<string> {
  if (parameters === null) return path;
  const file = join(folder, "target.bicepparam");
  await writeFile(file, parametersText({ folder, template: path, parameters }), { mode: 0o600 });
  return file;
}
