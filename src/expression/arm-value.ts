import { foldName } from "./dotnet/casing.ts";
import { Sensitive, Unknown } from "./value.ts";

/**
 * A leaf as the evaluator computes with it. The two kinds of number that ARM tells apart have a JavaScript type each: `bigint` is an
 * integer, exact at any size; `number` is a floating-point value. `1n` and `1` are never equal, and print as `1` and `1.0`.
 */
export type ArmScalar = null | boolean | bigint | number | string;

/** What an expression gives: like `Value`, but with both kinds of number and with objects that keep the order of their members. */
export type ArmValue = ArmScalar | Unknown | Sensitive | readonly ArmValue[] | ArmObject;

interface ObjectTraits {
  /** Further members exist, and this is what they are read from: `rest.name` is unknown, not absent. */
  readonly rest?: Unknown | null;
  /** Members that can be read by name but are not listed. */
  readonly late?: ReadonlyMap<string, ArmValue> | null;
  /** Those names of `members` that are themselves unknown: they stand there as `[expression]`. */
  readonly unknownNames?: ReadonlySet<string> | null;
  /** The names come from a secret and must not be printed. */
  readonly secretNames?: boolean;
}

/**
 * An object. Members keep their order, also where names look like numbers; lookup tries the exact name, then ignores letter case.
 * Two names that differ in case alone can stand side by side (`createObject('a', 1, 'A', 2)`).
 */
export class ArmObject {
  readonly members: ReadonlyMap<string, ArmValue>;
  readonly rest: Unknown | null;
  readonly late: ReadonlyMap<string, ArmValue> | null;
  readonly unknownNames: ReadonlySet<string> | null;
  readonly secretNames: boolean;
  #exactNames: Map<string, string> | null = null;

  constructor(members: ReadonlyMap<string, ArmValue>, traits: ObjectTraits = {}) {
    this.members = members;
    this.rest = traits.rest ?? null;
    this.late = traits.late ?? null;
    this.unknownNames = traits.unknownNames ?? null;
    this.secretNames = traits.secretNames ?? false;
  }

  /** An object with these members, in this order. */
  static of(entries: Iterable<readonly [string, ArmValue]>): ArmObject {
    return new ArmObject(new Map(entries));
  }

  get size(): number {
    return this.members.size;
  }

  /** Whether there may be members that are not listed by name. */
  get isOpen(): boolean {
    return this.rest !== null || this.unknownNames !== null;
  }

  /** The listed member of that name, letter case aside. */
  get(name: string): ArmValue | undefined {
    const exact = this.members.get(name);
    if (exact !== undefined) return exact;
    const known = this.nameOf(name);
    return known === undefined ? undefined : this.members.get(known);
  }

  /** How the member of that name is written here; the first one where several differ in case alone. */
  nameOf(name: string): string | undefined {
    if (this.members.has(name)) return name;
    this.#exactNames ??= firstNames(this.members.keys());
    return this.#exactNames.get(foldName(name));
  }
}

function firstNames(names: Iterable<string>): Map<string, string> {
  const first = new Map<string, string>();
  for (const name of names) {
    const folded = foldName(name);
    if (!first.has(folded)) first.set(folded, name);
  }
  return first;
}

/** Whether `value` is an array. */
export function isArmArray(value: ArmValue | undefined): value is readonly ArmValue[] {
  return Array.isArray(value);
}

/** Whether `value` is null, also as a secret. */
export function isNull(value: ArmValue): boolean {
  return value === null || (value instanceof Sensitive && value.value === null);
}

/** ARM's own name of the type of `value`, as its error messages print it. */
export function typeName(value: ArmValue): string {
  if (value instanceof Sensitive) return typeName(value.value);
  if (value instanceof Unknown) return "Unknown";
  if (value instanceof ArmObject) return "Object";
  if (value === null) return "Null";
  return SCALAR_TYPES[typeof value] ?? "Array";
}

const SCALAR_TYPES: Readonly<Record<string, string>> = {
  bigint: "Integer",
  number: "Float",
  boolean: "Boolean",
  string: "String",
};
