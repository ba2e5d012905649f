import type { LocalSymbol } from "../../binder/symbol.ts";
import type { Signature } from "../../functions/signature.ts";
import type { ForExpression, FunctionArgument, Lambda, SyntaxNode, TypedLambda } from "../../syntax/ast.ts";
import { ANY, type BicepType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { itemOf } from "./result.ts";
import { lambdaType } from "./signature-match.ts";

/** The highest index of a loop of unknown length. */
const MAX_LOOP_INDEX = 799n;

/** The type of a variable of a loop, of a lambda or of a user-defined function. */
export function inferLocal(context: FileContext, { variable, scope, position }: LocalSymbol): BicepType {
  if (variable.kind === "typedVariable") return context.declaredType(variable.type);
  return scope.kind === "for"
    ? inferLoopVariable(context, scope, position)
    : inferLambdaVariable(context, scope, position);
}

function inferLoopVariable(context: FileContext, { source }: ForExpression, position: number): BicepType {
  const type = context.typeOf(source);
  if (position === 0) return itemOf(type);
  const length = type.kind === "tuple" ? type.items.length : type.kind === "array" ? type.maxLength : undefined;
  const max = length === undefined || length === 0 ? MAX_LOOP_INDEX : BigInt(length) - 1n;
  return { kind: "int", min: 0n, max };
}

/** What a lambda is given depends on the function that it is an argument of, and on the first argument of the call. */
function inferLambdaVariable(context: FileContext, scope: Lambda | TypedLambda, position: number): BicepType {
  const argument = context.bindings.parents.get(scope);
  if (argument?.kind !== "argument") return ANY;
  const call = context.bindings.parents.get(argument);
  if (call?.kind !== "call" && call?.kind !== "instanceCall") return ANY;
  const index = call.arguments.indexOf(argument);
  const parameter = signatureOf(context, call)?.parameters[index];
  if (parameter?.kind !== "rule") return ANY;
  const { parameters, optional } = lambdaType(parameter.rule, givenItem(context, call.arguments[0], parameter.rule));
  return [...parameters, ...optional][position] ?? ANY;
}

function givenItem(context: FileContext, first: FunctionArgument | undefined, rule: string): BicepType {
  const type = first === undefined ? ANY : context.typeOf(first.value);
  return rule === "memberMapping" ? valueOf(type) : itemOf(type);
}

/** The type of the values of an object. */
function valueOf(type: BicepType): BicepType {
  if (type.kind !== "object") return ANY;
  const [first, ...others] = [...type.properties.values()];
  if (type.additional === undefined) return first === undefined || others.length > 0 ? ANY : first.type();
  return first === undefined ? type.additional.type() : ANY;
}

function signatureOf(context: FileContext, call: SyntaxNode): Signature | undefined {
  if (call.kind === "call") {
    const symbol = context.bindings.uses.get(call);
    const called = symbol?.kind === "builtInFunction" ? context.namespaces.findFunction(symbol.name) : undefined;
    return called?.signatures[0];
  }
  if (call.kind !== "instanceCall") return undefined;
  const base = context.typeOf(call.base);
  if (base.kind !== "namespace" || base.functions !== undefined) return undefined;
  return context.namespaces.findFunction(call.name.name, base.name)?.signatures[0];
}
