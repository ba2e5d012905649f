import type { LocalSymbol } from "../binder/symbol.ts";
import type { Expression, FunctionCall, InstanceCall } from "../syntax/ast.ts";
import { strip } from "./target.ts";
import type { FileUnit } from "./unit.ts";

/** Functions that hand the items of their first argument to the first variable of a lambda. */
const ITERATING: ReadonlySet<string> = new Set(["filter", "groupBy", "map", "toObject"]);
/** Functions that give some of what they are given. */
const SELECTING: ReadonlySet<string> = new Set(["concat", "filter", "skip", "sort", "take", "union"]);
const CHOOSING: ReadonlySet<string> = new Set(["first", "last"]);

/** Whether `node` is a module: one that is declared, or one of a loop however it is got at. */
export function isModule(unit: FileUnit, node: Expression): boolean {
  const inner = strip(unit, node);
  switch (inner.kind) {
    case "variable":
      return isModuleVariable(unit, inner);
    case "index":
      return isModuleList(unit, inner.base);
    case "ternary":
      return isModule(unit, inner.whenTrue) && isModule(unit, inner.whenFalse);
    case "call":
    case "instanceCall":
      return CHOOSING.has(inner.name.name) && isModuleListArgument(unit, inner);
    default:
      return false;
  }
}

function isModuleVariable(unit: FileUnit, node: Expression): boolean {
  const symbol = unit.bindings.uses.get(node);
  if (symbol?.kind === "local") return isModuleLocal(unit, symbol);
  if (symbol?.kind !== "declared" || symbol.declaration.kind !== "module") return false;
  return symbol.declaration.value.kind !== "for";
}

function isModuleLocal(unit: FileUnit, { scope, variable, position }: LocalSymbol): boolean {
  if (scope.kind === "for") return scope.item === variable && isModuleList(unit, scope.source);
  const argument = unit.bindings.parents.get(scope);
  const call = argument === undefined ? undefined : unit.bindings.parents.get(argument);
  if (call?.kind !== "call" && call?.kind !== "instanceCall") return false;
  return isItem(call.name.name, position) && isModuleListArgument(unit, call);
}

/** Whether a function hands items of its first argument to the variable of a lambda at that position. */
function isItem(name: string, position: number): boolean {
  if (name === "sort") return true;
  if (name === "reduce") return position === 1;
  return position === 0 && ITERATING.has(name);
}

function isModuleListArgument(unit: FileUnit, { arguments: [list] }: FunctionCall | InstanceCall): boolean {
  return list !== undefined && isModuleList(unit, list.value);
}

function isModuleList(unit: FileUnit, node: Expression): boolean {
  const inner = strip(unit, node);
  if (inner.kind === "call" || inner.kind === "instanceCall") {
    return SELECTING.has(inner.name.name) && isModuleListArgument(unit, inner);
  }
  const symbol = unit.bindings.uses.get(inner);
  if (symbol?.kind !== "declared" || symbol.declaration.kind !== "module") return false;
  return symbol.declaration.value.kind === "for";
}
