import type { Expression, ParameterDeclaration, SyntaxNode } from "../syntax/ast.ts";
import { isAssignable } from "../types/assignable.ts";
import { NULL, type BicepType } from "../types/type.ts";
import type { FileContext } from "./context.ts";
import { checkValue } from "./narrow/narrow.ts";
import { walk } from "./walk.ts";

interface Default {
  readonly declaration: ParameterDeclaration;
  readonly value: Expression;
  readonly type: BicepType;
}

/** Checks the default value of a parameter: it may name other parameters only. */
export function checkDefault(context: FileContext, { declaration, value, type }: Default): void {
  for (const node of walk(value)) if (isForbidden(context, node)) context.report("BCP072", node);
  if (type.kind === "error") {
    context.typeOf(value);
    return;
  }
  if (isAssignable(NULL, type) && type.kind !== "any") context.report("BCP326", assignmentOf(declaration));
  checkValue(context, value, type);
}

function isForbidden(context: FileContext, node: SyntaxNode): boolean {
  if (node.kind !== "variable") return false;
  const symbol = context.bindings.uses.get(node);
  switch (symbol?.kind) {
    case "declared":
      return symbol.declaration.kind !== "parameter" && symbol.declaration.kind !== "function";
    case "local":
    case "ambientType":
      return true;
    default:
      return symbol?.kind === "imported";
  }
}

/** The equals sign with the value behind it. */
function assignmentOf(declaration: ParameterDeclaration): { readonly offset: number; readonly length: number } {
  const sign = declaration.children.find((child) => child.kind === "token" && child.text === "=");
  return sign ?? declaration;
}
