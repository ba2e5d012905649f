import type { SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";

/** Whether `node` calls a function that runs when resources are deployed, such as `reference()` or `account.listKeys()`. */
export function isInlined(context: FileContext, node: SyntaxNode): boolean {
  if (node.kind === "call") {
    const symbol = context.bindings.uses.get(node);
    if (symbol?.kind !== "builtInFunction") return false;
    return context.namespaces.findFunction(symbol.name)?.placement === "inlining";
  }
  if (node.kind !== "instanceCall") return false;
  const base = context.typeOf(node.base);
  if (base.kind === "resource") return node.name.name.startsWith("list");
  if (base.kind !== "namespace" || base.functions !== undefined) return false;
  return context.namespaces.findFunction(node.name.name, base.name)?.placement === "inlining";
}
