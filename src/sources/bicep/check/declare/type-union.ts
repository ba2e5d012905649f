import type { Decorator, SyntaxNode, TypeExpression, UnionType } from "../../syntax/ast.ts";
import { ANY, ERROR, NULL, OBJECT, type BicepType, type DiscriminatedType, type ObjectType } from "../../types/type.ts";
import { describe } from "../../types/describe.ts";
import { isLiteral, membersOf, unionOf } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";
import { hasDecorator, textOfDecorator } from "./modify.ts";

/** The type of `a | b`: one of several literals, or of several objects that one member tells apart. */
export function declareUnion(context: FileContext, node: UnionType): BicepType {
  const discriminator = discriminatorOf(context, node);
  if (discriminator !== undefined) return declareDiscriminated(context, node, discriminator);
  const members = node.members.map((member) => ({ node: member, type: declareMember(context, member) }));
  if (!checkLiterals(context, node, members)) return ANY;
  checkFamilies(context, node, members);
  return unionOf(members.map(({ type }) => type));
}

/** Null is a type within a union alone. */
function declareMember(context: FileContext, node: TypeExpression): BicepType {
  return node.kind === "null" ? NULL : context.declaredType(node);
}

interface Member {
  readonly node: TypeExpression;
  readonly type: BicepType;
}

/** Whether all members are literals. Whatever is wrong with one, that it is none is all that is said. */
function checkLiterals(context: FileContext, node: UnionType, members: readonly Member[]): boolean {
  const open = members.filter(({ type }) => membersOf(type).some((member) => !isLiteral(member)));
  const others = members.filter(({ type }) => type.kind !== "null");
  if (open.length === others.length && areOfSeveralTypes(open) && !isItem(context, node)) {
    context.report("BCP294", node);
    return false;
  }
  for (const { node: member } of open) {
    context.withdraw(member);
    if (member.kind !== "skipped") context.report("BCP293", member);
  }
  return open.length === 0;
}

/** Whether types that are no literals differ in more than what is known of their values. */
function areOfSeveralTypes(members: readonly Member[]): boolean {
  const names = members.map(({ type }) => (type.kind === "array" ? describe(type) : familyOf(type)));
  return names.every((name) => name !== undefined) && new Set(names).size > 1;
}

/** Reports literals of several types, null aside. An array may have items of several. */
function checkFamilies(context: FileContext, node: UnionType, members: readonly Member[]): void {
  const families = new Set(members.flatMap(({ type }) => membersOf(type).map((member) => familyOf(member))));
  families.delete("null");
  if (families.size === 0 || (families.size > 1 && !isItem(context, node))) fault(context, ["BCP294", node]);
}

function familyOf(type: BicepType): string | undefined {
  switch (type.kind) {
    case "string":
    case "stringLiteral":
      return "string";
    case "int":
    case "intLiteral":
      return "int";
    case "bool":
    case "looseBool":
    case "boolLiteral":
      return "bool";
    case "object":
      return "object";
    case "tuple":
      return "array";
    case "null":
      return "null";
    default:
      return undefined;
  }
}

function isItem(context: FileContext, node: SyntaxNode): boolean {
  const parent = context.bindings.parents.get(node);
  return parent?.kind === "arrayType" || (parent?.kind === "parenthesizedType" && isItem(context, parent));
}

function discriminatorOf(context: FileContext, node: SyntaxNode): Decorator | undefined {
  const parent = context.bindings.parents.get(node);
  if (parent === undefined) return undefined;
  if ("decorators" in parent) return hasDecorator(context, parent, "discriminator");
  const isTransparent = ["parenthesizedType", "unionType", "nullableType", "nonNullableType"].includes(parent.kind);
  return isTransparent ? discriminatorOf(context, parent) : undefined;
}

function declareDiscriminated(context: FileContext, node: UnionType, decorator: Decorator): BicepType {
  const key = textOfDecorator(context, decorator);
  if (key === undefined) return ERROR;
  const objects = new Map<string, ObjectType>();
  let isFaulty = false;
  for (const member of node.members) {
    const type = declareMember(context, member);
    if (type.kind === "error") isFaulty = true;
    else if (!addMembers(context, { objects, key, type, node: member })) isFaulty = true;
  }
  const result: DiscriminatedType = { kind: "discriminated", key, members: objects };
  return isFaulty || objects.size === 0 ? ERROR : result;
}

interface Candidate extends Member {
  readonly objects: Map<string, ObjectType>;
  readonly key: string;
}

function addMembers(context: FileContext, { objects, key, type, node }: Candidate): boolean {
  const found = type.kind === "discriminated" ? [...type.members.values()] : type.kind === "object" ? [type] : [];
  if (found.length === 0) {
    fault(context, ["BCP286", node], OBJECT.name);
    return false;
  }
  for (const object of found) {
    const property = object.properties.get(key);
    const value = property?.required === true ? property.type() : undefined;
    if (value?.kind !== "stringLiteral") {
      fault(context, ["BCP364", node], key);
      return false;
    }
    if (objects.has(value.value)) {
      fault(context, ["BCP365", node], key, value.value);
      return false;
    }
    objects.set(value.value, object);
  }
  return true;
}
