import type { Expression } from "../syntax/ast.ts";
import type { FileContext } from "./context.ts";
import { fault } from "./fault.ts";

/** Reports the parts of an expression that are not written out as literals; false when there are some. */
export function checkConstant(context: FileContext, node: Expression): boolean {
  const faulty = nonConstants(node);
  for (const part of faulty) fault(context, ["BCP032", part]);
  return faulty.length === 0;
}

function nonConstants(node: Expression): Expression[] {
  switch (node.kind) {
    case "skipped":
    case "integer":
    case "boolean":
    case "null":
    // Its body is another matter.
    case "lambda":
      return [];
    case "string":
      return node.holes.length > 0 ? [node] : [];
    case "unary":
      return node.operator === "-" && node.operand.kind === "integer" ? [] : [node];
    case "nonNull":
      return nonConstants(node.operand);
    case "array":
      return node.items.flatMap((item) => nonConstants(item.value));
    case "object":
      return node.members.flatMap((member) => {
        const key = member.kind === "member" && member.key.kind === "string" ? nonConstants(member.key) : [];
        return [...key, ...nonConstants(member.value)];
      });
    default:
      return [node];
  }
}
