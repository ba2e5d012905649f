import type { ExpressionNode } from "../../../expression/ast.ts";
import type { LocalSymbol } from "../binder/symbol.ts";
import type { Expression, ForExpression, SyntaxNode } from "../syntax/ast.ts";
import { Builder } from "./build.ts";
import { isWithin } from "./locals.ts";
import type { IndexContext, Lowerer } from "./lowerer.ts";
import type { ResourceInfo } from "./resource-table.ts";

/** What `index` chooses from a loop, as seen from `place`. Without an index: nothing to choose. */
export function indexContext(
  lowerer: Lowerer,
  loop: ForExpression | undefined,
  use: { readonly index: Expression | undefined; readonly place: SyntaxNode },
): IndexContext | undefined {
  if (use.index === undefined) return undefined;
  const index = lowerer.expression(use.index);
  const isInside = loop === undefined || isWithin(use.place, loop.body, lowerer.unit.bindings);
  return { lowerer: isInside ? lowerer : withIndex(lowerer, loop, index), index };
}

/** Lowers what stands in `loop` for the one at `index`. */
export function withIndex(lowerer: Lowerer, loop: ForExpression, index: ExpressionNode): Lowerer {
  const locals = new Map(lowerer.locals);
  for (const symbol of loopSymbols(lowerer, loop)) locals.set(symbol, loopValue(lowerer, symbol, index));
  return lowerer.withLocals(locals);
}

/** The value of a variable of a loop for the one at `index`. */
export function loopValue(lowerer: Lowerer, symbol: LocalSymbol, index: ExpressionNode): ExpressionNode {
  if (symbol.scope.kind !== "for" || isIndexVariable(symbol)) return index;
  return new Builder(symbol.place).index(lowerer.expression(symbol.scope.source), index);
}

/** The loop that a resource is deployed in: its own, or one around the resource whose body it stands in. */
export function loopOf(info: ResourceInfo): ForExpression | undefined {
  if (info.loop !== undefined) return info.loop;
  const outer = info.ancestors.findLast(({ nested, resource }) => nested && resource.loop !== undefined);
  return outer?.resource.loop;
}

function isIndexVariable({ scope, variable }: LocalSymbol): boolean {
  return scope.kind === "for" && scope.index === variable;
}

function loopSymbols({ unit }: Lowerer, { item, index }: ForExpression): LocalSymbol[] {
  return [item, index].flatMap((variable) => {
    const symbol = variable === undefined ? undefined : unit.bindings.locals.get(variable);
    return symbol === undefined ? [] : [symbol];
  });
}
