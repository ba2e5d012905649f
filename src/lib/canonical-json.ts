import { isRecord } from "./is-record.ts";

/** JSON as `canonicalJson` takes it. */
export type CanonicalInput =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly CanonicalInput[]
  | { readonly [name: string]: CanonicalInput };

/** Gives the text to write for an object that is not plain JSON; `undefined` for one that is. */
export type Replace = (value: object) => string | undefined;

/**
 * JSON with members in the order of their names (by UTF-16 code units) and no white space: equal values have equal texts, however they were
 * written. `replace` is asked about every object and array first.
 *
 * @example canonicalJson({ b: 1, a: [true] }) // '{"a":[true],"b":1}'
 */
export function canonicalJson(value: unknown, replace: Replace = keep): string {
  const parts: string[] = [];
  write(value, parts, replace);
  return parts.join("");
}

function keep(): undefined {
  return undefined;
}

function write(value: unknown, parts: string[], replace: Replace): void {
  if (typeof value === "string") parts.push(JSON.stringify(value));
  else if (typeof value !== "object" || value === null) parts.push(String(value));
  else {
    const replaced = replace(value);
    if (replaced !== undefined) parts.push(replaced);
    else if (Array.isArray(value)) writeArray(value, parts, replace);
    else if (isRecord(value)) writeObject(value, parts, replace);
  }
}

function writeArray(items: readonly unknown[], parts: string[], replace: Replace): void {
  parts.push("[");
  for (let index = 0; index < items.length; index++) {
    if (index > 0) parts.push(",");
    write(items[index], parts, replace);
  }
  parts.push("]");
}

function writeObject(members: Readonly<Record<string, unknown>>, parts: string[], replace: Replace): void {
  parts.push("{");
  let isFirst = true;
  for (const name of Object.keys(members).sort()) {
    parts.push(isFirst ? "" : ",", JSON.stringify(name), ":");
    isFirst = false;
    write(members[name], parts, replace);
  }
  parts.push("}");
}
