import { isRecord } from "./is-record.ts";

/** Says what is wrong with a value, starting with its place; `undefined` when nothing is. */
export type Shape = (value: unknown, place: string) => string | undefined;

export const text: Shape = (value, place) => (typeof value === "string" ? undefined : `${place} is not a text`);

export const flag: Shape = (value, place) =>
  typeof value === "boolean" ? undefined : `${place} is neither true nor false`;

/** A whole number that counts something. */
export const count: Shape = (value, place) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : `${place} is not a count`;

export const finite: Shape = (value, place) => (Number.isFinite(value) ? undefined : `${place} is not a number`);

/** Whatever JSON can hold, but not nothing. */
export const anything: Shape = (value, place) => (value === undefined ? `${place} is missing` : undefined);

/** A text of the given form. */
export function matching(form: RegExp): Shape {
  return (value, place) => (typeof value === "string" && form.test(value) ? undefined : `${place} has another form`);
}

export function oneOf(values: readonly string[]): Shape {
  return (value, place) =>
    typeof value === "string" && values.includes(value) ? undefined : `${place} is not one of ${values.join(", ")}`;
}

export function nullable(shape: Shape): Shape {
  return (value, place) => (value === null ? undefined : shape(value, place));
}

export function optional(shape: Shape): Shape {
  return (value, place) => (value === undefined ? undefined : shape(value, place));
}

export function listOf(shape: Shape): Shape {
  return (value, place) => {
    if (!Array.isArray(value)) return `${place} is not a list`;
    for (const [index, item] of value.entries()) {
      const problem = shape(item, `${place}[${index}]`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

/** An object with at least these members. */
export function objectOf(members: Readonly<Record<string, Shape>>): Shape {
  const shapes = Object.entries(members);
  return (value, place) => {
    if (!isRecord(value)) return `${place === "" ? "it" : place} is not an object`;
    for (const [name, shape] of shapes) {
      const member = Object.hasOwn(value, name) ? value[name] : undefined;
      const problem = shape(member, place === "" ? name : `${place}.${name}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}
