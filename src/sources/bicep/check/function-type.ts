import type { FunctionDeclaration } from "../syntax/ast.ts";
import { ERROR, type FunctionType } from "../types/type.ts";
import type { FileContext } from "./context.ts";

/** The type of a user-defined function, as its callers see it. */
export function typeOfFunction(context: FileContext, { lambda }: FunctionDeclaration): FunctionType {
  if (lambda.kind === "skipped") return { parameters: [], returns: ERROR };
  return {
    parameters: lambda.parameters.map(({ type }) => context.declaredType(type)),
    returns: context.declaredType(lambda.returnType),
  };
}
