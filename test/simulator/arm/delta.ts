import { arrayOf, isObject, objectOf, sameJson, type JsonObject } from "../json.ts";

/** One changed property, in ARM's shape. */
export interface PropertyChange {
  readonly path: string;
  readonly propertyChangeType: "Create" | "Delete" | "Modify" | "Array";
  readonly before?: unknown;
  readonly after?: unknown;
  readonly children?: readonly PropertyChange[];
}

/** Members that ARM never reports as changed. */
const UNCOMPARED = new Set(["id", "name", "type", "apiVersion", "systemData", "etag"]);

/**
 * What differs between a resource before and after. Like ARM's, it is not clever: what the template does not mention is
 * reported as deleted, array items are compared by position.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/deploy-what-if
 */
export function deltaOf(before: JsonObject, after: JsonObject): readonly PropertyChange[] {
  return membersOf(withoutUncompared(before), withoutUncompared(after), "");
}

function withoutUncompared(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !UNCOMPARED.has(name)));
}

function membersOf(before: JsonObject, after: JsonObject, prefix: string): readonly PropertyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((name) => changesAt(`${prefix}${name}`, before[name], after[name]));
}

function changesAt(path: string, before: unknown, after: unknown): readonly PropertyChange[] {
  if (sameJson(before, after) && (before === undefined) === (after === undefined)) return [];
  if (before === undefined) return [{ path, propertyChangeType: "Create", after }];
  if (after === undefined) return [{ path, propertyChangeType: "Delete", before }];
  if (isObject(before) && isObject(after)) return membersOf(before, after, `${path}.`);
  if (Array.isArray(before) && Array.isArray(after)) {
    return [{ path, propertyChangeType: "Array", before, after, children: itemsOf(before, after) }];
  }
  return [{ path, propertyChangeType: "Modify", before, after }];
}

function itemsOf(before: unknown, after: unknown): readonly PropertyChange[] {
  const [left, right] = [arrayOf(before), arrayOf(after)];
  const positions = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => index);
  return positions.flatMap((index) => {
    const [old, now] = [left[index], right[index]];
    if (!isObject(old) || !isObject(now)) return changesAt(String(index), old, now);
    const children = membersOf(objectOf(old), objectOf(now), "");
    return children.length === 0 ? [] : [{ path: String(index), propertyChangeType: "Modify" as const, children }];
  });
}
