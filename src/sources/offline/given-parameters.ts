import { GateError } from "../../diagnostics/gate-error.ts";
import { ArmObject, type ArmValue, isArmArray } from "../../expression/arm-value.ts";
import { placeOf } from "../arm/template/refusal.ts";
import { Unknown } from "../../expression/value.ts";
import type { SourceTree } from "../../ports.ts";
import type { TemplateNode } from "../arm/template/node.ts";
import type { GivenParameters } from "../arm/template/request.ts";
import { toGivenParameters } from "../bicep/lower/lower-parameters.ts";
import { readDocument } from "../document.ts";
import type { BicepFiles } from "./bicep-files.ts";
import { readParameterFile } from "./parameter-file.ts";
import { parameterValue } from "./parameter-value.ts";

/** `NAME=VALUE`; the value may hold anything, line breaks included. */
const ASSIGNMENT = /^(?<name>[A-Za-z_]\w*)=(?<text>[\s\S]*)$/;

/** One of the values of `parameters`, and where it is read from when it is a file. */
export interface ParameterLine {
  readonly text: string;
  readonly tree: SourceTree;
  readonly bicep: BicepFiles;
}

/** Whether a line is `NAME=VALUE`, and not a path. */
export function isAssignment(line: string): boolean {
  return ASSIGNMENT.test(line);
}

/**
 * What each of the lines says: a parameter file in JSON or Bicep, or `NAME=VALUE` for `template`.
 *
 * @throws GateError PARAMETER_INVALID, or what reading a file throws
 */
export async function readGivenParameters(
  lines: readonly ParameterLine[],
  template: TemplateNode,
): Promise<readonly GivenParameters[]> {
  const given: GivenParameters[] = [];
  for (const line of lines) {
    const { name, text } = ASSIGNMENT.exec(line.text)?.groups ?? {};
    if (name === undefined || text === undefined) given.push(await readFile(line));
    else given.push(new Map([[name, { value: parameterValue(template, name, text), node: null }]]));
  }
  return given;
}

async function readFile({ text: path, tree, bicep }: ParameterLine): Promise<GivenParameters> {
  const { text, name } = await readDocument(tree, path);
  if (!/\.bicepparam$/i.test(path)) return readParameterFile(text, name);
  const { parameters } = bicep.lower(path);
  if (parameters === undefined) throw new GateError("PARAMETER_INVALID", `${name} is not a parameters file`);
  return toGivenParameters(parameters);
}

/**
 * @throws GateError PARAMETER_MISSING when a value, or a part of it, waits for an environment variable that may not be read; BCP427 is what
 *   the Bicep compiler calls a variable that it does not find
 */
export function refuseWithheld(given: readonly GivenParameters[]): void {
  for (const parameters of given) {
    for (const [name, { value, node }] of parameters) {
      const withheld = withheldIn(value);
      if (withheld === undefined) continue;
      const place = node === null ? "" : `${placeOf(node)}: `;
      const needed = withheld.expression ?? "the environment";
      throw new GateError("PARAMETER_MISSING", `${place}BCP427: the parameter '${name}' needs ${needed}`, {
        hint: "Name the variable with `--allow-env`, or leave `--strict-parameters` out.",
      });
    }
  }
}

function withheldIn(value: ArmValue): Unknown | undefined {
  if (value instanceof Unknown) return value.reason === "environment" ? value : undefined;
  const parts = isArmArray(value) ? value : value instanceof ArmObject ? [...value.members.values()] : [];
  for (const part of parts) {
    const found = withheldIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
