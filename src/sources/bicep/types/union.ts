import { NEVER, NULL, lazily, type BicepType, type TupleType, type TypeRef, type UnionType } from "./type.ts";

/** The type of values that have any of `types`; equal ones are counted once. */
export function unionOf(types: readonly BicepType[]): BicepType {
  const members: BicepType[] = [];
  const seen = new Set<BicepType | string>();
  for (const type of types.flatMap((candidate) => membersOf(candidate))) {
    if (type.kind === "any" || type.kind === "error") return type;
    const key = literalKey(type) ?? type;
    if (seen.has(key)) continue;
    seen.add(key);
    members.push(type);
  }
  const [first] = members;
  if (first === undefined) return NEVER;
  if (members.length === 1) return first;
  return { kind: "union", members, literals: new Set(members.map(literalOf).filter((value) => value !== undefined)) };
}

/** The value that `type` stands for, when it stands for one that is neither an array nor an object. */
export function literalOf(type: BicepType): bigint | boolean | string | null | undefined {
  if (type.kind === "null") return null;
  return "value" in type ? type.value : undefined;
}

/** An array of which every item has a type of its own. */
export function tupleOf(items: readonly TypeRef[]): TupleType {
  return { kind: "tuple", items, item: lazily(() => unionOf(items.map((item) => item()))) };
}

/** The members of a union; of any other type itself; none of `never`. */
export function membersOf(type: BicepType): readonly BicepType[] {
  if (type.kind === "never") return [];
  return type.kind === "union" ? type.members : [type];
}

/** `type` or null. */
export function nullable(type: BicepType): BicepType {
  return unionOf([type, NULL]);
}

/** What is left of a type that may be null; `undefined` when it may not. Null alone leaves `never`. */
export function withoutNull(type: BicepType): BicepType | undefined {
  if (type.kind !== "union") return undefined;
  const rest = type.members.filter((member) => member.kind !== "null");
  return rest.length < type.members.length ? unionOf(rest) : undefined;
}

/** Whether `type` stands for one value alone. */
export function isLiteral(type: BicepType): boolean {
  switch (type.kind) {
    case "stringLiteral":
    case "intLiteral":
    case "boolLiteral":
    case "null":
      return true;
    case "tuple":
      return type.items.every((item) => isLiteral(item()));
    case "object":
      return (
        type.additional?.fallback !== false &&
        [...type.properties.values()].every((property) => property.required === true && isLiteral(property.type()))
      );
    default:
      return false;
  }
}

/** Whether every member is the literal of a text. */
export function isStringUnion(type: BicepType): type is UnionType {
  return type.kind === "union" && type.members.every((member) => member.kind === "stringLiteral");
}

/** Simple types are the same when their keys are; others are compared by identity. */
function literalKey(type: BicepType): string | undefined {
  switch (type.kind) {
    case "stringLiteral":
      return `'${type.value}`;
    case "intLiteral":
    case "boolLiteral":
      return `${type.kind} ${type.value}`;
    case "string":
      return `string ${type.minLength} ${type.maxLength} ${type.loose} ${type.folded} ${type.secure}`;
    case "int":
      return `int ${type.min} ${type.max} ${type.loose} ${type.folded}`;
    case "looseBool":
      return `bool ${type.folded}`;
    case "bool":
    case "null":
      return type.kind;
    default:
      return undefined;
  }
}
