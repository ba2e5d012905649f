import type { BicepType } from "./type.ts";
import { membersOf, unionOf } from "./union.ts";

/** Numbers from `min` to `max`. */
interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

/**
 * `type` as values are checked against it: in a union the compiler takes numbers that follow on each other for a range, so that `1 | 2 | 4`
 * takes any whole number as far as the range from 1 to 2 does.
 */
export function collapsed(type: BicepType): BicepType {
  if (type.kind !== "union") return type;
  const members = membersOf(type).filter(({ kind }) => kind !== "null");
  const numbers = members.flatMap((member) => (member.kind === "intLiteral" ? [member.value] : []));
  if (numbers.length < members.length) return type; // not of one kind
  const ranges = rangesOf(numbers);
  if (ranges.length === numbers.length) return type;
  return unionOf([...ranges.map(toType), ...membersOf(type).filter(({ kind }) => kind !== "intLiteral")]);
}

function rangesOf(numbers: readonly bigint[]): readonly Range[] {
  const ranges: Range[] = [];
  for (const value of numbers.toSorted((left, right) => (left < right ? -1 : 1))) {
    const last = ranges.at(-1);
    if (last !== undefined && last.max + 1n === value) ranges[ranges.length - 1] = { min: last.min, max: value };
    else ranges.push({ min: value, max: value });
  }
  return ranges;
}

function toType({ min, max }: Range): BicepType {
  return min === max ? { kind: "intLiteral", value: min } : { kind: "int", min, max };
}
