import type { ParameterDeclaration } from "../syntax/ast.ts";
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

function allowedType(
  context: FileContext,
  declaration: ParameterDeclaration,
  declared: BicepType,
): BicepType | undefined {
  const decorator = hasDecorator(context, declaration, "allowed");
  const list = decorator?.expression.kind === "call" ? decorator.expression.arguments[0]?.value : undefined;
  if (list?.kind !== "array" || list.items.length === 0 || list.items.some((item) => item.kind === "spread")) {
    return undefined;
  }
  const types = list.items.map((item) => context.typeOf(item.value));
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
