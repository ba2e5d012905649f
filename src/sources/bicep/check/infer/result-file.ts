import { parse as parseYaml } from "yaml";
import type { ResultRule } from "../../functions/signature.ts";
import type { FunctionArgument } from "../../syntax/ast.ts";
import { isFoldable } from "../../types/fold.ts";
import { typeOfJson } from "../../types/from-json.ts";
import { ANY, ERROR, FOLDED_STRING, SOME_STRING, arrayOf, stringLiteral, type BicepType } from "../../types/type.ts";
import { parseJson } from "../../workspace/json.ts";
import { selectJson, UNSUPPORTED } from "../../workspace/json-path.ts";
import { findPathFault, resolvePath } from "../../workspace/paths.ts";
import { decodeText } from "../../workspace/source-files.ts";
import { allTexts } from "../../functions/named-types.ts";
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

/** Stands for a text that the compiler works out of literals, and this program does not. */
const UNKNOWN = Symbol("unknown text");

type Constant = string | typeof UNKNOWN;

/** The texts of the arguments, each a literal or worked out of literals; `undefined`, and reported, when one is neither. */
function constantsOf(context: FileContext, { node }: Call): Constant[] | undefined {
  const open = node.arguments.filter(({ value }) => !isFoldable(context.typeOf(value)));
  for (const argument of open) fault(context, ["BCP032", argument]);
  return open.length > 0 ? undefined : node.arguments.map(({ value }) => textOf(context.typeOf(value)));
}

function textOf(type: BicepType): Constant {
  return type.kind === "stringLiteral" ? type.value : UNKNOWN;
}

interface LoadedFile {
  readonly bytes: Uint8Array;
  readonly argument: FunctionArgument;
  /** The texts behind the path. */
  readonly options: readonly Constant[];
}

/** The file that the first argument names: the type of the call without it, when that is all that can be said. */
function loadFile(context: FileContext, call: Call): BicepType | LoadedFile {
  const [argument] = call.node.arguments;
  const [path, ...options] = constantsOf(context, call) ?? [];
  if (argument === undefined || path === undefined) return ERROR;
  if (path === UNKNOWN) return ANY;
  const wrong = findPathFault(path);
  if (wrong !== undefined) return fault(context, [wrong, argument]);
  const resolved = resolvePath(context.file.path, path);
  // What lies outside of the root exists perhaps: others refuse it.
  if (context.sources.isOutside(resolved)) return ANY;
  const bytes = context.sources.read(resolved);
  if (bytes !== undefined) return { bytes, argument, options };
  return fault(context, [context.sources.hasFolder(resolved) ? "BCP275" : "BCP091", argument], path);
}

function fileText(context: FileContext, call: Call): BicepType {
  const file = loadFile(context, call);
  if ("kind" in file) return file;
  const { bytes, argument, options } = file;
  const isText = call.node.name.name === "loadTextContent";
  const [encoding] = options;
  const text = isText ? decodeText(bytes, encoding === UNKNOWN ? undefined : encoding) : "";
  const length = isText ? text.length : bytes.length;
  if (length > MAX_TEXT) return fault(context, ["BCP184", argument], String(MAX_TEXT));
  return isText && encoding !== UNKNOWN ? stringLiteral(text) : FOLDED_STRING;
}

function fileJson(context: FileContext, call: Call, isJson: boolean): BicepType {
  const file = loadFile(context, call);
  if ("kind" in file) return file;
  const [path, encoding] = file.options;
  if (path === UNKNOWN || encoding === UNKNOWN) return ANY;
  const text = decodeText(file.bytes, encoding);
  if (text.length > MAX_JSON) return fault(context, ["BCP184", file.argument], String(MAX_JSON));
  const root = isJson ? parseJson(text) : readYaml(text);
  if (root === undefined) return fault(context, [isJson ? "BCP186" : "BCP340", file.argument]);
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
  const wrong = path === UNKNOWN ? undefined : findPathFault(path);
  if (wrong !== undefined) return fault(context, [wrong, argument]);
  if (path !== UNKNOWN && isMissing(context, resolvePath(context.file.path, path))) {
    return fault(context, ["BCP428", argument], path);
  }
  return arrayOf(allTexts("directoryFileInfo", ["relativePath", "baseName", "extension"]));
}

function isMissing({ sources }: FileContext, folder: string): boolean {
  return !sources.hasFolder(folder) && !sources.isOutside(folder);
}

function environmentVariable(context: FileContext, call: Call): BicepType {
  const constants = constantsOf(context, call);
  const [argument] = call.node.arguments;
  if (constants === undefined || argument === undefined) return ERROR;
  const [name = "", fallback] = constants;
  if (name === UNKNOWN) return SOME_STRING;
  const variable = context.sources.environmentVariable(name);
  if (variable.state === "withheld") return SOME_STRING;
  const value = variable.state === "set" ? variable.value : fallback;
  if (value === undefined) return fault(context, ["BCP427", argument], name);
  return value === UNKNOWN ? FOLDED_STRING : stringLiteral(value);
}

function json(context: FileContext, { node, types }: Call): BicepType {
  const [type] = types;
  const [argument] = node.arguments;
  if (type?.kind !== "stringLiteral" || argument === undefined) return ANY;
  const value = parseJson(type.value);
  return value === undefined ? fault(context, ["BCP186", argument]) : typeOfJson(value);
}
