import { isArray, isObject, Unknown, type Value, type ValueObject } from "../../src/expression/value.ts";

/** The steps of a rule's read path: names, `[]` for every array member, `*` for every map value. */
function stepsOf(pattern: string): readonly string[] {
  return pattern
    .replaceAll("[]", ".[]")
    .split(".")
    .filter((step) => step !== "");
}

/** `body` with every existing value at `pattern` replaced; the same object when there is none. */
export function replaceAt(body: Value, pattern: string, replace: (value: Value) => Value): Value {
  return replaceSteps(body, stepsOf(pattern), replace);
}

function replaceSteps(value: Value, steps: readonly string[], replace: (value: Value) => Value): Value {
  const [step, ...rest] = steps;
  if (step === undefined) return replace(value);
  if (step === "[]") {
    if (!isArray(value)) return value;
    const items = value.map((item) => replaceSteps(item, rest, replace));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, item]): [string, Value] => {
    const hit = step === "*" || name.toLowerCase() === step.toLowerCase();
    return [name, hit ? replaceSteps(item, rest, replace) : item];
  });
  return entries.some(([name, item]) => item !== value[name]) ? Object.fromEntries(entries) : value;
}

/** Every value at `pattern` made unknown. */
export function makeUnknown(body: Value, pattern: string): Value {
  return replaceAt(body, pattern, () => new Unknown("runtime-function"));
}

/** Every text at `pattern` with upper and lower case exchanged. */
export function recaseTexts(body: Value, pattern: string): Value {
  return replaceAt(body, pattern, (value) => (typeof value === "string" ? swapCase(value) : value));
}

/** Every member name below `body` with upper and lower case exchanged, apart from the top-level identity. */
export function recaseNames(body: ValueObject): ValueObject {
  const keep = new Set(["id", "type", "name", "apiVersion"]);
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) =>
      keep.has(name) ? [name, value] : [swapCase(name), recaseBelow(value)],
    ),
  );
}

function recaseBelow(value: Value): Value {
  if (isArray(value)) return value.map(recaseBelow);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [swapCase(name), recaseBelow(item)]));
}

function swapCase(text: string): string {
  return [...text].map((char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase())).join("");
}

/** `body` with `value` written at a path of plain names and indexes, parents made as needed. */
export function writeAt(body: Value, path: readonly (string | number)[], value: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === "number") {
    const items = isArray(body) ? [...body] : [];
    items[step] = writeAt(items[step] ?? {}, rest, value);
    return items;
  }
  const object = isObject(body) ? body : {};
  const name = Object.keys(object).find((key) => key.toLowerCase() === step.toLowerCase()) ?? step;
  return { ...object, [name]: writeAt(object[name] ?? {}, rest, value) };
}
