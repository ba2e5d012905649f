import type { Expression, ParameterDeclaration } from "../syntax/ast.ts";
import { isAssignable } from "../types/assignable.ts";
import { SOME_BOOL, type BicepType } from "../types/type.ts";
import { unionOf, withoutNull, nullable } from "../types/union.ts";
import type { FileContext } from "./context.ts";
import { hasDecorator, modify } from "./declare/modify.ts";

/** The type of a parameter: what is declared, narrowed to the values that are allowed. */
export function typeOfParameter(context: FileContext, declaration: ParameterDeclaration): BicepType {
  const declared = modify(context, context.declaredType(declaration.type), declaration);
  if (declared.kind === "error") return declared;
  const allowed = allowedType(context, declaration, declared);
  return allowed ?? loosen(declared);
}

function allowedValues(context: FileContext, declaration: ParameterDeclaration): Expression[] {
  const expression = hasDecorator(context, declaration, "allowed")?.expression;
  const isCall = expression?.kind === "call" || expression?.kind === "instanceCall";
  const list = isCall ? expression.arguments[0]?.value : undefined;
  const isList = list?.kind === "array" && list.items.every((item) => item.kind === "item");
  return isList ? list.items.map(({ value }) => value) : [];
}

function allowedType(
  context: FileContext,
  declaration: ParameterDeclaration,
  declared: BicepType,
): BicepType | undefined {
  const types = allowedValues(context, declaration).map((value) => context.typeOf(value));
  if (types.length === 0) return undefined;
  const whole = unionOf(types);
  if (whole.kind === "error" || whole.kind === "any" || types.some(({ kind }) => kind === "object")) return undefined;
  if (types.every((type) => isAssignable(type, declared))) return whole;
  return declared.kind === "array" ? { ...declared, item: () => whole } : undefined;
}

/** A parameter may turn out to have any value of its kind, so that it fits where a certain one is asked for. */
function loosen(type: BicepType): BicepType {
  const rest = withoutNull(type);
  if (rest !== undefined) return nullable(loosen(rest));
  if (type.kind === "string" || type.kind === "int") return { ...type, loose: true };
  return type.kind === "bool" ? SOME_BOOL : type;
}
