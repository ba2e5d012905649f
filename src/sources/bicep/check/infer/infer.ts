import type { Expression, ForExpression, IfCondition, Lambda } from "../../syntax/ast.ts";
import { assignableWithoutNull, isAssignable } from "../../types/assignable.ts";
import { describe } from "../../types/describe.ts";
import { ARRAY, BOOL, ERROR, NULL, boolLiteral, type BicepType } from "../../types/type.ts";
import { withoutNull } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import { fault, hasError } from "../fault.ts";
import { inferAccess } from "./access.ts";
import { inferCall, inferInstanceCall } from "./call.ts";
import { inferArray, inferInteger, inferObject, inferString } from "./literal.ts";
import { inferNested, inferVariable } from "./name.ts";
import { inferBinary, inferTernary, inferUnary } from "./operator.ts";

/** The type of an expression, or of the body of a resource or module; reports what is wrong with it. */
export function infer(context: FileContext, node: Expression | IfCondition): BicepType {
  switch (node.kind) {
    case "array":
      return inferArray(context, node);
    case "object":
      return inferObject(context, node);
    case "string":
      return inferString(context, node);
    case "for":
      return inferFor(context, node);
    case "if":
      return inferIf(context, node);
    case "lambda":
      return inferLambda(context, node);
    default:
      return inferScalar(context, node);
  }
}

type Scalar = Exclude<
  Expression | IfCondition,
  { readonly kind: "array" | "for" | "if" | "lambda" | "object" | "string" }
>;

function inferScalar(context: FileContext, node: Scalar): BicepType {
  switch (node.kind) {
    case "skipped":
      return ERROR;
    case "integer":
      return inferInteger(node);
    case "boolean":
      return boolLiteral(node.value);
    case "null":
      return NULL;
    case "parenthesized":
      return context.typeOf(node.inner);
    case "nonNull": {
      const type = context.typeOf(node.operand);
      return withoutNull(type) ?? type;
    }
    default:
      return inferCompound(context, node);
  }
}

type Compound = Exclude<
  Scalar,
  { readonly kind: "boolean" | "integer" | "nonNull" | "null" | "parenthesized" | "skipped" }
>;

function inferCompound(context: FileContext, node: Compound): BicepType {
  switch (node.kind) {
    case "variable":
      return inferVariable(context, node);
    case "call":
      return inferCall(context, node);
    case "instanceCall":
      return inferInstanceCall(context, node);
    case "property":
    case "index":
      return inferAccess(context, node);
    case "nestedResource":
      return inferNested(context, node);
    case "unary":
      return inferUnary(context, node);
    case "binary":
      return inferBinary(context, node);
    default:
      return inferTernary(context, node);
  }
}

function inferFor(context: FileContext, { item, source, body }: ForExpression): BicepType {
  if (item === undefined) return ERROR;
  const from = context.typeOf(source);
  const result = context.typeOf(body);
  if (hasError([from, result])) return ERROR;
  if (!isAssignable(from, ARRAY) && assignableWithoutNull(from, ARRAY) === undefined) {
    return fault(context, ["BCP137", source], describe(from));
  }
  return { kind: "array", item: () => result };
}

/** The condition is checked on its own: whatever is wrong with it, the type is that of the body. */
function inferIf(context: FileContext, { condition, body }: IfCondition): BicepType {
  const type = context.typeOf(condition);
  const fits = type.kind === "error" || isAssignable(type, BOOL) || assignableWithoutNull(type, BOOL) !== undefined;
  if (!fits) context.report("BCP046", condition, ["bool"]);
  return context.typeOf(body);
}

function inferLambda(context: FileContext, { variables, body }: Lambda): BicepType {
  const parameters = variables.map((variable) => {
    const symbol = context.bindings.locals.get(variable);
    return symbol === undefined ? ERROR : context.typeOfSymbol(symbol);
  });
  return { kind: "lambda", parameters, optional: [], returns: context.typeOf(body) };
}
