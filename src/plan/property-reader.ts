import {
  isArray,
  isObject,
  type Scalar,
  Sensitive,
  Unknown,
  type Value,
  type ValueObject,
} from "../expression/value.ts";
import { type PathSegment, type PropertyPath, toPath } from "./property-path.ts";
import { ABSENT, known, type Reading, unknown } from "./reading.ts";

/** Is told each path that is read, as written by the rule, with `[]` where an array was entered. */
export type ReadObserver = (path: string) => void;

/** Where a reader's body stands in the resource: exactly, and with `[]` and `*` for members of arrays and maps. */
interface Place {
  readonly path: PropertyPath;
  readonly pattern: string;
}

const TOP: Place = { path: [], pattern: "" };

/**
 * Reads properties out of a body without ever throwing. Member names are compared without letter case; a value of another type
 * than asked for is unknown (`unexpected-type`), because ARM may still convert or refuse it.
 */
export class PropertyReader {
  /** The value that paths start from. */
  readonly body: Value;
  /** Where `body` stands in the resource. */
  readonly path: PropertyPath;
  readonly #pattern: string;
  readonly #observe: ReadObserver | undefined;

  constructor(body: Value, observe?: ReadObserver, place: Place = TOP) {
    this.body = body;
    this.path = place.path;
    this.#pattern = place.pattern;
    this.#observe = observe;
  }

  /** The value at `path`, whatever its type. Objects and arrays are known even when leaves in them are not. */
  value(path: string): Reading<Value> {
    this.#observe?.(joinPattern(this.#pattern, path));
    return path.includes("[") ? readPath(this.body, toPath(path)) : readPlainPath(this.body, path);
  }

  /** Whether `path`, or something on the way to it, is written as `null`: asked to be removed, not just left out. */
  isNull(path: string): boolean {
    this.#observe?.(joinPattern(this.#pattern, path));
    return isWrittenAsNull(this.body, toPath(path));
  }

  /** A boolean; the texts `true` and `false` count, as ARM converts them. */
  boolean(path: string): Reading<boolean> {
    return this.#typed(path, toBoolean);
  }

  string(path: string): Reading<string> {
    return this.#typed(path, (value) => (typeof value === "string" ? value : undefined));
  }

  /** A number; a text of digits counts, as ARM converts it. */
  number(path: string): Reading<number> {
    return this.#typed(path, toNumber);
  }

  /** A reader for each member of the array at `path`, in order. */
  members(path: string): Reading<readonly PropertyReader[]> {
    const reading = this.value(path);
    if (reading.state !== "known") return reading;
    if (!isArray(reading.value)) return unknown("unexpected-type");
    const base = [...this.path, ...toPath(path)];
    const pattern = `${joinPattern(this.#pattern, path)}[]`;
    return known(
      reading.value.map((item, index) => new PropertyReader(item, this.#observe, { path: [...base, index], pattern })),
    );
  }

  /** A reader for each member of the object at `path`, with its name, in the order written. */
  entries(path: string): Reading<readonly { readonly name: string; readonly reader: PropertyReader }[]> {
    const reading = this.value(path);
    if (reading.state !== "known") return reading;
    if (!isObject(reading.value)) return unknown("unexpected-type");
    const base = [...this.path, ...toPath(path)];
    const pattern = `${joinPattern(this.#pattern, path)}.*`;
    return known(
      Object.entries(reading.value).map(([name, item]) => ({
        name,
        reader: new PropertyReader(item, this.#observe, { path: [...base, name], pattern }),
      })),
    );
  }

  /** `path` as seen from the resource, for a finding's `at`. */
  at(path: string): PropertyPath {
    return [...this.path, ...toPath(path)];
  }

  #typed<T>(path: string, convert: (value: Scalar) => T | undefined): Reading<T> {
    const reading = this.value(path);
    if (reading.state !== "known") return reading;
    const { value } = reading;
    if (typeof value === "object" && value !== null) return unknown("unexpected-type");
    const converted = convert(value);
    return converted === undefined ? unknown("unexpected-type") : known(converted, reading.sensitive);
  }
}

function joinPattern(base: string, path: string): string {
  if (base === "") return path;
  return path === "" ? base : `${base}.${path}`;
}

function toBoolean(value: Scalar): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return undefined;
  const text = value.toLowerCase();
  return text === "true" ? true : text === "false" ? false : undefined;
}

function toNumber(value: Scalar): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** The value at `path` below `body`. An unknown on the way makes the whole reading unknown. */
export function readPath(body: Value, path: PropertyPath): Reading<Value> {
  let current: Value | undefined = body;
  for (const segment of path) {
    if (current instanceof Unknown) break;
    current = step(current, segment);
    if (current === undefined) return ABSENT;
  }
  return toReading(current);
}

/** Whether `path` below `body`, or something on the way to it, is written as `null`. */
export function isWrittenAsNull(body: Value, path: PropertyPath): boolean {
  let current: Value | undefined = body;
  for (const segment of path) {
    current = step(current, segment);
    if (current === null) return true;
  }
  return false;
}

/** The same for a path of plain names in its written form, without taking it apart first: rules read little else. */
function readPlainPath(body: Value, path: string): Reading<Value> {
  let current: Value | undefined = body;
  if (path === "") return toReading(body);
  for (let start = 0; start <= path.length;) {
    if (current instanceof Unknown) break;
    const dot = path.indexOf(".", start);
    const end = dot === -1 ? path.length : dot;
    current = isObject(current) ? member(current, path.slice(start, end)) : undefined;
    if (current === undefined) return ABSENT;
    start = end + 1;
  }
  return toReading(current);
}

function toReading(value: Value): Reading<Value> {
  if (value === null) return ABSENT;
  if (value instanceof Unknown) return unknown(value.reason, value.expression);
  if (value instanceof Sensitive) return value.value === null ? ABSENT : known(value.value, true);
  return known(value);
}

function step(value: Value | undefined, segment: PathSegment): Value | undefined {
  if (typeof segment === "number") return isArray(value) ? value[segment] : undefined;
  return isObject(value) ? member(value, segment) : undefined;
}

/**
 * The member `name` of `object`, letter case ignored. Two members that differ only in case and disagree are unknown: which of
 * them the service takes is not for us to guess.
 */
function member(object: ValueObject, name: string): Value | undefined {
  let found: Value | undefined;
  let lowered: string | undefined;
  for (const key in object) {
    if (key.length !== name.length || !Object.hasOwn(object, key)) continue;
    if (key !== name) {
      lowered ??= name.toLowerCase();
      if (key.toLowerCase() !== lowered) continue;
    }
    const value = object[key];
    if (found !== undefined && found !== value) return new Unknown("ambiguous");
    found = value;
  }
  return found;
}
