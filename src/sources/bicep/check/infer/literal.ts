import type { ArrayLiteral, IntegerLiteral, ObjectLiteral, StringLiteral } from "../../syntax/ast.ts";
import { isAssignable } from "../../types/assignable.ts";
import { describe } from "../../types/describe.ts";
import { isFoldable, textOf, textRange } from "../../types/fold.ts";
import {
  ANY,
  ARRAY,
  ERROR,
  FOLDED_STRING,
  INT,
  OBJECT,
  intLiteral,
  stringLiteral,
  type BicepType,
  type TypeProperty,
  type TypeRef,
} from "../../types/type.ts";
import { tupleOf, unionOf } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import { fault, hasError } from "../fault.ts";
import { nameOfMember } from "../members.ts";

const MAX_INTEGER = 2n ** 63n - 1n;

/** Longer texts, and longer arrays that are made of others, are not worked out: each step could double their size. */
const MAX_TEXT = 1_048_576;
const MAX_ITEMS = 16_384;

/** The type of a number as written; one that is too large for its sign is of no known value. */
export function inferInteger({ value }: IntegerLiteral): BicepType {
  return value > MAX_INTEGER ? INT : intLiteral(value);
}

/** The type of a string: its value where that is known, else how long it can be. */
export function inferString(context: FileContext, { segments, holes }: StringLiteral): BicepType {
  const types = holes.map((hole) => context.typeOf(hole));
  if (hasError(types)) return ERROR;
  const texts = types.map((type) => textOf(type));
  const known = texts.filter((text) => text !== undefined);
  const fixed = segments.reduce((sum, segment) => sum + segment.length, 0);
  const isKnown = known.length === texts.length;
  if (isKnown && known.reduce((sum, text) => sum + text.length, fixed) <= MAX_TEXT) {
    return stringLiteral(segments.map((segment, index) => segment + (known[index] ?? "")).join(""));
  }
  if (isKnown || types.every((type) => isFoldable(type))) return FOLDED_STRING;
  const ranges = types.map((type) => textRange(type));
  const minLength = ranges.reduce((sum, [min]) => sum + min, fixed);
  const maxLength = ranges.reduce((sum, [, max]) => sum + max, fixed);
  return {
    kind: "string",
    minLength: minLength > 0 ? minLength : undefined,
    maxLength: Number.isFinite(maxLength) ? maxLength : undefined,
  };
}

/** The type of an array: that of each item where no array of unknown length is spread in it. */
export function inferArray(context: FileContext, { items }: ArrayLiteral): BicepType {
  const types = items.map((item) => {
    const type = context.typeOf(item.value);
    if (item.kind === "item" || isAssignable(type, ARRAY)) return type;
    return fault(context, ["BCP402", item], "array", describe(type));
  });
  if (hasError(types)) return ERROR;
  const fixed: TypeRef[] = [];
  const others: BicepType[] = [];
  for (const [index, item] of items.entries()) {
    const type = types[index] ?? ANY;
    if (item.kind === "item") fixed.push(() => type);
    else if (type.kind === "tuple" && fixed.length + type.items.length <= MAX_ITEMS) addAll(fixed, type.items);
    else if (type.kind === "tuple") others.push(type.item());
    else others.push(type.kind === "array" ? type.item() : ANY);
  }
  if (others.length === 0) return tupleOf(fixed);
  const item = unionOf([...fixed.map((type) => type()), ...others]);
  return { kind: "array", item: () => item };
}

function addAll(items: TypeRef[], added: readonly TypeRef[]): void {
  for (const item of added) items.push(item);
}

/** The type of an object: its members, and others where names are computed or unknown ones are spread in it. */
export function inferObject(context: FileContext, node: ObjectLiteral): BicepType {
  const hasDuplicates = reportDuplicates(context, node);
  const types = node.members.map((member) => {
    const type = context.typeOf(member.value);
    if (member.kind === "spread") {
      return isAssignable(type, OBJECT) ? type : fault(context, ["BCP402", member], "object", describe(type));
    }
    return member.key.kind === "string" && context.typeOf(member.key).kind === "error" ? ERROR : type;
  });
  if (hasDuplicates || hasError(types) || node.members.some(hasNoKey)) return ERROR;
  const properties = new Map<string, TypeProperty>();
  const additional: BicepType[] = [];
  for (const [index, member] of node.members.entries()) {
    const type = types[index] ?? ANY;
    const name = member.kind === "member" ? nameOfMember(member) : undefined;
    if (name !== undefined) properties.set(name, { type: () => type, required: true });
    else if (member.kind === "spread") additional.push(...spread(type, properties));
    else additional.push(type);
  }
  const rest = unionOf(additional);
  return {
    kind: "object",
    name: "object",
    properties,
    additional: additional.length === 0 ? undefined : { type: () => rest, fallback: false },
  };
}

function hasNoKey(member: ObjectLiteral["members"][number]): boolean {
  return member.kind === "member" && member.key.kind === "skipped";
}

/** Adds the members of a spread object to `properties`, and gives the types of those that are not known by name. */
function spread(type: BicepType, properties: Map<string, TypeProperty>): BicepType[] {
  if (type.kind !== "object") return [ANY];
  for (const [name, property] of type.properties) properties.set(name, property);
  return type.additional === undefined ? [] : [type.additional.type()];
}

function reportDuplicates(context: FileContext, { members }: ObjectLiteral): boolean {
  const byName = new Map<string, ObjectLiteral["members"][number][]>();
  for (const member of members) {
    const name = member.kind === "member" ? nameOfMember(member) : undefined;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), member]);
  }
  let found = false;
  for (const [name, same] of byName) {
    if (same.length < 2) continue;
    found = true;
    for (const member of same) if (member.kind === "member") context.carry("BCP025", member.key, [name]);
  }
  return found;
}
