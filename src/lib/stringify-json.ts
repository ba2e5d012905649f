/** Stands before the digits of an integer while JSON is made. A noncharacter: texts that hold it lose it. */
const MARK = "\uFDD0";

/**
 * `value` as JSON, two blanks a level, with every `bigint` as the integer that it is. `JSON.stringify` alone takes none, and `JSON.rawJSON`
 * is younger than Node 20.
 */
export function stringifyJson(value: unknown): string {
  try {
    return JSON.stringify(value, null, 2);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, markIntegers, 2).replaceAll(/"\uFDD0(?<digits>-?\d+)"/g, "$<digits>");
  }
}

function markIntegers(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${MARK}${value}`;
  return typeof value === "string" ? value.replaceAll(MARK, "\uFFFD") : value;
}
