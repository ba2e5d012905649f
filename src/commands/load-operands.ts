import { toLoadOptions } from "../inputs/load-options.ts";
import type { Arguments } from "../inputs/parse-arguments.ts";
import { type LoadedTargets, loadTargets } from "../sources/load-targets.ts";
import type { CommandPorts } from "./command.ts";

/** What the files and folders of the command line come to; without any, the working directory. */
export async function loadOperands(args: Arguments, ports: CommandPorts, signal: AbortSignal): Promise<LoadedTargets> {
  const { tree, environment } = ports;
  const base = args.value("base");
  const options = toLoadOptions(args, {
    environment,
    base:
      base === undefined
        ? null
        : { name: base, mergedInto: null, isAsked: true, searchPath: environment("PATH") ?? "" },
  });
  return loadTargets(args.operands.length === 0 ? ["."] : args.operands, {
    tree,
    options,
    signal,
    openCompiler: ports.openCompiler,
    isSignedIn: false, // the command line does not ask Azure
  });
}
