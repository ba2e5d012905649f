import type { SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";

const LIMIT = 2n ** 63n;

/** Reports a number that no signed 64-bit integer can hold. */
export function checkInteger(context: FileContext, node: SyntaxNode): void {
  if (node.kind !== "integer" || node.value < LIMIT) return;
  const parent = context.bindings.parents.get(node);
  const isNegated = (parent?.kind === "unary" || parent?.kind === "unaryType") && parent.operator === "-";
  if (!isNegated || node.value > LIMIT) context.report("BCP010", node);
}
