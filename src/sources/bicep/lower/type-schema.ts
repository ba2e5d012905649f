import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { ArrayType, Decorator, ObjectType, TupleType, TypeExpression, UnionType } from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import { appliedDecorators, type AppliedDecorator } from "./decorators.ts";
import { descriptionText } from "./description.ts";
import type { Lowerer } from "./lowerer.ts";
import { resourceTypeName } from "./resource-derived.ts";
import { Schema } from "./schema.ts";
import { literalTypes, singleLiteral, type LiteralType } from "./type-literal.ts";
import { discriminatorOf, resolveType, typeKey, type ResolvedType } from "./type-reference.ts";
import { discriminatorMapping } from "./type-union.ts";

/** What describes a type in a template, its decorators included. */
export function decoratedSchema(lowerer: Lowerer, type: TypeExpression, decorators: readonly Decorator[]): Schema {
  return decorate(lowerer, typeSchema(lowerer, type, discriminatorOf(decorators)), decorators);
}

/** Adds what decorators say of a type. */
export function decorate(lowerer: Lowerer, schema: Schema, decorators: readonly Decorator[]): Schema {
  for (const decorator of sorted(appliedDecorators(decorators))) applyDecorator(lowerer, schema, decorator);
  return schema;
}

/** In the order in which the compiler writes what they say. */
const DECORATOR_ORDER: readonly string[] = [
  "secure",
  "sealed",
  "export",
  "metadata",
  "minLength",
  "maxLength",
  "minValue",
  "maxValue",
  "validate",
  "description",
];

function sorted(decorators: readonly AppliedDecorator[]): AppliedDecorator[] {
  return DECORATOR_ORDER.flatMap((name) => decorators.filter((decorator) => decorator.name === name));
}

const SECURE_TYPES: Readonly<Record<string, string>> = { string: "securestring", object: "secureObject" };

function applyDecorator(lowerer: Lowerer, schema: Schema, decorator: AppliedDecorator): void {
  const { name, node } = decorator;
  const [argument] = decorator.arguments;
  switch (name) {
    case "secure": {
      const secure = SECURE_TYPES[schema.textOf("type") ?? ""];
      if (secure !== undefined) schema.text("type", secure, node);
      return;
    }
    case "sealed":
      schema.flag("additionalProperties", false, node);
      return;
    case "export":
      schema.metadata("__bicep_export!", lowerer.unit.nodes.scalar(true, node), node);
      return;
    case "validate":
      schema.set("validate", listOf(lowerer, decorator), node);
      return;
    case "description":
      if (argument !== undefined) schema.metadata("description", descriptionText(lowerer, argument), node);
      return;
    default:
      if (argument !== undefined) schema.set(name, lowerer.value(argument), node);
  }
}

function listOf(lowerer: Lowerer, decorator: AppliedDecorator): TemplateNode {
  return lowerer.unit.nodes.array(
    decorator.arguments.map((argument) => lowerer.value(argument)),
    decorator.node,
  );
}

/** What describes a type in a template. */
export function typeSchema(lowerer: Lowerer, node: TypeExpression, discriminator?: string): Schema {
  const schema = new Schema(lowerer.unit.nodes);
  switch (node.kind) {
    case "parenthesizedType":
      return typeSchema(lowerer, node.inner, discriminator);
    case "nullableType":
      return typeSchema(lowerer, node.type, discriminator).flag("nullable", true, node);
    case "nonNullableType":
      return typeSchema(lowerer, node.type, discriminator).flag("nullable", false, node);
    case "arrayType":
      return arraySchema(lowerer, schema, node);
    case "objectType":
      return objectSchema(lowerer, schema, node);
    case "tupleType":
      return tupleSchema(lowerer, schema, node);
    case "unionType":
      return unionSchema({ lowerer, schema, discriminator }, node);
    case "resourceType":
      return schema.text("type", "string", node);
    default:
      return namedSchema(lowerer, schema, node);
  }
}

function namedSchema(lowerer: Lowerer, schema: Schema, node: TypeExpression): Schema {
  const single = singleLiteral(lowerer, node);
  if (single !== undefined) return literalSchema(lowerer, schema, { types: [single], node });
  const resolved = resolveType(lowerer, node);
  if (resolved !== undefined) return referenceSchema(lowerer, resolved, node);
  const name = ambientName(node);
  return name === undefined || name === "any" ? schema : schema.text("type", name, node);
}

function ambientName(node: TypeExpression): string | undefined {
  return node.kind === "typeName" || node.kind === "typeProperty" ? node.name.name : undefined;
}

/** What describes a type that stands elsewhere. */
export function referenceSchema({ unit }: Lowerer, resolved: ResolvedType, place: Span): Schema {
  const { nodes } = unit;
  const schema = new Schema(nodes);
  if (resolved.kind === "unresolved") return schema;
  const pointer = resolved.pointer.map(encodePointer).join("/");
  if (resolved.kind !== "resource") return schema.text("$ref", `#/${pointer}`, place);
  const source = nodes.scalar(`${resolved.type}${pointer === "" ? "" : "#"}${pointer}`, place);
  const members: MemberNode[] = [nodes.member("source", source, place)];
  if (resolved.output) members.push(nodes.member("output", nodes.scalar(true, place), place));
  return schema
    .text("type", resourceTypeName(resolved.pointer), place)
    .metadata("__bicep_resource_derived_type!", nodes.object(members, place), place);
}

/** A step of a JSON pointer in the fragment of a URI. */
function encodePointer(step: string): string {
  return encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
}

interface LiteralUse {
  readonly types: readonly LiteralType[];
  readonly node: TypeExpression;
}

function literalSchema({ unit }: Lowerer, schema: Schema, { types, node }: LiteralUse): Schema {
  const present = types.filter(({ kind }) => kind !== "null");
  const values = present.length > 0 ? present : types;
  const [first] = values;
  schema.text("type", first?.kind ?? "string", node).set("allowedValues", allowedValues(unit, values, node), node);
  return present.length < types.length && present.length > 0 ? schema.flag("nullable", true, node) : schema;
}

function allowedValues({ nodes }: Lowerer["unit"], types: readonly LiteralType[], place: Span): TemplateNode {
  return nodes.array(
    types.map(({ value }) => value),
    place,
  );
}

interface UnionParts {
  readonly lowerer: Lowerer;
  readonly schema: Schema;
  readonly discriminator: string | undefined;
}

function unionSchema({ lowerer, schema, discriminator }: UnionParts, node: UnionType): Schema {
  const { nodes } = lowerer.unit;
  if (discriminator !== undefined) {
    const entries = discriminatorMapping(lowerer, node, discriminator);
    const mapping = entries.map(({ value, type, place }) =>
      nodes.member(value, mappedSchema(lowerer, type).node(place), place),
    );
    const members = [
      nodes.member("propertyName", nodes.scalar(discriminator, node), node),
      nodes.member("mapping", nodes.object(mapping, node), node),
    ];
    return schema.text("type", "object", node).set("discriminator", nodes.object(members, node), node);
  }
  const types = literalTypes(lowerer, node);
  if (types !== undefined) return literalSchema(lowerer, schema, { types, node });
  return openUnionSchema(lowerer, schema, node);
}

function mappedSchema(lowerer: Lowerer, type: ResolvedType | TypeExpression): Schema {
  return "pointer" in type || type.kind === "unresolved"
    ? referenceSchema(lowerer, type, placeOf(type))
    : typeSchema(lowerer, type);
}

function placeOf(type: ResolvedType): Span {
  return type.kind === "declared" ? type.node : { offset: 0, length: 0 };
}

/** A union with a type that has its other members as values is that type. */
function openUnionSchema(lowerer: Lowerer, schema: Schema, node: UnionType): Schema {
  const open = node.members.find((member) => literalTypes(lowerer, member) === undefined);
  return open === undefined ? schema : typeSchema(lowerer, open);
}

function arraySchema(lowerer: Lowerer, schema: Schema, node: ArrayType): Schema {
  schema.text("type", "array", node);
  const item = withoutParentheses(node.item);
  const isWritten = item.kind === "unionType" || singleLiteral(lowerer, item) !== undefined;
  const types = isWritten ? literalTypes(lowerer, item) : undefined;
  if (types !== undefined) return schema.set("allowedValues", allowedValues(lowerer.unit, types, item), item);
  return schema.set("items", typeSchema(lowerer, item).node(item), item);
}

function withoutParentheses(node: TypeExpression): TypeExpression {
  return node.kind === "parenthesizedType" ? withoutParentheses(node.inner) : node;
}

function objectSchema(lowerer: Lowerer, schema: Schema, node: ObjectType): Schema {
  const { nodes } = lowerer.unit;
  const properties = node.members.flatMap((member) => {
    if (member.kind !== "typeMember") return [];
    const described = decoratedSchema(lowerer, member.type, member.decorators).node(member);
    return [nodes.member(typeKey(member.key), described, member)];
  });
  schema.text("type", "object", node).set("properties", nodes.object(properties, node), node);
  const rest = node.members.find((member) => member.kind === "typeMemberRest");
  if (rest === undefined) return schema;
  const described = decoratedSchema(lowerer, rest.type, rest.decorators).node(rest);
  return schema.set("additionalProperties", described, rest);
}

function tupleSchema(lowerer: Lowerer, schema: Schema, node: TupleType): Schema {
  const items = node.items.map((item) => decoratedSchema(lowerer, item.type, item.decorators).node(item));
  return schema
    .text("type", "array", node)
    .set("prefixItems", lowerer.unit.nodes.array(items, node), node)
    .flag("items", false, node);
}
