import type { BicepType, IntType, StringType } from "../../types/type.ts";
import type { Narrowing, Value } from "./narrowing.ts";

type IntTarget = Extract<BicepType, { readonly kind: "int" | "intLiteral" }>;
type StringTarget = Extract<BicepType, { readonly kind: "string" | "stringLiteral" }>;

/** Checks a number against the range of the type asked for. */
export function narrowInt(narrowing: Narrowing, { node, type }: Value, target: IntTarget): void {
  if (type.kind !== "int" && type.kind !== "intLiteral") return;
  if (type.kind === "intLiteral" && target.kind === "intLiteral") return;
  const [min, max] = intRange(type);
  const [targetMin, targetMax] = intRange(target);
  if (min !== undefined && targetMax !== undefined && min > targetMax) {
    narrowing.report("BCP327", node, [String(min), String(targetMax)]);
  } else if (max !== undefined && targetMin !== undefined && max < targetMin) {
    narrowing.report("BCP328", node, [String(max), String(targetMin)]);
  }
}

/** The least and greatest number of a type, where they are known. */
export function intRange(type: IntTarget | IntType): readonly [bigint | undefined, bigint | undefined] {
  return type.kind === "int" ? [type.min, type.max] : [type.value, type.value];
}

/** Checks a text against the length and the form of the type asked for. */
export function narrowString(narrowing: Narrowing, { node, type }: Value, target: StringTarget): void {
  if (type.kind !== "string" && type.kind !== "stringLiteral") return;
  if (type.kind === "stringLiteral" && target.kind === "stringLiteral") return;
  checkLength(narrowing, node, { actual: lengthRange(type), expected: lengthRange(target) });
  if (type.kind === "stringLiteral" && target.kind === "string" && target.pattern?.test(type.value) === false) {
    narrowing.report("BCP416", node, [target.pattern.source]);
  }
}

/** How short and how long something may be; `undefined` where that is open. */
export type LengthRange = readonly [min: number | undefined, max: number | undefined];

/** Reports a length that cannot fit. */
export function checkLength(
  narrowing: Narrowing,
  node: Value["node"],
  { actual, expected }: { readonly actual: LengthRange; readonly expected: LengthRange },
): void {
  const [min, max] = actual;
  const [expectedMin, expectedMax] = expected;
  if (min !== undefined && expectedMax !== undefined && min > expectedMax) {
    narrowing.report("BCP332", node, [String(min), String(expectedMax)]);
  } else if (max !== undefined && expectedMin !== undefined && max < expectedMin) {
    narrowing.report("BCP333", node, [String(max), String(expectedMin)]);
  }
}

function lengthRange(type: StringTarget | StringType): LengthRange {
  return type.kind === "string" ? [type.minLength, type.maxLength] : [type.value.length, type.value.length];
}
