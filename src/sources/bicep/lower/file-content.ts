import { parse as parseYaml } from "yaml";
import { GateError, isGateError } from "../../../diagnostics/gate-error.ts";
import type { Located, MemberNode, TemplateNode } from "../../arm/template/node.ts";
import { readJsonc } from "../../arm/template/read-jsonc.ts";
import type { FunctionCall, InstanceCall } from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import { selectJson, UNSUPPORTED } from "../workspace/json-path.ts";
import { isJsonObject, parseJson, type JsonValue } from "../workspace/json.ts";
import { resolvePath } from "../workspace/paths.ts";
import { decodeText, nameOfFile, type SourceFiles } from "../workspace/source-files.ts";
import { literalText } from "./body.ts";
import { directoryInfo } from "./directory-info.ts";
import { NodeFactory } from "./nodes.ts";
import { relativePath } from "./relative-path.ts";

/** A call that loads a file, and what it is worked out with. */
export interface Loading {
  readonly path: string;
  readonly sources: SourceFiles;
  readonly nodes: NodeFactory;
}

/**
 * What a call of a function that loads files gives.
 *
 * @throws GateError BICEP_FAILED when the file cannot be read
 */
export function loadContent(loading: Loading, call: FunctionCall | InstanceCall): TemplateNode {
  const [path = "", second, third] = call.arguments.map(({ value }) => literalText(value));
  const { nodes } = loading;
  const resolved = resolvePath(loading.path, path);
  switch (call.name.name) {
    case "loadTextContent":
      return nodes.scalar(decodeText(bytesOf(loading, resolved), second), call);
    case "loadFileAsBase64":
      return nodes.scalar(Buffer.from(bytesOf(loading, resolved)).toString("base64"), call);
    case "loadDirectoryFileInfo":
      return directoryInfo(
        { nodes, names: namesIn(loading, resolved), folder: relativePath(loading.path, resolved) },
        second,
        call,
      );
    default:
      return structuredContent(loading, call, { path: resolved, select: second, encoding: third });
  }
}

interface Structured {
  readonly path: string;
  /** The JSONPath of the part that is asked for. */
  readonly select: string | undefined;
  readonly encoding: string | undefined;
}

function structuredContent(
  loading: Loading,
  call: FunctionCall | InstanceCall,
  { path, select, encoding }: Structured,
): TemplateNode {
  const text = decodeText(bytesOf(loading, path), encoding);
  const isYaml = call.name.name === "loadYamlContent";
  if (!isYaml && select === undefined) {
    const located = locatedJson(text, nameOfFile(loading.sources, path));
    if (located !== undefined) return located;
  }
  const root = isYaml ? readYaml(text) : parseJson(text);
  const selected = root === undefined || select === undefined ? root : selectJson(root, select);
  if (selected === undefined || selected === UNSUPPORTED) throw unreadable(loading, path);
  return jsonNode(loading.nodes, selected, call);
}

function bytesOf(loading: Loading, path: string): Uint8Array {
  const bytes = loading.sources.read(path);
  if (bytes === undefined) throw unreadable(loading, path);
  return bytes;
}

function namesIn(loading: Loading, path: string): readonly string[] {
  const names = loading.sources.list(path);
  if (names === undefined) throw unreadable(loading, path);
  return names;
}

function unreadable({ sources }: Loading, path: string): GateError {
  const why = sources.isOutside(path) ? "lies outside of the repository and is not read" : "cannot be loaded";
  return new GateError("BICEP_FAILED", `${nameOfFile(sources, path)} ${why}`);
}

/** YAML is read as the JSON that it stands for. */
function readYaml(text: string): JsonValue | undefined {
  try {
    return fromYaml(parseYaml(text, { maxAliasCount: 100, intAsBigInt: true }));
  } catch {
    return undefined; // no YAML, which is reported where the file is loaded
  }
}

function fromYaml(value: unknown): JsonValue {
  if (typeof value === "string" || typeof value === "bigint" || typeof value === "boolean") return value;
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.map(fromYaml);
  if (typeof value !== "object" || value === null) return null;
  return new Map(Object.entries(value).map(([name, member]) => [name, fromYaml(member)]));
}

/** A JSON file as a part of a template; everything in it has its place there. `undefined` when it is JSON only to the compiler. */
function locatedJson(text: string, path: string): TemplateNode | undefined {
  try {
    const root = readJsonc(text, path);
    return plainNode(new NodeFactory(root.file), root);
  } catch (error) {
    if (isGateError(error) && error.code === "SOURCE_NOT_JSON") return undefined;
    throw error;
  }
}

/** Texts that look like expressions are just texts in files that are loaded. */
function plainNode(nodes: NodeFactory, node: TemplateNode): TemplateNode {
  switch (node.kind) {
    case "text":
      return nodes.scalar(node.text, placeOf(node));
    case "array":
      return { ...node, elements: node.elements.map((element) => plainNode(nodes, element)) };
    case "object": {
      const members = [...node.members.values()].map((member) =>
        nodes.authored(member.name, plainNode(nodes, member.value), placeOf(member)),
      );
      return nodes.object(members, placeOf(node));
    }
    default:
      return node;
  }
}

function placeOf({ start, end }: Located): Span {
  return { offset: start, length: end - start };
}

/** A JSON value as a part of a template. */
export function jsonNode(nodes: NodeFactory, value: JsonValue, place: Span): TemplateNode {
  if (Array.isArray(value)) {
    return nodes.array(
      value.map((item: JsonValue) => jsonNode(nodes, item, place)),
      place,
    );
  }
  if (isJsonObject(value)) {
    const members = [...value].map(([name, member]): MemberNode =>
      nodes.authored(name, jsonNode(nodes, member, place), place),
    );
    return nodes.object(members, place);
  }
  return typeof value === "object" && value !== null ? nodes.array([], place) : nodes.scalar(value, place);
}
