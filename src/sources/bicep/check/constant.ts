import type { Expression, ObjectLiteral } from "../syntax/ast.ts";
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
    case "nonNull":
      return nonConstants(node.operand);
    case "array":
      return node.items.flatMap((item) => nonConstants(item.value));
    case "object":
      return nonConstantMembers(node);
    default:
      return isLiteral(node) ? [] : [node];
  }
}

function isLiteral(node: Expression): boolean {
  if (node.kind === "string") return node.holes.length === 0;
  return node.kind === "unary" && node.operator === "-" && node.operand.kind === "integer";
}

function nonConstantMembers({ members }: ObjectLiteral): Expression[] {
  return members.flatMap((member) => {
    const key = member.kind === "member" && member.key.kind === "string" ? nonConstants(member.key) : [];
    return [...key, ...nonConstants(member.value)];
  });
}
