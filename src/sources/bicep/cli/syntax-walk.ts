import type { Element, Expression, FunctionArgument, SyntaxNode } from "../syntax/ast.ts";

/** A node and all below it, in no particular order. */
export function* nodesOf(root: SyntaxNode): Generator<SyntaxNode> {
  const waiting: Element[] = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (!("children" in element)) continue;
    yield element;
    for (const child of element.children) waiting.push(child);
  }
}

/** The text of an argument that is written out; `undefined` for whatever has to be worked out. */
export function literalText(argument: FunctionArgument | undefined): string | undefined {
  let value: Expression | undefined = argument?.value;
  while (value?.kind === "parenthesized" || value?.kind === "nonNull")
    value = value.kind === "parenthesized" ? value.inner : value.operand;
  return value?.kind === "string" && value.holes.length === 0 ? value.segments[0] : undefined;
}
