import { ANY, FOLDED_BOOL, FOLDED_INT, FOLDED_STRING, arrayOf, type BicepType } from "./type.ts";
import { literalOf, membersOf } from "./union.ts";

/** Whether values of `type` are known to the compiler, so that it works out what functions make of them. */
export function isFoldable(type: BicepType): boolean {
  switch (type.kind) {
    case "tuple":
      return type.items.every((item) => isFoldable(item()));
    case "object":
      return type.additional === undefined && [...type.properties.values()].every(({ type: of }) => isFoldable(of()));
    case "string":
    case "int":
    case "looseBool":
      return type.folded === true;
    default:
      return literalOf(type) !== undefined;
  }
}

/** The type of a value that the compiler works out and we do not: it may be any of its kind. */
export function folded(type: BicepType): BicepType {
  switch (type.kind) {
    case "string":
      return FOLDED_STRING;
    case "int":
      return FOLDED_INT;
    case "bool":
      return FOLDED_BOOL;
    case "array":
      return type.item().kind === "any" ? arrayOf(ANY) : arrayOf(folded(type.item()));
    default:
      return type;
  }
}

/** How a value reads in a string, where it is known; not for null, objects and arrays. */
export function textOf(type: BicepType): string | undefined {
  const value = literalOf(type);
  if (typeof value === "boolean") return value ? "True" : "False";
  return value === undefined || value === null ? undefined : String(value);
}

const LONGEST_INTEGER = String(-(2n ** 63n)).length;

/** How short and how long values of `type` can be in a string. */
export function textRange(type: BicepType): readonly [min: number, max: number] {
  const text = textOf(type);
  if (text !== undefined) return [text.length, text.length];
  if (isFoldable(type)) return [0, Number.POSITIVE_INFINITY];
  switch (type.kind) {
    case "union":
      return membersOf(type)
        .map((member) => textRange(member))
        .reduce(([min, max], [otherMin, otherMax]) => [Math.min(min, otherMin), Math.max(max, otherMax)]);
    case "string":
      return [type.minLength ?? 0, type.maxLength ?? Number.POSITIVE_INFINITY];
    case "int":
      return [1, LONGEST_INTEGER];
    case "bool":
    case "looseBool":
      return ["true".length, "false".length];
    default:
      return [isBracketed(type) ? 2 : 0, Number.POSITIVE_INFINITY];
  }
}

/** Whether values of `type` are written in brackets. */
function isBracketed({ kind }: BicepType): boolean {
  return ["array", "discriminated", "object", "tuple"].includes(kind);
}
