import { parse as parseYaml } from "yaml";
import type { ResultRule } from "../../functions/signature.ts";
import type { Expression, FunctionArgument } from "../../syntax/ast.ts";
import { typeOfJson } from "../../types/from-json.ts";
import { ANY, ERROR, FOLDED_STRING, SOME_STRING, arrayOf, stringLiteral, type BicepType } from "../../types/type.ts";
import { parseJson } from "../../workspace/json.ts";
import { selectJson, UNSUPPORTED } from "../../workspace/json-path.ts";
import { findPathFault, resolvePath } from "../../workspace/paths.ts";
import { decodeText } from "../../workspace/source-files.ts";
import { allTexts } from "../../functions/named-types.ts";
import { checkConstant } from "../constant.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";
import type { Call } from "./arguments.ts";

const MAX_TEXT = 131_072;
const MAX_JSON = 1_048_576;

/** The types of the functions that read files, texts in them, or the environment; `undefined` for other functions. */
export function inferFileResult(context: FileContext, call: Call, rule: ResultRule): BicepType | undefined {
  switch (rule) {
    case "fileText":
      return fileText(context, call);
    case "fileJson":
    case "fileYaml":
      return fileJson(context, call, rule === "fileJson");
    case "directoryInfo":
      return directoryInfo(context, call);
    case "environmentVariable":
      return environmentVariable(context, call);
    case "json":
      return json(context, call);
    default:
      return undefined;
  }
}

/** The literal texts of the arguments; `undefined`, and reported, when one is not constant. */
function constantsOf(context: FileContext, { node }: Call): (string | undefined)[] | undefined {
  const checked = node.arguments.map(({ value }) => checkConstant(context, value));
  return checked.includes(false) ? undefined : node.arguments.map(({ value }) => textOf(value));
}

function textOf(node: Expression): string | undefined {
  return node.kind === "string" && node.holes.length === 0 ? node.segments[0] : undefined;
}

interface LoadedFile {
  readonly bytes: Uint8Array;
  readonly argument: FunctionArgument;
}

function loadFile(
  context: FileContext,
  { node }: Call,
  [path]: readonly (string | undefined)[],
): LoadedFile | undefined {
  const [argument] = node.arguments;
  if (argument === undefined || path === undefined) return undefined;
  const wrong = findPathFault(path);
  if (wrong !== undefined) {
    fault(context, [wrong, argument]);
    return undefined;
  }
  const resolved = resolvePath(context.file.path, path);
  const bytes = context.sources.read(resolved);
  if (bytes !== undefined) return { bytes, argument };
  // What lies outside of the root exists perhaps: others refuse it.
  if (context.sources.isOutside(resolved)) return undefined;
  fault(context, [context.sources.hasFolder(resolved) ? "BCP275" : "BCP091", argument], path);
  return undefined;
}

function fileText(context: FileContext, call: Call): BicepType {
  const constants = constantsOf(context, call);
  const file = constants === undefined ? undefined : loadFile(context, call, constants);
  if (file === undefined) return ERROR;
  const isText = call.node.name.name === "loadTextContent";
  const text = isText ? decodeText(file.bytes, constants?.[1]) : "";
  const length = isText ? text.length : file.bytes.length;
  if (length > MAX_TEXT) return fault(context, ["BCP184", file.argument], String(MAX_TEXT));
  return isText ? stringLiteral(text) : FOLDED_STRING;
}

function fileJson(context: FileContext, call: Call, isJson: boolean): BicepType {
  const constants = constantsOf(context, call);
  const file = constants === undefined ? undefined : loadFile(context, call, constants);
  if (file === undefined || constants === undefined) return ERROR;
  const text = decodeText(file.bytes, constants[2]);
  if (text.length > MAX_JSON) return fault(context, ["BCP184", file.argument], String(MAX_JSON));
  const root = isJson ? parseJson(text) : readYaml(text);
  if (root === undefined) return fault(context, [isJson ? "BCP186" : "BCP340", file.argument]);
  const [, path] = constants;
  const [, pathArgument] = call.node.arguments;
  if (path === undefined || pathArgument === undefined) return typeOfJson(root);
  const selected = selectJson(root, path);
  if (selected === undefined) return fault(context, ["BCP235", pathArgument]);
  return selected === UNSUPPORTED ? ANY : typeOfJson(selected);
}

/** YAML is read as the JSON that it stands for. */
function readYaml(text: string): ReturnType<typeof parseJson> {
  try {
    const value: unknown = parseYaml(text, { maxAliasCount: 100 });
    return parseJson(JSON.stringify(value ?? null));
  } catch {
    return undefined;
  }
}

function directoryInfo(context: FileContext, call: Call): BicepType {
  const constants = constantsOf(context, call);
  const [argument] = call.node.arguments;
  const [path] = constants ?? [];
  if (path === undefined || argument === undefined) return ERROR;
  const wrong = findPathFault(path);
  if (wrong !== undefined) return fault(context, [wrong, argument]);
  if (!context.sources.hasFolder(resolvePath(context.file.path, path))) {
    return fault(context, ["BCP428", argument], path);
  }
  return arrayOf(allTexts("directoryFileInfo", ["relativePath", "baseName", "extension"]));
}

function environmentVariable(context: FileContext, call: Call): BicepType {
  const constants = constantsOf(context, call);
  const [argument] = call.node.arguments;
  if (constants === undefined || argument === undefined) return ERROR;
  const [name = "", fallback] = constants;
  const variable = context.sources.environmentVariable(name);
  const value = variable.state === "set" ? variable.value : fallback;
  if (value !== undefined) return stringLiteral(value);
  return variable.state === "withheld" ? SOME_STRING : fault(context, ["BCP427", argument], name);
}

function json(context: FileContext, { node, types }: Call): BicepType {
  const [type] = types;
  const [argument] = node.arguments;
  if (type?.kind !== "stringLiteral" || argument === undefined) return ANY;
  const value = parseJson(type.value);
  return value === undefined ? fault(context, ["BCP186", argument]) : typeOfJson(value);
}
