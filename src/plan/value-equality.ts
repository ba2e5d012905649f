import { isArray, isObject, Sensitive, Unknown, type Value, type ValueObject } from "../expression/value.ts";

/**
 * Whether two values are the same to ARM: member names without letter case, order of members irrelevant. Texts are compared
 * exactly. An unknown equals another one only when both wait for the same expression.
 */
export function sameValue(left: Value | undefined, right: Value | undefined): boolean {
  if (left === right) return true;
  if (left instanceof Unknown)
    return right instanceof Unknown && left.expression !== null && left.expression === right.expression;
  if (left instanceof Sensitive) return right instanceof Sensitive && left.value === right.value;
  if (isArray(left))
    return isArray(right) && left.length === right.length && left.every((item, i) => sameValue(item, right[i]));
  return isObject(left) && isObject(right) && sameMembers(left, right);
}

function sameMembers(left: ValueObject, right: ValueObject): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const other = findMember(right, name);
    return other !== undefined && sameValue(left[name], right[other]);
  });
}

/** The name under which `object` holds `name`, letter case ignored; the exact spelling first. */
export function findMember(object: ValueObject, name: string): string | undefined {
  if (Object.hasOwn(object, name)) return name;
  const lowered = name.toLowerCase();
  return Object.keys(object).find((key) => key.length === name.length && key.toLowerCase() === lowered);
}
