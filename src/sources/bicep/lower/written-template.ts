import type { TemplateNode } from "../../arm/template/node.ts";
import { isJsonObject, type JsonValue } from "../workspace/json.ts";
import type { NodeFactory } from "./nodes.ts";

const START = { offset: 0, length: 0 };

/** A template that was written as JSON: its texts may be expressions. */
export function writtenNode(nodes: NodeFactory, value: JsonValue): TemplateNode {
  if (typeof value === "string" && value.startsWith("[")) {
    return { kind: "text", text: value, file: nodes.source, start: 0, end: 0 };
  }
  if (Array.isArray(value)) {
    return nodes.array(
      value.map((item: JsonValue) => writtenNode(nodes, item)),
      START,
    );
  }
  if (isJsonObject(value)) {
    const members = [...value].map(([name, member]) => nodes.member(name, writtenNode(nodes, member), START));
    return nodes.object(members, START);
  }
  return typeof value === "object" && value !== null ? nodes.array([], START) : nodes.scalar(value, START);
}
