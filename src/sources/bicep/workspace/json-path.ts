import { isJsonObject, type JsonValue } from "./json.ts";
import { PathReader, UnsupportedPath } from "./json-path-reader.ts";
import type { Condition, Selector } from "./json-path-selector.ts";

/** Stands for the result of a path that cannot be followed here. */
export const UNSUPPORTED = Symbol("unsupported path");

/** How many values one path may look at: it can multiply them. */
const MAX_STEPS = 1_000_000;

/** Counts what a path looks at. */
class Budget {
  #left = MAX_STEPS;

  /** @throws UnsupportedPath when it is too much */
  spend(): void {
    this.#left -= 1;
    if (this.#left < 0) throw new UnsupportedPath();
  }
}

/**
 * What a JSONPath selects: the value where it is one, else an array of them. `undefined` when there is none, `UNSUPPORTED` for paths
 * with regular expressions, malformed ones and those that select too much.
 *
 * @see https://www.newtonsoft.com/json/help/html/QueryJsonSelectTokenJsonPath.htm
 */
export function selectJson(root: JsonValue, path: string): JsonValue | typeof UNSUPPORTED | undefined {
  try {
    const selected = follow(root, new PathReader(path).readPath(), new Budget());
    return selected.length > 1 ? selected : selected[0];
  } catch (error) {
    if (error instanceof UnsupportedPath) return UNSUPPORTED;
    throw error;
  }
}

function follow(root: JsonValue, selectors: readonly Selector[], budget: Budget): readonly JsonValue[] {
  let values: readonly JsonValue[] = [root];
  for (const selector of selectors) values = selectFrom(values, selector, budget);
  return values;
}

function selectFrom(values: readonly JsonValue[], selector: Selector, budget: Budget): readonly JsonValue[] {
  const selected: JsonValue[] = [];
  for (const value of values) {
    budget.spend();
    for (const found of partsOf(value, selector, budget)) {
      budget.spend();
      selected.push(found);
    }
  }
  return selected;
}

function partsOf(value: JsonValue, selector: Selector, budget: Budget): Iterable<JsonValue> {
  switch (selector.kind) {
    case "members":
      return membersOf(value, selector.names);
    case "anyMember":
      return isJsonObject(value) ? value.values() : [];
    case "scan":
      return scan(value, selector.names);
    case "filter":
      return itemsOf(selector.deep ? allOf(value) : [value]).filter((item) =>
        isMatch(item, selector.condition, budget),
      );
    default:
      return Array.isArray(value) ? itemsAt(value, selector) : [];
  }
}

function itemsAt(
  value: readonly JsonValue[],
  selector: Extract<Selector, { kind: "anyItem" | "items" | "slice" }>,
): readonly JsonValue[] {
  if (selector.kind === "anyItem") return value;
  return selector.kind === "slice"
    ? sliceOf(value, selector)
    : selector.indexes.flatMap((index) => itemAt(value, index));
}

function membersOf(value: JsonValue, names: readonly string[]): readonly JsonValue[] {
  if (!isJsonObject(value)) return [];
  return names.map((name) => value.get(name)).filter((member) => member !== undefined);
}

function itemAt(value: readonly JsonValue[], index: number): readonly JsonValue[] {
  const item = value[index];
  return item === undefined ? [] : [item];
}

function itemsOf(values: Iterable<JsonValue>): JsonValue[] {
  return [...values].flatMap((value): readonly JsonValue[] => (Array.isArray(value) ? value : []));
}

function sliceOf(value: readonly JsonValue[], { from, to, step }: Extract<Selector, { kind: "slice" }>): JsonValue[] {
  const clamp = (index: number, low: number, high: number): number =>
    Math.min(Math.max(index < 0 ? index + value.length : index, low), high);
  const sliced: JsonValue[] = [];
  if (step > 0) {
    const end = clamp(to ?? value.length, 0, value.length);
    for (let index = clamp(from ?? 0, 0, value.length); index < end; index += step)
      sliced.push(...itemAt(value, index));
    return sliced;
  }
  const end = to === undefined ? -1 : clamp(to, -1, value.length);
  for (let index = clamp(from ?? value.length - 1, -1, value.length - 1); index > end; index += step) {
    sliced.push(...itemAt(value, index));
  }
  return sliced;
}

/** The members of those names at any depth, in the order of the text; without names the value and all that is in it. */
function* scan(value: JsonValue, names: readonly string[] | undefined): Generator<JsonValue> {
  if (names === undefined) yield* allOf(value);
  else if (Array.isArray(value)) for (const item of value) yield* scan(item, names);
  else if (isJsonObject(value)) {
    for (const [name, member] of value) {
      if (names.includes(name)) yield member;
      yield* scan(member, names);
    }
  }
}

function* allOf(value: JsonValue): Generator<JsonValue> {
  yield value;
  if (Array.isArray(value)) for (const item of value) yield* allOf(item);
  else if (isJsonObject(value)) for (const member of value.values()) yield* allOf(member);
}

function isMatch(item: JsonValue, condition: Condition, budget: Budget): boolean {
  budget.spend();
  if (condition.kind === "and") return condition.parts.every((part) => isMatch(item, part, budget));
  if (condition.kind === "or") return condition.parts.some((part) => isMatch(item, part, budget));
  const left = follow(item, condition.left, budget);
  if (condition.kind === "exists") return left.length > 0;
  const { operator, right } = condition;
  const others = "value" in right ? [right.value] : follow(item, right.path, budget);
  return left.some((one) =>
    others.some((other) => {
      budget.spend();
      return compare(one, operator, other);
    }),
  );
}

function compare(left: JsonValue, operator: string, right: JsonValue): boolean {
  if (isStructure(left) || isStructure(right)) return operator === "!=";
  const isEqual = isNumber(left) && isNumber(right) ? Number(left) === Number(right) : left === right;
  if (operator === "==" || operator === "===") return isEqual;
  if (operator === "!=" || operator === "!==") return !isEqual;
  const order = orderOf(left, right);
  if (operator === "<") return order < 0;
  if (operator === ">") return order > 0;
  return operator === "<=" ? order <= 0 : order >= 0;
}

/** @throws UnsupportedPath for values of two kinds */
function orderOf(left: JsonValue, right: JsonValue): number {
  if (isNumber(left) && isNumber(right)) return Number(left) - Number(right);
  if (left === null || right === null) return Number(left !== null) - Number(right !== null);
  if (typeof left !== "string" || typeof right !== "string") throw new UnsupportedPath();
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function isNumber(value: JsonValue): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function isStructure(value: JsonValue): boolean {
  return Array.isArray(value) || isJsonObject(value);
}
