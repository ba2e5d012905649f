import { ArmObject, type ArmValue } from "../../expression/arm-value.ts";
import { Unknown } from "../../expression/value.ts";
import type { TemplateNode } from "../arm/template/node.ts";

/** The value of a node that is data: a text that looks like an expression is just a text. */
export function plainValue(node: TemplateNode): ArmValue {
  switch (node.kind) {
    case "scalar":
    case "value":
      return node.value;
    case "text":
      return node.text;
    case "array":
      return node.elements.map(plainValue);
    case "object":
      return ArmObject.of([...node.members.values()].map(({ name, value }) => [name, plainValue(value)] as const));
    default:
      return new Unknown("unresolved-expression");
  }
}
