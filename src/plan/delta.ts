import { isArray, isObject, type Value, type ValueObject } from "../expression/value.ts";
import type { PropertyPath } from "./property-path.ts";
import { findMember, sameValue } from "./value-equality.ts";

/** How one property differs between before and after. */
export interface PropertyChange {
  readonly path: PropertyPath;
  readonly change: "create" | "modify" | "delete";
  /** `undefined` exactly for `create`. */
  readonly before: Value | undefined;
  /** `undefined` exactly for `delete`. */
  readonly after: Value | undefined;
}

/** Names by which members of an array are matched, the first that all members have; else by position. */
const MEMBER_KEYS = ["name", "id", "key"];

/**
 * The differences between two bodies, outermost first where a whole object or array came or went. Members of arrays are matched by
 * name, so that a changed order is no change.
 */
export function propertyChanges(before: Value, after: Value): readonly PropertyChange[] {
  const changes: PropertyChange[] = [];
  compare({ before, after, path: [] }, changes);
  return changes;
}

interface Pair {
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly path: PropertyPath;
}

function compare(pair: Pair, changes: PropertyChange[]): void {
  const { before, after, path } = pair;
  if (isObject(before) && isObject(after)) compareObjects({ before, after, path }, changes);
  else if (isArray(before) && isArray(after)) compareArrays({ before, after, path }, changes);
  else if (before === undefined) changes.push({ path, change: "create", before, after });
  else if (after === undefined) changes.push({ path, change: "delete", before, after });
  else if (!sameValue(before, after)) changes.push({ path, change: "modify", before, after });
}

function compareObjects(
  pair: { before: ValueObject; after: ValueObject; path: PropertyPath },
  changes: PropertyChange[],
): void {
  const { before, after, path } = pair;
  for (const name of Object.keys(before)) {
    const other = findMember(after, name);
    compare(
      { before: before[name], after: other === undefined ? undefined : after[other], path: [...path, name] },
      changes,
    );
  }
  for (const name of Object.keys(after)) {
    if (findMember(before, name) === undefined)
      compare({ before: undefined, after: after[name], path: [...path, name] }, changes);
  }
}

function compareArrays(
  pair: { before: readonly Value[]; after: readonly Value[]; path: PropertyPath },
  changes: PropertyChange[],
): void {
  const { before, after, path } = pair;
  const key = MEMBER_KEYS.find((candidate) => isKeyOf(before, candidate) && isKeyOf(after, candidate));
  if (key === undefined) comparePositions(pair, changes);
  else {
    const earlier = new Map(before.map((item) => [keyOf(item, key), item]));
    const later = new Set(after.map((item) => keyOf(item, key)));
    for (const [index, item] of after.entries())
      compare({ before: earlier.get(keyOf(item, key)), after: item, path: [...path, index] }, changes);
    for (const [index, item] of before.entries()) {
      if (!later.has(keyOf(item, key))) compare({ before: item, after: undefined, path: [...path, index] }, changes);
    }
  }
}

function comparePositions(
  pair: { before: readonly Value[]; after: readonly Value[]; path: PropertyPath },
  changes: PropertyChange[],
): void {
  const { before, after, path } = pair;
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index++)
    compare({ before: before[index], after: after[index], path: [...path, index] }, changes);
}

/** Whether every item has a text under `name`, and no two the same. */
function isKeyOf(items: readonly Value[], name: string): boolean {
  const keys = new Set(items.map((item) => keyOf(item, name)));
  return keys.size === items.length && !keys.has(undefined);
}

function keyOf(item: Value, name: string): string | undefined {
  const member = isObject(item) ? findMember(item, name) : undefined;
  const value = isObject(item) && member !== undefined ? item[member] : undefined;
  return typeof value === "string" ? value.toLowerCase() : undefined;
}
