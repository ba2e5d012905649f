import type { SemanticCode } from "../../messages.ts";
import type { NullLiteral, ObjectType, TypeExpression, UnaryType } from "../../syntax/ast.ts";
import {
  ANY,
  ERROR,
  boolLiteral,
  intLiteral,
  lazily,
  stringLiteral,
  type BicepType,
  type TypeProperty,
  type TypeRef,
} from "../../types/type.ts";
import { literalOf, nullable, tupleOf, withoutNull } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";
import { nameOfMember } from "../members.ts";
import { modify } from "./modify.ts";
import { declareAccess } from "./type-access.ts";
import { declareName, declareInstantiation } from "./type-name.ts";
import { declareUnion } from "./type-union.ts";

/** The type that a type expression stands for. Parts that may contain the type itself are worked out later. */
export function declare(context: FileContext, node: TypeExpression): BicepType {
  switch (node.kind) {
    case "skipped":
      return ANY;
    case "typeName":
      return declareName(context, node);
    case "typeInstantiation":
      return declareInstantiation(context, node);
    case "typeProperty":
    case "typeAdditional":
    case "typeItems":
    case "typeIndex":
      return declareAccess(context, node);
    case "resourceType":
      return context.file.features.resourceTypedParamsAndOutputs ? ANY : fault(context, ["BCP231", node]);
    default:
      return declareLiteral(context, node);
  }
}

type Literal = Exclude<
  TypeExpression,
  {
    readonly kind:
      | "resourceType"
      | "skipped"
      | "typeAdditional"
      | "typeIndex"
      | "typeInstantiation"
      | "typeItems"
      | "typeName"
      | "typeProperty";
  }
>;

function declareLiteral(context: FileContext, node: Literal): BicepType {
  switch (node.kind) {
    case "string": {
      const [text = ""] = node.segments;
      return node.holes.length > 0 ? fault(context, ["BCP285", node]) : stringLiteral(text);
    }
    case "integer":
      return intLiteral(node.value);
    case "boolean":
      return boolLiteral(node.value);
    case "null":
      return declareNull(context, node);
    case "unaryType":
      return declareUnary(context, node);
    default:
      return declareCompound(context, node);
  }
}

const NULL_FAULTS: ReadonlyMap<string, SemanticCode> = new Map<string, SemanticCode>([
  ["output", "BCP030"],
  ["parameter", "BCP031"],
]);

function declareNull(context: FileContext, node: NullLiteral): BicepType {
  const parent = context.bindings.parents.get(node);
  return fault(context, [NULL_FAULTS.get(parent?.kind ?? "") ?? "BCP289", node]);
}

type Compound = Exclude<Literal, { readonly kind: "boolean" | "integer" | "null" | "string" | "unaryType" }>;

function declareCompound(context: FileContext, node: Compound): BicepType {
  switch (node.kind) {
    case "parenthesizedType":
      return context.declaredType(node.inner);
    case "nullableType": {
      const type = context.declaredType(node.type);
      return type.kind === "error" ? type : nullable(type);
    }
    case "nonNullableType": {
      const type = context.declaredType(node.type);
      return withoutNull(type) ?? type;
    }
    case "arrayType":
      return { kind: "array", item: lazily(() => context.declaredType(node.item)) };
    case "tupleType":
      return tupleOf(node.items.map((item) => lazily(() => modify(context, context.declaredType(item.type), item))));
    case "objectType":
      return declareObject(context, node);
    default:
      return declareUnion(context, node);
  }
}

function declareUnary(context: FileContext, node: UnaryType): BicepType {
  const type = context.declaredType(node.operand);
  if (type.kind === "error") return type;
  const value = literalOf(type);
  if (node.operator === "-" && typeof value === "bigint") return intLiteral(-value);
  if (node.operator === "!" && typeof value === "boolean") return boolLiteral(!value);
  return fault(context, ["BCP285", node]);
}

function declareObject(context: FileContext, node: ObjectType): BicepType {
  const properties = new Map<string, TypeProperty>();
  const rest: TypeRef[] = [];
  for (const member of node.members) {
    const type = lazily(() => modify(context, context.declaredType(member.type), member));
    const name = member.kind === "typeMember" ? nameOfMember(member) : undefined;
    if (member.kind === "typeMemberRest") rest.push(type);
    else if (name !== undefined) properties.set(name, { type, required: true });
  }
  if (reportMembers(context, node)) return ERROR;
  const [only] = rest;
  const additional = only === undefined ? { type: () => ANY, fallback: true } : { type: only, fallback: false };
  return { kind: "object", name: "object", properties, additional };
}

/** Reports members that have no name, or that of another one, and repeated types of further members; true if there are some. */
function reportMembers(context: FileContext, { members }: ObjectType): boolean {
  const rest = members.filter(({ kind }) => kind === "typeMemberRest");
  if (rest.length > 1) for (const member of rest) context.carry("BCP315", member);
  let isFaulty = rest.length > 1;
  const names = new Set<string>();
  for (const member of members) {
    if (member.kind === "typeMemberRest") continue;
    const name = nameOfMember(member);
    const isNew = name !== undefined && !names.has(name);
    if (!isNew) {
      isFaulty = true;
      context.carry(name === undefined ? "BCP296" : "BCP025", member.key, [name ?? ""]);
    }
    if (name !== undefined) names.add(name);
  }
  return isFaulty;
}
