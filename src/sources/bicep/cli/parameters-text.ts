import { relative, sep } from "node:path";
import { GateError } from "../../../diagnostics/gate-error.ts";
import type { Value } from "../../../expression/value.ts";
import { findPathFault } from "../workspace/paths.ts";
import { printBicep, quote } from "./bicep-text.ts";

interface ParametersTextOptions {
  /** Absolute path of the folder that the parameters file will stand in. */
  readonly folder: string;
  /** Absolute path of the template. */
  readonly template: string;
  readonly parameters: ReadonlyMap<string, Value>;
}

/**
 * A `.bicepparam` file that gives a template these parameters. The compiler takes each as it is and leaves it to the engine to judge it.
 *
 * @throws GateError BICEP_CLI_FAILED when a parameters file cannot express it
 */
export function parametersText({ folder, template, parameters }: ParametersTextOptions): string {
  const path = relative(folder, template).split(sep).join("/");
  if (findPathFault(path) !== undefined) throw inexpressible(`the path ${path}`);
  return [`using ${quote(path)}`, ...[...parameters].map(([name, value]) => assignment(name, value)), ""].join("\n");
}

function assignment(name: string, value: Value): string {
  if (!/^[A-Za-z_]\w*$/.test(name)) throw inexpressible(`a parameter named ${name}`);
  const text = printBicep(value, name);
  if (text === null) throw inexpressible(`the value of ${name}`);
  return `param ${name} = any(${text})`;
}

function inexpressible(what: string): GateError {
  return new GateError("BICEP_CLI_FAILED", `a parameters file cannot express ${what}`);
}
