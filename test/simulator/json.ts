/** A JSON object whose members are not checked yet. */
export type JsonObject = Record<string, unknown>;

/** Whether `value` is an object that is neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `value` when it is an object, else an empty one: a lookup in what may be missing finds nothing. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** `value` when it is an array, else an empty one. */
export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** `value` when it is a string, else the empty string. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** `value` when it is a string, else undefined. */
export function maybeText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** `value` when it is a number, else undefined. */
export function maybeNumber(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The JSON value of `text`, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Whether two JSON values are equal: order of members ignored, order of array items kept. */
export function sameJson(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

/** `value` as JSON text with the members of every object in the order of their names. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      isObject(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item,
    ) ?? "null"
  );
}
