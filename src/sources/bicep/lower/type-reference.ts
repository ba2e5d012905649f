import type { TemplateNode } from "../../arm/template/node.ts";
import { valueOf } from "../../arm/template/node.ts";
import type { Decorator, Expression, ObjectType, TypeExpression } from "../syntax/ast.ts";
import { decoratorOf } from "./decorators.ts";
import { literalText } from "./body.ts";
import type { Lowerer } from "./lowerer.ts";

/** What a name, or a part that is read of one, stands for among types. */
export type ResolvedType =
  | DeclaredType
  /** A definition of a JSON template; `root` is the template. */
  | {
      readonly kind: "schema";
      readonly pointer: readonly string[];
      readonly schema: TemplateNode;
      readonly root: TemplateNode;
    }
  /** A part of the type of an Azure resource. */
  | { readonly kind: "resource"; readonly pointer: readonly string[]; readonly type: string; readonly output: boolean }
  /** From a file that is not at hand. */
  | { readonly kind: "unresolved" };

/** A type that is written out in a Bicep file. */
export interface DeclaredType {
  readonly kind: "declared";
  /** Where it stands in the template. */
  readonly pointer: readonly string[];
  /** Lowers what stands in the file it is declared in. */
  readonly lowerer: Lowerer;
  readonly node: TypeExpression;
  /** The member that tells the members of a union apart. */
  readonly discriminator: string | undefined;
}

/** The type that a decorator's `discriminator` names a member of. */
export function discriminatorOf(decorators: readonly Decorator[]): string | undefined {
  return literalText(decoratorOf(decorators, "discriminator")?.arguments[0]);
}

/** What `node` refers to; `undefined` when it is written out itself. */
export function resolveType(lowerer: Lowerer, node: TypeExpression): ResolvedType | undefined {
  switch (node.kind) {
    case "parenthesizedType":
      return resolveType(lowerer, node.inner);
    case "typeName":
      return resolveName(lowerer, node);
    case "typeInstantiation":
      return resolveInstantiation(lowerer, node);
    case "typeProperty":
      return resolveMember(lowerer, node.base, node.name.name);
    case "typeIndex":
      return resolveIndex(lowerer, node.base, node.index);
    case "typeItems":
      return resolvePart(resolveType(lowerer, node.base), itemsOf, ["items"]);
    case "typeAdditional":
      return resolvePart(resolveType(lowerer, node.base), additionalOf, ["additionalProperties"]);
    default:
      return undefined;
  }
}

function resolveName(lowerer: Lowerer, node: Extract<TypeExpression, { kind: "typeName" }>): ResolvedType | undefined {
  const { unit, names } = lowerer;
  const symbol = unit.bindings.uses.get(node);
  if (symbol?.kind === "imported") return names.type(unit.file, symbol.declaration, symbol.original ?? symbol.name);
  if (symbol?.kind !== "declared" || symbol.declaration.kind !== "typeDeclaration") return undefined;
  const { declaration } = symbol;
  return {
    kind: "declared",
    pointer: ["definitions", names.declared(unit.file.path, symbol.name)],
    lowerer,
    node: declaration.value,
    discriminator: discriminatorOf(declaration.decorators),
  };
}

function resolveInstantiation(
  { unit }: Lowerer,
  node: Extract<TypeExpression, { kind: "typeInstantiation" }>,
): ResolvedType | undefined {
  const [argument] = node.arguments;
  const written = argument?.value.kind === "string" ? argument.value.segments[0] : undefined;
  if (written === undefined) return undefined;
  const [name = "", version = ""] = written.split("@", 2);
  const type = `${unit.spelling.of(name, version)}@${version}`;
  return { kind: "resource", pointer: [], type, output: node.name.name === "resourceOutput" };
}

function resolveIndex(lowerer: Lowerer, base: TypeExpression, index: Expression): ResolvedType | undefined {
  const name = literalText(index);
  if (name !== undefined) return resolveMember(lowerer, base, name);
  if (index.kind !== "integer") return undefined;
  const position = Number(index.value);
  const find: PartFinder = (node) => (node.kind === "tupleType" ? node.items[position] : undefined);
  return resolvePart(resolveType(lowerer, base), find, ["prefixItems", String(position)]);
}

function resolveMember(lowerer: Lowerer, base: TypeExpression, name: string): ResolvedType | undefined {
  const { unit, names } = lowerer;
  const symbol = base.kind === "typeName" ? unit.bindings.uses.get(base) : undefined;
  if (symbol?.kind === "wildcard") return names.type(unit.file, symbol.declaration, name);
  if (symbol?.kind === "namespace") return undefined;
  return resolvePart(resolveType(lowerer, base), (node) => memberOf(node, name), ["properties", name]);
}

interface Part {
  readonly type: TypeExpression;
  readonly decorators: readonly Decorator[];
}

type PartFinder = (node: TypeExpression) => Part | undefined;

const MAX_ALIASES = 64;

/** A part of a type, however many names stand for that type. */
function resolvePart(
  base: ResolvedType | undefined,
  find: PartFinder,
  steps: readonly string[],
): ResolvedType | undefined {
  let resolved = base;
  for (let count = 0; resolved?.kind === "declared" && count < MAX_ALIASES; count += 1) {
    const part = find(opened(resolved.node));
    if (part !== undefined) {
      const { lowerer } = resolved;
      const discriminator = discriminatorOf(part.decorators);
      return { kind: "declared", pointer: [...resolved.pointer, ...steps], lowerer, node: part.type, discriminator };
    }
    resolved = resolveType(resolved.lowerer, opened(resolved.node));
  }
  if (resolved?.kind === "resource") return { ...resolved, pointer: [...resolved.pointer, ...steps] };
  return resolved?.kind === "schema" ? schemaPart(resolved, steps) : resolved;
}

/** A type without what says that it may or may not be missing. */
function opened(node: TypeExpression): TypeExpression {
  if (node.kind === "parenthesizedType") return opened(node.inner);
  return node.kind === "nonNullableType" || node.kind === "nullableType" ? opened(node.type) : node;
}

function memberOf(node: TypeExpression, name: string): Part | undefined {
  if (node.kind !== "objectType") return undefined;
  return node.members.find((member) => member.kind === "typeMember" && typeKey(member.key) === name);
}

/** The name of a member of an object type. */
export function typeKey(key: Exclude<ObjectType["members"][number], { kind: "typeMemberRest" }>["key"]): string {
  if (key.kind === "identifier") return key.name;
  return key.kind === "string" ? (key.segments[0] ?? "") : "";
}

function itemsOf(node: TypeExpression): Part | undefined {
  return node.kind === "arrayType" ? { type: node.item, decorators: [] } : undefined;
}

function additionalOf(node: TypeExpression): Part | undefined {
  return node.kind === "objectType" ? node.members.find((member) => member.kind === "typeMemberRest") : undefined;
}

type SchemaType = Extract<ResolvedType, { kind: "schema" }>;

function schemaPart(base: SchemaType, steps: readonly string[]): ResolvedType | undefined {
  let { pointer, schema } = base;
  for (let count = 0; count < MAX_ALIASES; count += 1) {
    const part = steps.reduce<TemplateNode | undefined>((node, step) => stepInto(node, step), schema);
    if (part !== undefined) return { ...base, pointer: [...pointer, ...steps], schema: part };
    const reference = valueOf(schema, "$ref");
    if (reference?.kind !== "scalar" || typeof reference.value !== "string") return undefined;
    pointer = reference.value.replace(/^#\//u, "").split("/").map(decodePointer);
    const next = pointer.reduce<TemplateNode | undefined>((node, step) => stepInto(node, step), base.root);
    if (next === undefined) return undefined;
    schema = next;
  }
  return undefined;
}

function stepInto(node: TemplateNode | undefined, step: string): TemplateNode | undefined {
  return node?.kind === "array" ? node.elements[Number(step)] : valueOf(node, step);
}

function decodePointer(step: string): string {
  return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
}
