import type { Arguments } from "../inputs/parse-arguments.ts";
import type { BicepCompiler, Clock, CommandOutput, CompilerAccess, SourceTree } from "../ports.ts";

/** What a command may use of the outside world. */
export interface CommandPorts {
  readonly tree: SourceTree;
  readonly output: CommandOutput;
  readonly clock: Clock;
  readonly workingDirectory: string;
  /** The value of an environment variable. */
  readonly environment: (name: string) => string | undefined;
  /** The Bicep CLI of the machine. */
  readonly openCompiler: (access: CompilerAccess) => Promise<BicepCompiler>;
}

/** Runs a command and gives the exit code. @throws GateError for wrong usage and configuration, which leave no report */
export type RunCommand = (args: Arguments, ports: CommandPorts, signal: AbortSignal) => Promise<number>;
