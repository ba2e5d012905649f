import {
  isArray,
  isObject,
  type Scalar,
  Sensitive,
  Unknown,
  type Value,
  type ValueObject,
} from "../../../expression/value.ts";
import type { PathSegment, PropertyPath } from "../../../plan/property-path.ts";
import type { PlannedResource } from "../../../plan/planned-resource.ts";
import { hasCondition, type Pair, pairResources } from "./pair-resources.ts";
import { isExpression, type PredictedResource } from "./predicted-resource.ts";

/** A place where two expansions of one deployment are not the same. */
export interface Difference {
  /** `null` when only Microsoft's engine has the resource. */
  readonly resource: PlannedResource | null;
  /** `null` when only we have it. */
  readonly predicted: PredictedResource | null;
  /** Empty when only one side has the resource. */
  readonly path: PropertyPath;
  /** `undefined`: not there. */
  readonly ours: Value | undefined;
  readonly theirs: Value | undefined;
}

/** How two expansions of one deployment compare. */
export interface ExpansionComparison {
  /** Resources without a difference. */
  readonly equal: number;
  /** Resources that at least one of the two has. */
  readonly total: number;
  /** In the order of the plan. */
  readonly differences: readonly Difference[];
}

/** Members that say which resource it is; they are compared apart. */
const IDENTITY: ReadonlySet<string> = new Set(["id", "name", "type", "apiversion"]);

/** What Microsoft's engine prints beside the resources of Azure, and says nothing about. */
const NOT_PRINTED: ReadonlySet<string> = new Set(["dependson", "scope", "copy", "comments", "metadata", "resources"]);

/** A file that asks for an environment variable may get less from us than from the compiler, and that is meant. */
const WITHHELD: ReadonlySet<string> = new Set(["environment"]);

/**
 * Compares our expansion of a deployment with Microsoft's. Where Microsoft's leaves an expression we may know more; where we know nothing
 * and Microsoft's has a value, that is a difference.
 */
export function compareExpansions(
  ours: readonly PlannedResource[],
  theirs: readonly PredictedResource[],
): ExpansionComparison {
  const deployed = ours.filter(({ outside, changeType }) => !outside && changeType !== "delete");
  const pairs = pairResources(
    deployed,
    theirs.filter(({ id }) => id !== null),
  ).filter((pair) => isComparable(pair));
  const lists = pairs.map(differencesOf);
  return {
    equal: lists.filter((list) => list.length === 0).length,
    total: pairs.length,
    differences: lists.flat(),
  };
}

/** What Microsoft's engine leaves to a condition, we may know not to be there. */
function isComparable({ ours, theirs }: Pair): boolean {
  if (theirs === null) return ours !== null && isOfAzure(ours);
  return ours !== null || !hasCondition(theirs.body);
}

/** Resources of other extensions have a version in their type and no id. */
function isOfAzure({ type }: PlannedResource): boolean {
  return !type.includes("@");
}

function differencesOf({ ours, theirs }: Pair): readonly Difference[] {
  const at = { resource: ours, predicted: theirs };
  if (ours === null || theirs === null)
    return [{ ...at, path: [], ours: ours?.after ?? undefined, theirs: theirs?.body ?? undefined }];
  const found: Difference[] = [];
  const compare = new Comparison((path, left, right) => found.push({ ...at, path, ours: left, theirs: right }));
  compare.identity(ours, theirs);
  compare.bodies(ours.after, theirs.body);
  return found;
}

type Report = (path: PropertyPath, ours: Value | undefined, theirs: Value | undefined) => void;

class Comparison {
  readonly #report: Report;
  readonly #path: PathSegment[] = [];

  constructor(report: Report) {
    this.#report = report;
  }

  /** Texts that name a resource differ in more than letter case. */
  identity(ours: PlannedResource, theirs: PredictedResource): void {
    const id = ours.id instanceof Unknown ? ours.id : ours.id.text;
    const rows = [
      ["id", id, theirs.id],
      ["type", ours.type, theirs.type],
      ["name", ours.name, theirs.name],
      ["apiVersion", ours.apiVersion, theirs.apiVersion],
    ] as const;
    for (const [name, left, right] of rows) {
      if (isExpression(right) || left instanceof Unknown) continue;
      if (left?.toLowerCase() !== right?.toLowerCase()) this.#report([name], left, right);
    }
  }

  /** A top-level member that is null is not there. */
  bodies(ours: Value, theirs: Value): void {
    if (!isObject(ours) || !isObject(theirs)) return this.#values(ours, theirs);
    this.#members(bodyOf(ours), bodyOf(theirs));
  }

  #values(ours: Value | undefined, theirs: Value | undefined): void {
    if (isExpression(reveal(theirs))) return; // we may know more
    if (ours instanceof Unknown && WITHHELD.has(ours.reason)) return;
    if (isObject(ours) && isObject(theirs)) return this.#members(Object.entries(ours), Object.entries(theirs));
    if (isArray(ours) && isArray(theirs) && ours.length === theirs.length) return this.#items(ours, theirs);
    if (!isSame(ours, theirs)) this.#report([...this.#path], ours, theirs);
  }

  #items(ours: readonly Value[], theirs: readonly Value[]): void {
    for (const [index, item] of ours.entries()) this.#inside(index, item, theirs[index]);
  }

  /** Names are compared without case. A name that has to be worked out may be any. */
  #members(ours: readonly Member[], theirs: readonly Member[]): void {
    const left = new Map(ours.map((member) => [member[0].toLowerCase(), member]));
    const right = new Map(theirs.map((member) => [member[0].toLowerCase(), member]));
    const anyOfOurs = ours.some(([name]) => isExpression(name));
    const anyOfTheirs = theirs.some(([name]) => isExpression(name));
    for (const [key, [name, value]] of left) {
      const other = right.get(key);
      if (other !== undefined) this.#inside(name, value, other[1]);
      else if (!anyOfTheirs && !isExpression(name)) this.#inside(name, value, undefined);
    }
    for (const [key, [name, value]] of right)
      if (!left.has(key) && !anyOfOurs && !isExpression(name)) this.#inside(name, undefined, value);
  }

  #inside(segment: PathSegment, ours: Value | undefined, theirs: Value | undefined): void {
    this.#path.push(segment);
    this.#values(ours, theirs);
    this.#path.pop();
  }
}

type Member = readonly [name: string, value: Value];

function bodyOf(body: ValueObject): readonly Member[] {
  return Object.entries(body).filter(([name, value]) => {
    const key = name.toLowerCase();
    return value !== null && !IDENTITY.has(key) && !NOT_PRINTED.has(key);
  });
}

function isSame(ours: Value | undefined, theirs: Value | undefined): boolean {
  const left = reveal(ours);
  const right = reveal(theirs);
  if (left === undefined || right === undefined || left instanceof Unknown) return left === right;
  if (isNumber(left) && isNumber(right)) return Number(left) === Number(right); // JSON knows one kind, and no large ones
  if (isArray(left) && isArray(right)) return left.length === right.length;
  return left === right;
}

function isNumber(value: Value): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function reveal(value: Value | undefined): Exclude<Value, Sensitive> | Scalar | undefined {
  return value instanceof Sensitive ? value.value : value;
}
