import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { ObjectType, TypeExpression } from "../syntax/ast.ts";
import type { Lowerer } from "./lowerer.ts";
import { resolveType, typeKey } from "./type-reference.ts";

/** A value that is a type of its own. */
export interface LiteralType {
  /** As the type is named; unions are sorted by it. */
  readonly name: string;
  /** The type of all values of that kind. */
  readonly kind: "array" | "bool" | "int" | "null" | "object" | "string";
  readonly value: TemplateNode;
}

const MAX_DEPTH = 32;

/** The values that a type is made of, sorted; `undefined` when it has others, too. */
export function literalTypes(lowerer: Lowerer, node: TypeExpression): LiteralType[] | undefined {
  const found = new Map<string, LiteralType>();
  if (!collect({ lowerer, found, depth: 0 }, node)) return undefined;
  return [...found.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

interface Collection {
  readonly lowerer: Lowerer;
  readonly found: Map<string, LiteralType>;
  readonly depth: number;
}

function collect(collection: Collection, node: TypeExpression): boolean {
  if (collection.depth > MAX_DEPTH) return false;
  const deeper = { ...collection, depth: collection.depth + 1 };
  switch (node.kind) {
    case "parenthesizedType":
      return collect(deeper, node.inner);
    case "unionType":
      return node.members.every((member) => collect(deeper, member));
    case "nullableType":
      add(collection, literal(collection.lowerer, "null", node));
      return collect(deeper, node.type);
    case "nonNullableType": {
      const isLiteral = collect(deeper, node.type);
      collection.found.delete("null");
      return isLiteral;
    }
    default:
      return collectSingle(deeper, node);
  }
}

function collectSingle(collection: Collection, node: TypeExpression): boolean {
  const { lowerer } = collection;
  const single = singleLiteral(lowerer, node);
  if (single !== undefined) {
    add(collection, single);
    return true;
  }
  const resolved = resolveType(lowerer, node);
  if (resolved?.kind !== "declared") return false;
  return collect({ ...collection, lowerer: resolved.lowerer }, resolved.node);
}

function add({ found }: Collection, type: LiteralType): void {
  found.set(type.name, type);
}

/** The value that `node` stands for as a type. */
export function singleLiteral(lowerer: Lowerer, node: TypeExpression): LiteralType | undefined {
  const { nodes } = lowerer.unit;
  switch (node.kind) {
    case "string":
      return { name: `'${escaped(node.segments[0] ?? "")}'`, kind: "string", value: lowerer.value(node) };
    case "integer":
      return { name: node.value.toString(), kind: "int", value: lowerer.value(node) };
    case "boolean":
      return { name: String(node.value), kind: "bool", value: lowerer.value(node) };
    case "null":
      return literal(lowerer, "null", node);
    case "unaryType":
      if (node.operand.kind === "integer") {
        const value = -node.operand.value;
        return { name: value.toString(), kind: "int", value: nodes.scalar(value, node) };
      }
      if (node.operand.kind !== "boolean") return undefined;
      return { name: String(!node.operand.value), kind: "bool", value: nodes.scalar(!node.operand.value, node) };
    default:
      return compoundLiteral(lowerer, node);
  }
}

function literal(lowerer: Lowerer, name: "null", node: TypeExpression): LiteralType {
  return { name, kind: "null", value: lowerer.unit.nodes.scalar(null, node) };
}

/** Tuples and objects of nothing but single values. */
function compoundLiteral(lowerer: Lowerer, node: TypeExpression): LiteralType | undefined {
  const { nodes } = lowerer.unit;
  if (node.kind === "objectType") return objectLiteral(lowerer, node);
  if (node.kind === "tupleType") {
    const items = node.items.map(({ type }) => singleLiteral(lowerer, type));
    if (items.some((item) => item === undefined)) return undefined;
    const present = items.filter((item) => item !== undefined);
    const name = `[${present.map((item) => item.name).join(", ")}]`;
    return {
      name,
      kind: "array",
      value: nodes.array(
        present.map(({ value }) => value),
        node,
      ),
    };
  }
  return undefined;
}

function objectLiteral(lowerer: Lowerer, node: ObjectType): LiteralType | undefined {
  const { nodes } = lowerer.unit;
  const members: { readonly name: string; readonly member: MemberNode }[] = [];
  for (const member of node.members) {
    const value = member.kind === "typeMember" ? singleLiteral(lowerer, member.type) : undefined;
    if (member.kind !== "typeMember" || value === undefined) return undefined;
    const key = typeKey(member.key);
    members.push({ name: `${key}: ${value.name}`, member: nodes.authored(key, value.value, member) });
  }
  const name = `{ ${members.map((member) => member.name).join(", ")} }`;
  const value = nodes.object(
    members.map(({ member }) => member),
    node,
  );
  return { name, kind: "object", value };
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("${", "\\${");
}
