import { valueOf } from "../../arm/template/node.ts";
import type { TypeExpression, UnionType } from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import type { Lowerer } from "./lowerer.ts";
import { resolveType, typeKey, type DeclaredType, type ResolvedType } from "./type-reference.ts";

/** A member of a union of objects, with the value that tells it apart. */
export interface UnionMember {
  readonly value: string;
  /** What it stands for when it is named, else the type itself. */
  readonly type: ResolvedType | TypeExpression;
  readonly place: Span;
}

const MAX_DEPTH = 32;

/** The members of a union of objects by the value of `discriminator`. */
export function discriminatorMapping(
  lowerer: Lowerer,
  union: UnionType,
  discriminator: string,
): readonly UnionMember[] {
  return membersOf({ lowerer, discriminator, depth: 0 }, union);
}

interface Mapping {
  readonly lowerer: Lowerer;
  readonly discriminator: string;
  readonly depth: number;
}

function membersOf(mapping: Mapping, node: TypeExpression): UnionMember[] {
  if (mapping.depth > MAX_DEPTH) return [];
  if (node.kind === "parenthesizedType") return membersOf(mapping, node.inner);
  if (node.kind === "unionType") return node.members.flatMap((member) => membersOf(mapping, member));
  if (node.kind === "objectType") {
    const value = discriminatorValue(mapping, node);
    return value === undefined ? [] : [{ value, type: node, place: node }];
  }
  const resolved = resolveType(mapping.lowerer, node);
  return resolved === undefined ? [] : resolvedMembers(mapping, resolved, node);
}

function resolvedMembers(mapping: Mapping, resolved: ResolvedType, place: Span): UnionMember[] {
  const deeper = { ...mapping, depth: mapping.depth + 1 };
  if (resolved.kind === "schema") {
    const type = valueOf(valueOf(valueOf(resolved.schema, "properties"), mapping.discriminator), "allowedValues");
    const [value] = type?.kind === "array" ? type.elements : [];
    if (value?.kind !== "scalar" || typeof value.value !== "string") return [];
    return [{ value: value.value, type: resolved, place }];
  }
  return resolved.kind === "declared" ? declaredMembers(deeper, resolved, place) : [];
}

/** A named union counts by its members, a name of a name by what is named last. */
function declaredMembers(mapping: Mapping, resolved: DeclaredType, place: Span): UnionMember[] {
  const inner = { ...mapping, lowerer: resolved.lowerer };
  const node = withoutParentheses(resolved.node);
  if (node.kind !== "objectType") return membersOf(inner, node);
  const value = discriminatorValue(inner, node);
  return value === undefined ? [] : [{ value, type: resolved, place }];
}

function discriminatorValue({ lowerer, discriminator }: Mapping, node: TypeExpression): string | undefined {
  if (node.kind !== "objectType") return undefined;
  const member = node.members.find(
    (candidate) => candidate.kind === "typeMember" && typeKey(candidate.key) === discriminator,
  );
  return member === undefined ? undefined : textOf(lowerer, member.type, 0);
}

function textOf(lowerer: Lowerer, node: TypeExpression, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (node.kind === "string") return node.segments[0];
  if (node.kind === "parenthesizedType") return textOf(lowerer, node.inner, depth + 1);
  const resolved = resolveType(lowerer, node);
  return resolved?.kind === "declared" ? textOf(resolved.lowerer, resolved.node, depth + 1) : undefined;
}

function withoutParentheses(node: TypeExpression): TypeExpression {
  return node.kind === "parenthesizedType" ? withoutParentheses(node.inner) : node;
}
