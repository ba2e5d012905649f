import type { BinaryOperation, BinaryOperator, TernaryOperation, UnaryOperation } from "../../syntax/ast.ts";
import { assignableWithoutNull, isAssignable } from "../../types/assignable.ts";
import { describe } from "../../types/describe.ts";
import { folded, isFoldable } from "../../types/fold.ts";
import { ANY, BOOL, ERROR, INT, STRING, boolLiteral, intLiteral, type BicepType } from "../../types/type.ts";
import { literalOf, membersOf, unionOf, withoutNull } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import { fault, hasError } from "../fault.ts";

const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 63n - 1n;

/** The type of `!a` or `-a`. */
export function inferUnary(context: FileContext, node: UnaryOperation): BicepType {
  const { operand, operator } = node;
  // The smallest number is written as the negation of one that is too large.
  if (operator === "-" && operand.kind === "integer") return intLiteral(-operand.value);
  const type = context.typeOf(operand);
  if (type.kind === "error") return ERROR;
  if (!isAssignable(type, operator === "!" ? BOOL : INT)) {
    return fault(context, ["BCP044", node], operator, describe(type));
  }
  return unionOf(membersOf(type).map((member) => (operator === "!" ? not(member) : negate(member))));
}

function not(type: BicepType): BicepType {
  if (type.kind === "any") return BOOL;
  return type.kind === "boolLiteral" ? boolLiteral(!type.value) : type;
}

function negate(type: BicepType): BicepType {
  if (type.kind === "intLiteral") return type.value === MIN_INTEGER ? INT : intLiteral(-type.value);
  if (type.kind !== "int") return INT;
  const { min, max } = type;
  return { ...type, min: max === undefined ? undefined : -max, max: min === undefined ? undefined : -min };
}

/** The type of `a ? b : c`: of both ends, unless the condition is known. */
export function inferTernary(context: FileContext, node: TernaryOperation): BicepType {
  const condition = context.typeOf(node.condition);
  const whenTrue = context.typeOf(node.whenTrue);
  const whenFalse = context.typeOf(node.whenFalse);
  if (hasError([condition, whenTrue, whenFalse])) return ERROR;
  const tested = assignableWithoutNull(condition, BOOL) ?? condition;
  if (!isAssignable(tested, BOOL)) return fault(context, ["BCP046", node.condition], "bool");
  if (tested.kind === "boolLiteral") return tested.value ? whenTrue : whenFalse;
  // The compiler knows which end it is.
  return isFoldable(tested) ? ANY : unionOf([whenTrue, whenFalse]);
}

interface Operands {
  readonly operator: BinaryOperator;
  readonly left: BicepType;
  readonly right: BicepType;
}

/** The type of an operation with two operands. */
export function inferBinary(context: FileContext, node: BinaryOperation): BicepType {
  const { operator } = node;
  const left = context.typeOf(node.left);
  const right = context.typeOf(node.right);
  if (hasError([left, right])) return ERROR;
  const operands: Operands = { operator, left, right };
  if (operator === "??") return coalesce(operands);
  const wanted = operandTypes(operator).find((type) => isAssignable(left, type) && isAssignable(right, type));
  if (wanted === undefined) {
    return fault(context, ["BCP045", node], operator, describe(left), describe(right));
  }
  if (operator === "%" && literalOf(right) === 0n) return fault(context, ["BCP410", node]);
  return compute(operands) ?? (isFoldable(left) && isFoldable(right) ? folded(resultOf(operator)) : resultOf(operator));
}

function operandTypes(operator: BinaryOperator): BicepType[] {
  switch (operator) {
    case "||":
    case "&&":
      return [BOOL];
    case "==":
    case "!=":
      return [ANY];
    case "=~":
    case "!~":
      return [STRING];
    case "<":
    case "<=":
    case ">":
    case ">=":
      return [INT, STRING];
    default:
      return [INT];
  }
}

function resultOf(operator: BinaryOperator): BicepType {
  return ["+", "-", "*", "/", "%"].includes(operator) ? INT : BOOL;
}

function coalesce({ left, right }: Operands): BicepType {
  if (left.kind === "null") return right;
  const rest = withoutNull(left);
  return rest === undefined ? left : unionOf([rest, right]);
}

/** The result where it follows from what is known of the operands. */
function compute({ operator, left, right }: Operands): BicepType | undefined {
  const known = [literalOf(left), literalOf(right)];
  if (operator === "||" && known.includes(true)) return boolLiteral(true);
  if (operator === "&&" && known.includes(false)) return boolLiteral(false);
  const [first, second] = known;
  if (typeof first === "bigint" && typeof second === "bigint") return computeInts(operator, first, second);
  return first === undefined || second === undefined ? undefined : computeBool(operator, first, second);
}

type Literal = NonNullable<ReturnType<typeof literalOf>> | null;

function computeBool(operator: BinaryOperator, first: Literal, second: Literal): BicepType | undefined {
  if (first === null || second === null) return undefined;
  if (operator === "||" || operator === "&&") return boolLiteral(operator === "&&");
  return operator === "==" || operator === "!=" ? boolLiteral((first === second) === (operator === "==")) : undefined;
}

function computeInts(operator: BinaryOperator, left: bigint, right: bigint): BicepType | undefined {
  const test = compare(operator, left, right);
  if (test !== undefined) return boolLiteral(test);
  const value = calculate(operator, left, right);
  return value === undefined || value < MIN_INTEGER || value > MAX_INTEGER ? undefined : intLiteral(value);
}

function compare(operator: BinaryOperator, left: bigint, right: bigint): boolean | undefined {
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return undefined;
  }
}

function calculate(operator: BinaryOperator, left: bigint, right: bigint): bigint | undefined {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0n ? undefined : left / right;
    case "%":
      return right === 0n ? undefined : left % right;
    default:
      return undefined;
  }
}
