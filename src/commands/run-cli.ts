import type { GateError } from "../diagnostics/gate-error.ts";
import { exitCodeOfKind } from "../hosts/exit-code.ts";
import type { Command } from "../inputs/catalogue.ts";
import { helpText } from "../inputs/help.ts";
import { parseArguments } from "../inputs/parse-arguments.ts";
import { terminal } from "../render/escape.ts";
import { toGateError } from "../sources/loaded-target.ts";
import { VERSION } from "../version.ts";
import { check } from "./check.ts";
import type { CommandPorts, RunCommand } from "./command.ts";
import { merge } from "./merge.ts";
import { plan } from "./plan.ts";
import { rules } from "./rules.ts";

const COMMANDS: Partial<Record<Command, RunCommand>> = { check, plan, rules, merge };

/** Runs the command line and gives the exit code. Whatever goes wrong ends as one message on standard error. */
export async function runCli(argv: readonly string[], ports: CommandPorts, signal: AbortSignal): Promise<number> {
  try {
    const args = parseArguments(argv);
    if (args.command === "help") ports.output.print(helpText(VERSION));
    else if (args.command === "version") ports.output.print(`${VERSION}\n`);
    else return (await COMMANDS[args.command]?.(args, ports, signal)) ?? 70;
    return 0;
  } catch (error) {
    return complain(toGateError(error), ports);
  }
}

function complain(error: GateError, { output }: CommandPorts): number {
  output.note(terminal(`${error.code}: ${error.message}`));
  for (const detail of error.details) output.note(terminal(`  ${detail}`));
  output.note(terminal(`  ${error.hint}`));
  return exitCodeOfKind(error.kind);
}
