import type { Json } from "./json.ts";
import type { TemplateNode } from "./template/node.ts";
import { readJsonc } from "./template/read-jsonc.ts";

/**
 * The value of JSON as ARM's tools take it: with comments, trailing commas and line breaks in texts.
 *
 * @param name the file as reports name it
 * @throws GateError SOURCE_NOT_JSON with line and column, SOURCE_TOO_DEEP, SOURCE_TOO_LARGE
 */
export function parseJsonc(text: string, name: string): Json {
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch {
    return toJson(readJsonc(text, name)); // which says where the fault is
  }
}

function toJson(node: TemplateNode): Json {
  if (node.kind === "array") return node.elements.map(toJson);
  if (node.kind === "object")
    return Object.fromEntries([...node.members.values()].map(({ name, value }) => [name, toJson(value)]));
  if (node.kind === "text") return node.text;
  if (node.kind !== "scalar") return null; // JSON has nothing else
  return typeof node.value === "bigint" ? Number(node.value) : node.value;
}
