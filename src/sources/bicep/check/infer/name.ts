import type { FunctionCall, ResourceAccess, VariableAccess } from "../../syntax/ast.ts";
import type { BicepSymbol, DeclaredSymbol, ImportedSymbol } from "../../binder/symbol.ts";
import { ANY, ERROR, type BicepType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { findExport } from "../exports.ts";
import { fault } from "../fault.ts";
import { isWithin } from "../within.ts";
import { MAX_NAMES, nameList } from "../name-list.ts";

/** The type of what a name stands for. */
export function inferVariable(context: FileContext, node: VariableAccess): BicepType {
  const symbol = context.bindings.uses.get(node);
  if (symbol === undefined || symbol.kind === "unbound") return ERROR;
  const { name } = node;
  switch (symbol.kind) {
    case "declared":
      return inferDeclared(context, node, symbol);
    case "imported":
      return inferImported(context, node, symbol);
    case "ambientType":
      return fault(context, ["BCP288", name], name.name);
    case "builtInFunction":
    case "decorator":
      return fault(context, ["BCP063", name], name.name);
    default:
      return inferSymbol(context, node, symbol);
  }
}

function inferSymbol(context: FileContext, node: VariableAccess, symbol: BicepSymbol): BicepType {
  const type = context.typeOfSymbol(symbol);
  if (type.kind !== "error") return type;
  // Nothing can be called by the name of a file that is not there.
  const code = symbol.kind === "wildcard" ? "BCP063" : "BCP062";
  return fault(context, [code, node], node.name.name);
}

function inferDeclared(context: FileContext, node: VariableAccess, symbol: DeclaredSymbol): BicepType {
  const { kind } = symbol.declaration;
  if (kind === "typeDeclaration") return fault(context, ["BCP288", node], symbol.name);
  const cycle = inferCycle(context, node, symbol);
  if (cycle !== undefined) return cycle;
  if (kind === "function") return fault(context, ["BCP063", node], symbol.name);
  return inferSymbol(context, node, symbol);
}

/** The error type when `symbol` is part of a cycle, which is reported where it is named. */
export function inferCycle(
  context: FileContext,
  node: FunctionCall | ResourceAccess | VariableAccess,
  symbol: DeclaredSymbol,
): BicepType | undefined {
  const cycle = context.order.cycles.get(symbol);
  if (cycle === undefined) return undefined;
  if (!cycle.some(({ declaration }) => isWithin(node, declaration))) {
    return fault(context, ["BCP062", node], symbol.name);
  }
  if (cycle.length === 1) return fault(context, ["BCP079", node]);
  return fault(context, ["BCP080", node], nameList(cycle.slice(0, MAX_NAMES + 1).map(({ name }) => name)));
}

function inferImported(context: FileContext, node: VariableAccess, symbol: ImportedSymbol): BicepType {
  const exported = findExport(context, symbol.declaration, symbol.original);
  if (exported === "unknown") return ANY;
  if (exported !== "missing" && exported.kind === "variable") return exported.type;
  // An alias of nothing is not declared at all.
  if (exported === "missing" && symbol.item.alias !== undefined) return fault(context, ["BCP057", node], symbol.name);
  const isType = exported !== "missing" && exported.kind === "type";
  return fault(context, [isType ? "BCP288" : "BCP063", node], symbol.name);
}

/** The type of a nested resource. */
export function inferNested(context: FileContext, node: ResourceAccess): BicepType {
  const base = context.typeOf(node.base);
  const symbol = context.bindings.uses.get(node);
  if (base.kind === "error" || symbol?.kind !== "declared") return ERROR;
  const cycle = inferCycle(context, node, symbol);
  if (cycle !== undefined) return cycle;
  const type = context.typeOfSymbol(symbol);
  return type.kind === "error" ? fault(context, ["BCP062", node], symbol.name) : type;
}
