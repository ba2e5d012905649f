import type { Report } from "../../messages.ts";
import type { Expression, FunctionArgument, IfCondition, LocalVariable, SyntaxNode } from "../../syntax/ast.ts";
import type { BicepType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";

/** Where a value stands that is checked against a type. */
export type ValueNode = Expression | FunctionArgument | IfCondition | LocalVariable;

/** A value with its type, which may be known better than that of the node. */
export interface Value {
  readonly node: ValueNode;
  readonly type: BicepType;
}

/** How a check of a value against a type is done, as it goes from an object or array to its members. */
export interface Narrowing {
  readonly context: FileContext;
  readonly report: Report;
  /** The variable that the value was reached through, where faults of its parts are then reported. */
  readonly origin: SyntaxNode | undefined;
  readonly disallowAny: boolean;
  /** Reports that the value is of another type altogether. */
  readonly onMismatch: ((expected: BicepType, value: Value) => void) | undefined;
  /** Which values were checked against which types already: types may contain themselves. */
  readonly seen: Seen;
  /** Checks a value, and what it consists of, against a type. */
  readonly narrow: (narrowing: Narrowing, value: Value, target: BicepType) => void;
}

/** Remembers triples of a node, its type and the type asked for. */
export class Seen {
  readonly #targets = new Map<ValueNode, Map<BicepType, Set<BicepType>>>();

  /** Whether the three come together for the first time. */
  add({ node, type }: Value, target: BicepType): boolean {
    const byType = this.#targets.get(node) ?? new Map<BicepType, Set<BicepType>>();
    const targets = byType.get(type) ?? new Set<BicepType>();
    const isNew = !targets.has(target);
    this.#targets.set(node, byType.set(type, targets.add(target)));
    return isNew;
  }
}

/** The value that a variable was declared with, or the loop variable itself, when `node` names one. */
export function valueOfVariable(context: FileContext, node: ValueNode): Value | undefined {
  if (node.kind !== "variable") return undefined;
  const symbol = context.bindings.uses.get(node);
  if (symbol?.kind === "local" && symbol.variable.kind === "localVariable") {
    return { node: symbol.variable, type: context.typeOfSymbol(symbol) };
  }
  if (symbol?.kind !== "declared" || symbol.declaration.kind !== "variableDeclaration") return undefined;
  const { value } = symbol.declaration;
  return { node: value, type: context.typeOf(value) };
}
