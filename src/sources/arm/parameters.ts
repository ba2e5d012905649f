import { GateError } from "../../diagnostics/gate-error.ts";
import { isRecord } from "../../lib/is-record.ts";
import type { DeploymentParameters, KeyVaultReference, SourceTree } from "../../ports.ts";
import { readDocument } from "../document.ts";
import { isJsonObject, type Json } from "./json.ts";

/** What a template says of its parameters' types, `{ name: { type } }`. */
interface DeclaredParameters {
  readonly [name: string]: Json;
}

/**
 * The parameters of a deployment out of parameter files and `NAME=VALUE` lines; what comes later wins. The text after `=` is JSON unless the
 * template declares the parameter as a text.
 *
 * @throws GateError PARAMETER_INVALID, or what reading a file throws
 */
export async function readParameters(
  lines: readonly string[],
  declared: DeclaredParameters,
  tree: SourceTree,
): Promise<DeploymentParameters> {
  const parameters = new Map<string, DeploymentParameters[string]>();
  for (const line of lines) {
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    const added =
      name === undefined || value === undefined
        ? await readParameterFile(line, tree)
        : { [name]: { value: valueOf(name, value, declared) } };
    for (const [key, parameter] of Object.entries(added)) parameters.set(key, parameter);
  }
  return Object.fromEntries(parameters);
}

/** `NAME=VALUE`; the value may hold anything, line breaks included. */
const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** The parameters in the text of a parameter file. @throws GateError PARAMETER_INVALID */
export function parseParameterFile(text: string, name: string): DeploymentParameters {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new GateError("PARAMETER_INVALID", `${name} is not valid JSON`, { cause });
  }
  const parameters = isJsonObject(json) ? json["parameters"] : undefined;
  if (!isJsonObject(parameters))
    throw new GateError("PARAMETER_INVALID", `${name} is not a parameter file: it has no object "parameters"`);
  return Object.fromEntries(Object.entries(parameters).map(([key, entry]) => [key, toParameter(key, entry, name)]));
}

async function readParameterFile(path: string, tree: SourceTree): Promise<DeploymentParameters> {
  const { text, name } = await readDocument(tree, path);
  return parseParameterFile(text, name);
}

function toParameter(key: string, entry: Json, file: string): DeploymentParameters[string] {
  if (isJsonObject(entry) && entry["value"] !== undefined) return { value: entry["value"] };
  if (isJsonObject(entry) && isReference(entry["reference"])) return { reference: entry["reference"] };
  throw new GateError("PARAMETER_INVALID", `${file}: parameter ${key} has neither a value nor a Key Vault reference`);
}

function isReference(value: unknown): value is KeyVaultReference {
  return (
    isRecord(value) &&
    typeof value["secretName"] === "string" &&
    isRecord(value["keyVault"]) &&
    typeof value["keyVault"]["id"] === "string"
  );
}

function valueOf(name: string, text: string, declared: DeclaredParameters): Json {
  const declaration = Object.entries(declared).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const type = isJsonObject(declaration) ? declaration["type"] : undefined;
  if (typeof type !== "string" || /^(?:secure)?string$/i.test(type)) return text;
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch (cause) {
    throw new GateError("PARAMETER_INVALID", `the parameter ${name} is of type ${type}, and its value is not JSON`, {
      cause,
    });
  }
}
