import { ArmObject, type ArmValue, isArmArray } from "./arm-value.ts";
import { Sensitive, Unknown } from "./value.ts";

/**
 * Whether two values are equal as `equals`, `contains` and `indexOf` see it: the same type and value, letter case counts (also in
 * names), the order of members does not.
 *
 * @returns `undefined` when that depends on something unknown
 */
export function sameValue(left: ArmValue, right: ArmValue): boolean | undefined {
  if (left instanceof Sensitive) return sameValue(left.value, right);
  if (right instanceof Sensitive) return sameValue(left, right.value);
  if (left instanceof Unknown) return sameAsUnknown(left, right);
  if (right instanceof Unknown) return sameAsUnknown(right, left);
  if (isArmArray(left)) return isArmArray(right) ? sameElements(left, right) : false;
  if (left instanceof ArmObject) return right instanceof ArmObject ? sameMembers(left, right) : false;
  return left === right || (Number.isNaN(left) && Number.isNaN(right));
}

/**
 * A text that two values share exactly when `union`, `intersection` and `distinct` take them for one: there the order of members
 * counts as well. The values must be known.
 */
export function identityKey(value: ArmValue): string {
  if (value instanceof Sensitive) return identityKey(value.value);
  if (isArmArray(value)) return `[${value.map(identityKey).join(",")}]`;
  if (value instanceof ArmObject) {
    const members = [...value.members].map(([name, member]) => `${JSON.stringify(name)}:${identityKey(member)}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return value.toString();
  return value instanceof Unknown ? "unknown" : `${typeof value}:${String(value)}`;
}

/** Only what the unknown text starts with can tell that it differs. */
function sameAsUnknown(unknown: Unknown, other: ArmValue): boolean | undefined {
  if (unknown.prefix === "" || other instanceof Unknown) return undefined;
  return typeof other === "string" && other.startsWith(unknown.prefix) ? undefined : false;
}

function sameElements(left: readonly ArmValue[], right: readonly ArmValue[]): boolean | undefined {
  if (left.length !== right.length) return false;
  let all: boolean | undefined = true;
  for (const [index, element] of left.entries()) {
    const same = sameValue(element, right[index] ?? null);
    if (same === false) return false;
    all = same === undefined ? undefined : all;
  }
  return all;
}

function sameMembers(left: ArmObject, right: ArmObject): boolean | undefined {
  const open = left.isOpen || right.isOpen;
  if (!open && left.size !== right.size) return false;
  let all: boolean | undefined = open ? undefined : true;
  for (const [name, member] of left.members) {
    const other = right.members.get(name);
    if (other === undefined && !open) return false;
    const same = other === undefined ? undefined : sameValue(member, other);
    if (same === false) return false;
    all = same === undefined ? undefined : all;
  }
  return all;
}
