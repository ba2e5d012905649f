import type { Bindings } from "../binder/bind.ts";
import type { LocalSymbol } from "../binder/symbol.ts";
import type { ForExpression, SyntaxNode } from "../syntax/ast.ts";

/** Whether `node` is `outer` or stands within it. */
export function isWithin(node: SyntaxNode, outer: SyntaxNode, { parents }: Bindings): boolean {
  for (let inner: SyntaxNode | undefined = node; inner !== undefined; inner = parents.get(inner)) {
    if (inner === outer) return true;
  }
  return false;
}

/** The variables of loops, lambdas and functions that `node` uses and does not declare itself. */
export function localsOf(node: SyntaxNode, bindings: Bindings): ReadonlySet<LocalSymbol> {
  const found = new Set<LocalSymbol>();
  const waiting: SyntaxNode[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const symbol = bindings.uses.get(next);
    if (symbol?.kind === "local" && !isWithin(symbol.scope, node, bindings)) found.add(symbol);
    for (const child of next.children) if (child.kind !== "token") waiting.push(child);
  }
  return found;
}

/** The loops of the variables that `node` uses and that mean nothing at `place`. */
export function loopsLeft(node: SyntaxNode, place: SyntaxNode, bindings: Bindings): ReadonlySet<ForExpression> {
  const loops = new Set<ForExpression>();
  for (const { scope } of localsOf(node, bindings)) {
    if (scope.kind === "for" && !isWithin(place, scope.body, bindings)) loops.add(scope);
  }
  return loops;
}
