import { GateError } from "../../diagnostics/gate-error.ts";
import { isRecord } from "../../lib/is-record.ts";
import type { DeploymentParameters, KeyVaultReference, SourceTree } from "../../ports.ts";
import { readDocument } from "../document.ts";
import { isJsonObject, type Json } from "./json.ts";
import { parseJsonc } from "./parse-jsonc.ts";

/** A template, for what it says of the types of its parameters. */
type Template = Readonly<Record<string, Json>>;

/** Longest chain of `$ref` that is followed. */
const MAX_REFERENCES = 32;

/**
 * The parameters of a deployment out of parameter files and `NAME=VALUE` lines; what comes later wins. The text after `=` is JSON unless the
 * template declares the parameter as a text.
 *
 * @throws GateError PARAMETER_INVALID, or what reading a file throws
 */
export async function readParameters(
  lines: readonly string[],
  template: Template,
  tree: SourceTree,
): Promise<DeploymentParameters> {
  const parameters = new Map<string, DeploymentParameters[string]>();
  for (const line of lines) {
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    const added =
      name === undefined || value === undefined
        ? await readParameterFile(line, tree)
        : { [name]: { value: valueOf(name, value, template) } };
    for (const [key, parameter] of Object.entries(added)) parameters.set(key, parameter);
  }
  return Object.fromEntries(parameters);
}

/** `NAME=VALUE`; the value may hold anything, line breaks included. */
const ASSIGNMENT = /^([A-Za-z_]\w*)=([\s\S]*)$/;

/** The parameters in the text of a parameter file. @throws GateError PARAMETER_INVALID */
export function parseParameterFile(text: string, name: string): DeploymentParameters {
  const json = parseJsonc(text, name);
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

function valueOf(name: string, text: string, template: Template): Json {
  const type = declaredType(template, name);
  if (typeof type !== "string" || /^(?:secure)?string$/i.test(type)) return text;
  try {
    return parseJsonc(text, name);
  } catch (cause) {
    throw new GateError("PARAMETER_INVALID", `the parameter ${name} is of type ${type}, and its value is not JSON`, {
      cause,
    });
  }
}

/** The type of a parameter, user-defined types followed to what they are made of. */
function declaredType({ parameters, definitions }: Template, name: string): Json | undefined {
  let declaration = memberOf(parameters, name);
  for (let step = 0; step < MAX_REFERENCES && isJsonObject(declaration); step += 1) {
    if (declaration["type"] !== undefined) return declaration["type"];
    const reference = declaration["$ref"];
    if (typeof reference !== "string") return undefined;
    declaration = memberOf(definitions, reference.replace(/^#\/definitions\//, ""));
  }
  return undefined;
}

function memberOf(object: Json | undefined, name: string): Json | undefined {
  if (!isJsonObject(object)) return undefined;
  return Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
