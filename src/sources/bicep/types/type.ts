import type { ModuleDeclaration, ResourceDeclaration } from "../syntax/ast.ts";

/**
 * The type of a value, as the compiler infers or the author declares it.
 *
 * - `any`: not known, or not wanted to be known; fits everywhere
 * - `never`: of an expression that has no value, such as `fail()`
 * - `error`: a fault in it is reported already; nothing more is said of what depends on it
 *
 * `loose` values are those of a kind whose exact value is not known to fit a literal, but may: they are assignable to it.
 * `folded` ones are computed from literals alone: the compiler knows the value, this program does not work it out.
 */
export type BicepType =
  | { readonly kind: "any" | "bool" | "error" | "never" | "null" }
  | StringType
  | { readonly kind: "stringLiteral"; readonly value: string; readonly secure?: boolean }
  | IntType
  | { readonly kind: "intLiteral"; readonly value: bigint }
  | { readonly kind: "looseBool"; readonly folded?: boolean }
  | { readonly kind: "boolLiteral"; readonly value: boolean }
  | ArrayType
  | TupleType
  | ObjectType
  | DiscriminatedType
  | UnionType
  | LambdaType
  | ResourceType
  | ModuleType
  | ScopeType
  | NamespaceType;

export interface StringType {
  readonly kind: "string";
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: RegExp | undefined;
  readonly loose?: boolean;
  readonly folded?: boolean;
  readonly secure?: boolean;
}

export interface IntType {
  readonly kind: "int";
  readonly min?: bigint | undefined;
  readonly max?: bigint | undefined;
  readonly loose?: boolean;
  readonly folded?: boolean;
}

/** A type that may contain itself: it is worked out when it is asked for. */
export type TypeRef = () => BicepType;

export interface ArrayType {
  readonly kind: "array";
  readonly item: TypeRef;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly items: readonly TypeRef[];
  /** The type of any item. */
  readonly item: TypeRef;
}

export interface TypeProperty {
  readonly type: TypeRef;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
  /** Whether `null` is taken for leaving it out. */
  readonly nullable?: boolean;
  /** Whether values of type `any` are refused. */
  readonly disallowAny?: boolean;
}

export interface ObjectType {
  readonly kind: "object";
  /** How messages name it. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, TypeProperty>;
  /** What other properties may be; without it the object is closed. A `fallback` takes them, with a warning. */
  readonly additional?: { readonly type: TypeRef; readonly fallback: boolean } | undefined;
  readonly secure?: boolean;
}

/** One of several objects, told apart by the literal value of one property. */
export interface DiscriminatedType {
  readonly kind: "discriminated";
  readonly key: string;
  readonly members: ReadonlyMap<string, ObjectType>;
}

export interface UnionType {
  readonly kind: "union";
  /** At least two, none of them a union. */
  readonly members: readonly BicepType[];
  /** The literals among them. */
  readonly literals: ReadonlySet<bigint | boolean | string | null>;
}

export interface LambdaType {
  readonly kind: "lambda";
  readonly parameters: readonly BicepType[];
  readonly optional: readonly BicepType[];
  readonly returns: BicepType;
}

/** A resource by its symbolic name. The types of its properties are Azure's and not known here. */
export interface ResourceType {
  readonly kind: "resource";
  /** `Microsoft.Storage/storageAccounts` */
  readonly type: string;
  readonly declaration: ResourceDeclaration;
}

export interface ModuleType {
  readonly kind: "module";
  readonly body: ObjectType;
  readonly declaration: ModuleDeclaration;
}

export type ScopeKind = "tenant" | "managementGroup" | "subscription" | "resourceGroup";

/** What `resourceGroup()` and its like give back: a scope, and an object with properties where it is the current one. */
export interface ScopeType {
  readonly kind: "scope";
  readonly scope: ScopeKind;
  readonly argumentCount: number;
  readonly body: ObjectType;
}

/** `sys`, `az` or a wildcard import. */
export interface NamespaceType {
  readonly kind: "namespace";
  readonly name: string;
  readonly members: ReadonlyMap<string, TypeRef>;
  /** The functions of an imported file; `undefined` for a namespace of the language. */
  readonly functions: ReadonlyMap<string, FunctionType> | undefined;
}

/** A user-defined function, as its callers see it. */
export interface FunctionType {
  readonly parameters: readonly BicepType[];
  readonly returns: BicepType;
}

export const ANY: BicepType = { kind: "any" };
export const ERROR: BicepType = { kind: "error" };
export const NEVER: BicepType = { kind: "never" };
export const NULL: BicepType = { kind: "null" };
export const BOOL: BicepType = { kind: "bool" };
export const INT: IntType = { kind: "int" };
export const STRING: StringType = { kind: "string" };

/** A text of which only that it is one is known: it may be any literal. */
export const SOME_STRING: StringType = { kind: "string", loose: true };
export const SOME_BOOL: BicepType = { kind: "looseBool" };

/** What a function makes of literals. */
export const FOLDED_STRING: StringType = { kind: "string", loose: true, folded: true };
export const FOLDED_INT: IntType = { kind: "int", loose: true, folded: true };
export const FOLDED_BOOL: BicepType = { kind: "looseBool", folded: true };

export const ARRAY: ArrayType = { kind: "array", item: () => ANY };
export const STRING_ARRAY: ArrayType = { kind: "array", item: () => STRING };
export const OBJECT: ObjectType = {
  kind: "object",
  name: "object",
  properties: new Map(),
  additional: { type: () => ANY, fallback: false },
};

/** A type whose members are worked out at most once. */
export function lazily(compute: () => BicepType): TypeRef {
  let result: BicepType | undefined;
  return () => (result ??= compute());
}

/** An array of `item`. */
export function arrayOf(item: BicepType, minLength?: number, maxLength?: number): ArrayType {
  return { kind: "array", item: () => item, minLength, maxLength };
}

/** An object whose properties are all optional and of the given types. */
export function objectOf(name: string, properties: Readonly<Record<string, BicepType>>): ObjectType {
  const entries = Object.entries(properties).map(([key, type]): [string, TypeProperty] => [key, { type: () => type }]);
  return { kind: "object", name, properties: new Map(entries) };
}

/** An object with values of one type under any name. */
export function dictionaryOf(value: BicepType): ObjectType {
  return { kind: "object", name: "object", properties: new Map(), additional: { type: () => value, fallback: false } };
}

/** The type of one text. */
export function stringLiteral(value: string): BicepType {
  return { kind: "stringLiteral", value };
}

/** The type of one number. */
export function intLiteral(value: bigint): BicepType {
  return { kind: "intLiteral", value };
}

/** The type of `true` or of `false`. */
export function boolLiteral(value: boolean): BicepType {
  return { kind: "boolLiteral", value };
}
