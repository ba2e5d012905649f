import type { ResultRule } from "../../functions/signature.ts";
import { INT, STRING, type BicepType, type IntType, type StringType } from "../../types/type.ts";
import { literalOf } from "../../types/union.ts";
import type { Call } from "./arguments.ts";

/** The type of what a function makes of a text, which is as loose as that text; `undefined` for other functions. */
export function inferTextResult({ types }: Call, rule: ResultRule): BicepType | undefined {
  const [first, second, third] = types;
  const text: StringType = first?.kind === "string" ? first : STRING;
  switch (rule) {
    case "textEnd":
      return within(text, { min: Math.min(text.minLength ?? 0, 1), max: 1 });
    case "textLength":
      return lengthOf(text);
    case "textOfCase":
      return within(text, { min: text.minLength, max: text.maxLength });
    case "textPadded":
      return padded(text, countOf(second));
    case "textPart":
      return partOf(text, { length: countOf(third), hasLength: types.length > 2 });
    case "textSkipped":
      return skipped(text, countOf(second));
    case "textTaken":
      return taken(text, countOf(second));
    case "textTrimmed":
      return within(text, { min: undefined, max: text.maxLength });
    default:
      return undefined;
  }
}

interface Lengths {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

function within({ loose }: StringType, { min, max }: Lengths): StringType {
  return { ...STRING, ...(loose === true ? { loose } : {}), minLength: min, maxLength: max };
}

/** How many characters a number stands for, where it is known; a negative one for none. */
function countOf(type: BicepType | undefined): number | undefined {
  const value = type === undefined ? undefined : literalOf(type);
  return typeof value === "bigint" ? Math.max(0, Number(value)) : undefined;
}

function lengthOf({ minLength, maxLength, loose }: StringType): IntType {
  return {
    ...INT,
    ...(loose === true ? { loose } : {}),
    min: BigInt(minLength ?? 0),
    max: maxLength === undefined ? undefined : BigInt(maxLength),
  };
}

function padded(text: StringType, count: number | undefined): StringType {
  if (count === undefined) return within(text, { min: text.minLength, max: undefined });
  const max = text.maxLength === undefined ? undefined : Math.max(text.maxLength, count);
  return within(text, { min: Math.max(text.minLength ?? 0, count), max });
}

function partOf(
  text: StringType,
  { length, hasLength }: { readonly length: number | undefined; readonly hasLength: boolean },
): StringType {
  if (hasLength && length !== undefined) return within(text, { min: length, max: length });
  return within(text, { min: undefined, max: text.maxLength });
}

function skipped(text: StringType, count: number | undefined): StringType {
  const rest = (length: number | undefined) => (length === undefined ? undefined : Math.max(0, length - (count ?? 0)));
  return within(text, { min: count === undefined ? undefined : rest(text.minLength), max: rest(text.maxLength) });
}

function taken(text: StringType, count: number | undefined): StringType {
  if (count === undefined) return within(text, { min: undefined, max: text.maxLength });
  return within(text, {
    min: Math.min(text.minLength ?? 0, count),
    max: Math.min(text.maxLength ?? count, count),
  });
}
