import type { DeclaredSymbol } from "../binder/symbol.ts";
import type { Expression, FunctionCall, InstanceCall, SyntaxNode } from "../syntax/ast.ts";
import { unwrap } from "./body.ts";
import { indexContext, loopOf } from "./index-context.ts";
import type { IndexContext, Lowerer } from "./lowerer.ts";
import type { ResourceInfo } from "./resource-table.ts";
import { moduleOf, type FileUnit, type ModuleInfo } from "./unit.ts";

/** The resource or module that an expression stands for. */
export type Target = (
  | { readonly kind: "resource"; readonly info: ResourceInfo }
  | { readonly kind: "module"; readonly info: ModuleInfo }
) & { readonly context: IndexContext | undefined };

/** The resource or module that `node` stands for; `undefined` when it stands for something else. */
export function targetOf(lowerer: Lowerer, node: Expression, place: SyntaxNode): Target | undefined {
  const inner = strip(lowerer.unit, node);
  // The compiler takes an index from the end for one from the start here.
  if (inner.kind === "index" && !inner.safe) return indexedTarget(lowerer, inner, place);
  const found = declaredTarget(lowerer.unit, inner);
  return found === undefined ? undefined : { ...found, context: undefined };
}

type Declared =
  | Omit<Extract<Target, { kind: "resource" }>, "context">
  | Omit<Extract<Target, { kind: "module" }>, "context">;

function indexedTarget(
  lowerer: Lowerer,
  node: Extract<Expression, { kind: "index" }>,
  place: SyntaxNode,
): Target | undefined {
  const isName = node.base.kind === "variable" || node.base.kind === "nestedResource";
  const found = isName ? declaredTarget(lowerer.unit, node.base) : undefined;
  if (found?.info.loop === undefined) return undefined;
  const loop = found.kind === "resource" ? loopOf(found.info) : found.info.loop;
  return { ...found, context: indexContext(lowerer, loop, { index: node.index, place }) };
}

function declaredTarget(unit: FileUnit, node: Expression): Declared | undefined {
  const symbol = unit.bindings.uses.get(node);
  if (symbol?.kind !== "declared") return undefined;
  const resource = unit.resources.get(symbol);
  if (resource !== undefined) return { kind: "resource", info: resource };
  const module = moduleOf(symbol, unit.scopes);
  return module === undefined ? undefined : { kind: "module", info: module };
}

/** `node` without what means nothing in a template: parentheses, `!`, `any()`, and variables that are written where they are used. */
export function strip(unit: FileUnit, node: Expression): Expression {
  const inner = unwrap(node);
  const symbol = unit.bindings.uses.get(inner);
  if (inner.kind === "variable") {
    const value = symbol?.kind === "declared" ? inlinedValue(unit, symbol) : undefined;
    return value === undefined ? inner : strip(unit, value);
  }
  const argument = anyArgument(unit, inner);
  return argument === undefined ? inner : strip(unit, argument);
}

/** The value of a variable that has no place of its own in the template. */
export function inlinedValue(unit: FileUnit, symbol: DeclaredSymbol): Expression | undefined {
  const { declaration } = symbol;
  if (!unit.inlined.has(symbol)) return undefined;
  return declaration.kind === "variableDeclaration" || declaration.kind === "parameterAssignment"
    ? declaration.value
    : undefined;
}

/** What is handed to `any()`. */
export function anyArgument({ bindings }: FileUnit, node: Expression): Expression | undefined {
  if (node.kind !== "call" && node.kind !== "instanceCall") return undefined;
  if (node.name.name !== "any") return undefined;
  const symbol = bindings.uses.get(node.kind === "call" ? node : unwrap(node.base));
  return symbol?.kind === "builtInFunction" || symbol?.kind === "namespace" ? node.arguments[0]?.value : undefined;
}

const SCOPE_FUNCTIONS: ReadonlySet<string> = new Set(["managementGroup", "resourceGroup", "subscription"]);

/** Whether a call names another scope than that of the deployment. It can only be deployed to: as a value it is empty. */
export function isForeignScope({ bindings }: FileUnit, node: FunctionCall | InstanceCall): boolean {
  if (!SCOPE_FUNCTIONS.has(node.name.name) || node.arguments.length === 0) return false;
  const symbol = bindings.uses.get(node.kind === "call" ? node : unwrap(node.base));
  return symbol?.kind === "builtInFunction" || symbol?.kind === "namespace";
}
