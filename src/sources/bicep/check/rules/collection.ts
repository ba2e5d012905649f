import type { DeclaredSymbol } from "../../binder/symbol.ts";
import type { SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";

/** The resource or module that an expression names; `undefined` when it names neither. */
export function namedDeployable(context: FileContext, node: SyntaxNode): DeclaredSymbol | undefined {
  const symbol = context.bindings.uses.get(node);
  if (symbol?.kind !== "declared") return undefined;
  const { kind } = symbol.declaration;
  return kind === "resource" || kind === "module" ? symbol : undefined;
}

/** Whether an expression names a loop of resources or modules. */
export function isCollection(context: FileContext, node: SyntaxNode): boolean {
  const declaration = namedDeployable(context, node)?.declaration;
  return declaration !== undefined && "value" in declaration && declaration.value.kind === "for";
}
