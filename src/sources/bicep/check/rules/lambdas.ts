import type { FunctionCall, InstanceCall, Lambda, SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import { walk } from "../walk.ts";
import { namedDeployable } from "./collection.ts";
import { isInlined } from "./inlined-call.ts";
import { nameList } from "../name-list.ts";

/** Reports a lambda that is no argument of a function, and what its variables must not be used for. */
export function checkLambda(context: FileContext, node: SyntaxNode): void {
  if (node.kind !== "lambda") return;
  if (!isArgument(context, node)) context.report("BCP242", node);
  for (const inner of walk(node.body)) {
    if (inner.kind === "call" || inner.kind === "instanceCall") checkCall(context, inner);
    else if (inner.kind === "index" && namedDeployable(context, inner.base) !== undefined) {
      const names = lambdaVariables(context, [inner.index]);
      if (names.length > 0) context.report("BCP247", inner.index, [nameList(names)]);
    }
  }
}

function isArgument(context: FileContext, node: Lambda): boolean {
  let parent = context.bindings.parents.get(node);
  while (parent?.kind === "parenthesized") parent = context.bindings.parents.get(parent);
  return parent?.kind === "argument";
}

/** What is run when the deployment starts cannot depend on a variable of a lambda. */
function checkCall(context: FileContext, node: FunctionCall | InstanceCall): void {
  if (!isInlined(context, node)) return;
  const names = lambdaVariables(context, node.arguments);
  if (names.length > 0) context.report("BCP248", node, [node.name.name, nameList(names)]);
}

function lambdaVariables(context: FileContext, nodes: readonly SyntaxNode[]): string[] {
  const names = new Set<string>();
  for (const node of nodes) {
    for (const inner of walk(node)) {
      const symbol = inner.kind === "variable" ? context.bindings.uses.get(inner) : undefined;
      if (symbol?.kind === "local" && symbol.scope.kind === "lambda") names.add(symbol.name);
    }
  }
  return [...names];
}
