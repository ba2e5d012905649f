import type { CallNode, ExpressionNode } from "../../../expression/ast.ts";

/** Whether a call gives nothing where there is nothing to read, so that what is read of it belongs into the same call. */
export function isSafeAccess(node: ExpressionNode): node is CallNode {
  return node.kind === "call" && (node.name === "tryGet" || node.name === "tryIndexFromEnd");
}
