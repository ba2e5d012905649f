import type { DeclaredSymbol } from "../../binder/symbol.ts";
import type { Declaration, Expression, SyntaxNode } from "../../syntax/ast.ts";
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

/** The expression without the parentheses and `!` around it. */
export function unwrap(node: Expression): Expression {
  if (node.kind === "parenthesized") return unwrap(node.inner);
  return node.kind === "nonNull" ? unwrap(node.operand) : node;
}

/** The declaration of the file that a node stands in; a nested resource counts as one. */
export function declarationAround(context: FileContext, node: SyntaxNode): Declaration | undefined {
  let outer: SyntaxNode | undefined = node;
  while (outer !== undefined && !("keyword" in outer)) outer = context.bindings.parents.get(outer);
  return outer;
}
