import type { ExpressionNode } from "../../../expression/ast.ts";
import type { BinaryOperation, BinaryOperator, StringLiteral, UnaryOperation } from "../syntax/ast.ts";
import { Builder } from "./build.ts";
import type { Lowerer } from "./lowerer.ts";

/** The functions that operators stand for; the others are put together from several. */
const FUNCTIONS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  "||": "or",
  "&&": "and",
  "==": "equals",
  "<": "less",
  "<=": "lessOrEquals",
  ">": "greater",
  ">=": "greaterOrEquals",
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "%": "mod",
  "??": "coalesce",
};

/** Lowers an operation with two operands. */
export function lowerBinary(lowerer: Lowerer, node: BinaryOperation): ExpressionNode {
  const build = new Builder(node);
  const left = lowerer.expression(node.left);
  const right = lowerer.expression(node.right);
  const name = FUNCTIONS[node.operator];
  if (name !== undefined) return build.call(name, left, right);
  if (node.operator === "!=") return build.call("not", build.call("equals", left, right));
  const equal = build.call("equals", build.call("toLower", left), build.call("toLower", right));
  return node.operator === "=~" ? equal : build.call("not", equal);
}

/** Lowers an operation with one operand; negative integers are literals. */
export function lowerUnary(lowerer: Lowerer, node: UnaryOperation): ExpressionNode {
  const build = new Builder(node);
  const { operand } = node;
  if (node.operator === "!") return build.call("not", lowerer.expression(operand));
  if (operand.kind === "integer") return build.integer(-operand.value);
  return build.call("sub", build.integer(0n), lowerer.expression(operand));
}

/** Lowers a string with holes. */
export function lowerInterpolation(lowerer: Lowerer, { segments, holes, ...place }: StringLiteral): ExpressionNode {
  const build = new Builder(place);
  const format = segments
    .map((segment, index) => segment.replaceAll(/[{}]/gu, "$&$&") + (index < holes.length ? `{${index}}` : ""))
    .join("");
  return build.call("format", build.text(format), ...holes.map((hole) => lowerer.expression(hole)));
}
