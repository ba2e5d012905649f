import { formatDouble } from "../../../expression/dotnet/number-format.ts";
import { printNode } from "../../../expression/print.ts";
import type { TemplateNode } from "./node.ts";
import type { TemplateObject, TemplateValue } from "../../../expression/template-value.ts";

/** A template as JSON, its expressions printed as Microsoft's compiler prints them. */
export function toJson(node: TemplateNode): TemplateValue {
  switch (node.kind) {
    case "array":
      return node.elements.map(toJson);
    case "expression":
      return `[${printNode(node.expression)}]`;
    case "text":
      return node.text;
    case "value":
      return null; // only expansions make these
    case "scalar":
      return scalarJson(node.value);
    default: {
      const members: Record<string, TemplateValue> = emptyObject();
      for (const member of node.members.values()) members[member.name] = toJson(member.value);
      return members;
    }
  }
}

function scalarJson(value: Extract<TemplateNode, { kind: "scalar" }>["value"]): TemplateValue {
  if (typeof value === "string") return looksLikeExpression(value) ? `[${value}` : value;
  return typeof value === "number" ? `[json('${formatDouble(value)}')]` : value;
}

/** An object without prototype: `__proto__` is a member like any other. */
function emptyObject(): Record<string, TemplateValue> & TemplateObject {
  return Object.create(null);
}

/** Whether a text would be read as an expression, so that it needs another bracket before it. */
export function looksLikeExpression(text: string): boolean {
  return text.startsWith("[") && text.endsWith("]");
}
