import { findComponents } from "../../binder/components.ts";
import type { BicepSymbol, DeclaredSymbol } from "../../binder/symbol.ts";
import type {
  ArrayType,
  ObjectType,
  SyntaxNode,
  TupleType,
  TypeDeclaration,
  TypeExpression,
} from "../../syntax/ast.ts";
import { withoutNull } from "../../types/union.ts";
import type { FileContext } from "../context.ts";

/** The types that need themselves, with all of their circle. */
export type AliasCycles = ReadonlyMap<TypeDeclaration, readonly DeclaredSymbol[]>;

/** The types that are made of themselves alone: no object, array or tuple stands between. */
export function findDirectCycles(context: FileContext): AliasCycles {
  return findCycles(context, (declaration) => [...directNames(declaration.value)]);
}

/** The types that contain themselves where a value is required, so that none could ever be written. */
export function findContainedCycles(context: FileContext): AliasCycles {
  return findCycles(context, (declaration) => [...containedNames(context, declaration.value)]);
}

function findCycles(context: FileContext, namesOf: (declaration: TypeDeclaration) => SyntaxNode[]): AliasCycles {
  const symbols = context.bindings.symbols.filter((symbol): symbol is DeclaredSymbol => isAlias(symbol));
  const next = (symbol: DeclaredSymbol): DeclaredSymbol[] => {
    if (symbol.declaration.kind !== "typeDeclaration") return [];
    return namesOf(symbol.declaration)
      .map((name) => context.bindings.uses.get(name))
      .filter((found): found is DeclaredSymbol => found !== undefined && isAlias(found));
  };
  const cycles = new Map<TypeDeclaration, readonly DeclaredSymbol[]>();
  for (const component of findComponents(symbols, next)) {
    const [first] = component;
    const isCycle = component.length > 1 || (first !== undefined && next(first).includes(first));
    if (!isCycle) continue;
    for (const { declaration } of component) {
      if (declaration.kind === "typeDeclaration") cycles.set(declaration, component);
    }
  }
  return cycles;
}

function isAlias(symbol: BicepSymbol): symbol is DeclaredSymbol {
  return symbol.kind === "declared" && symbol.declaration.kind === "typeDeclaration";
}

function* directNames(node: TypeExpression): Generator<SyntaxNode> {
  switch (node.kind) {
    case "typeName":
      yield node;
      break;
    case "nullableType":
    case "nonNullableType":
      yield* directNames(node.type);
      break;
    case "parenthesizedType":
      yield* directNames(node.inner);
      break;
    case "unaryType":
      yield* directNames(node.operand);
      break;
    case "unionType":
      for (const member of node.members) yield* directNames(member);
      break;
    case "typeProperty":
    case "typeIndex":
    case "typeItems":
    case "typeAdditional":
      yield* directNames(node.base);
      break;
    default:
  }
}

function* containedNames(context: FileContext, node: TypeExpression, isInside = false): Generator<SyntaxNode> {
  switch (node.kind) {
    case "typeName":
      if (isInside) yield node;
      break;
    case "arrayType":
    case "tupleType":
    case "objectType":
      for (const part of partsOf(node)) yield* requiredNames(context, part);
      break;
    default:
      for (const inner of innerTypes(node)) yield* containedNames(context, inner, isInside);
  }
}

/** The types that a type stands for, or one of which it stands for. */
function innerTypes(node: TypeExpression): readonly TypeExpression[] {
  switch (node.kind) {
    case "parenthesizedType":
      return [node.inner];
    case "nullableType":
    case "nonNullableType":
      return [node.type];
    case "unionType":
      return node.members;
    default:
      return [];
  }
}

function* requiredNames(context: FileContext, node: TypeExpression): Generator<SyntaxNode> {
  const type = context.declaredType(node);
  if (type.kind === "error" || withoutNull(type) !== undefined || type.kind === "null") return;
  yield* containedNames(context, node, true);
}

/** The types of what an array, tuple or object consists of. */
function partsOf(node: ArrayType | ObjectType | TupleType): TypeExpression[] {
  if (node.kind === "arrayType") return [node.item];
  if (node.kind === "tupleType") return node.items.map(({ type }) => type);
  return node.members.filter(({ kind }) => kind === "typeMember").map(({ type }) => type);
}
