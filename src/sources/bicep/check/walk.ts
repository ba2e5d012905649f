import type { SyntaxNode } from "../syntax/ast.ts";

/** A node with all nodes in it, each before its parts, in the order of their places. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  const waiting: SyntaxNode[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (let index = next.children.length - 1; index >= 0; index -= 1) {
      const child = next.children[index];
      if (child !== undefined && child.kind !== "token") waiting.push(child);
    }
  }
}
