import { ArmObject, type ArmValue, isArmArray } from "./arm-value.ts";
import { type Limits, LimitReached } from "./limits.ts";
import { Sensitive, Unknown } from "./value.ts";

/** What there is to know of a value as a whole. */
export interface Shape {
  /** Some leaf is unknown. */
  readonly unknown: boolean;
  /** Some leaf is a secret, or will be. */
  readonly secret: boolean;
  readonly depth: number;
  /** Leaves, names and characters. */
  readonly size: number;
}

const PLAIN_LEAF: Shape = { unknown: false, secret: false, depth: 0, size: 1 };

/** Measures values, each array and object once. */
export class Shapes {
  readonly #limits: Limits;
  readonly #known = new WeakMap<object, Shape>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** @throws LimitReached when `value` is deeper or larger than the limits allow */
  of(value: ArmValue): Shape {
    if (typeof value === "string")
      return value.length < 32 ? PLAIN_LEAF : { ...PLAIN_LEAF, size: 1 + (value.length >> 4) };
    if (typeof value !== "object" || value === null) return PLAIN_LEAF;
    if (value instanceof Unknown) return { unknown: true, secret: value.sensitive, depth: 0, size: 1 };
    if (value instanceof Sensitive) return { unknown: false, secret: true, depth: 0, size: 1 };
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const shape = value instanceof ArmObject ? this.#ofObject(value) : this.#ofElements(value);
    if (shape.depth > this.#limits.valueDepth) throw new LimitReached("value depth");
    if (shape.size > this.#limits.valueSize) throw new LimitReached("value size");
    this.#known.set(value, shape);
    return shape;
  }

  #ofObject(value: ArmObject): Shape {
    const shape = this.#ofElements(value.members.values());
    const secret = shape.secret || value.secretNames || (value.rest?.sensitive ?? false);
    return { ...shape, unknown: shape.unknown || value.isOpen, secret, size: shape.size + value.size };
  }

  #ofElements(elements: Iterable<ArmValue>): Shape {
    let unknown = false;
    let secret = false;
    let depth = 0;
    let size = 1;
    for (const element of elements) {
      const shape = this.of(element);
      unknown ||= shape.unknown;
      secret ||= shape.secret;
      depth = Math.max(depth, shape.depth);
      size += shape.size;
    }
    return { unknown, secret, depth: depth + 1, size };
  }
}

/** The first unknown leaf of `value`. */
export function firstUnknown(value: ArmValue): Unknown | null {
  if (value instanceof Unknown) return value;
  if (value instanceof Sensitive || typeof value !== "object" || value === null) return null;
  if (value instanceof ArmObject && value.rest !== null) return value.rest;
  const elements = value instanceof ArmObject ? value.members.values() : value;
  for (const element of elements) {
    const found = firstUnknown(element);
    if (found !== null) return found;
  }
  return null;
}

/** `value` with its secrets in the clear. */
export function withoutMarks(value: ArmValue): ArmValue {
  if (value instanceof Sensitive) return value.value;
  if (isArmArray(value)) return value.map(withoutMarks);
  if (!(value instanceof ArmObject)) return value;
  const members = new Map<string, ArmValue>();
  for (const [name, member] of value.members) members.set(name, withoutMarks(member));
  return new ArmObject(members, { rest: value.rest, late: value.late, unknownNames: value.unknownNames });
}

/**
 * `value` with every leaf marked as a secret, and the names of members, too: for what is computed from a secret text.
 *
 * @param expression the text that gives `value`; `null` when there is none
 */
export function withMarks(value: ArmValue, expression: string | null): ArmValue {
  return mark(value, { expression, secretNames: true });
}

/**
 * `value` with every leaf marked as a secret: for what is declared secret. Arrays and objects keep their shape, the names of members included.
 *
 * @param expression the text that gives `value`; `null` when there is none
 */
export function withSecretLeaves(value: ArmValue, expression: string | null): ArmValue {
  return mark(value, { expression, secretNames: false });
}

interface Marks {
  readonly expression: string | null;
  readonly secretNames: boolean;
}

function mark(value: ArmValue, { expression, secretNames }: Marks): ArmValue {
  if (value instanceof Sensitive) return value;
  if (value instanceof Unknown) return new Unknown(value.reason, value.expression, true);
  if (isArmArray(value)) {
    return value.map((element, index) => mark(element, { expression: part(expression, `[${index}]`), secretNames }));
  }
  if (!(value instanceof ArmObject)) return new Sensitive(value, expression);
  const members = new Map<string, ArmValue>();
  for (const [name, member] of value.members) members.set(name, mark(member, { expression: null, secretNames }));
  const { rest, unknownNames } = value;
  return new ArmObject(members, { rest, unknownNames, secretNames: secretNames || value.secretNames });
}

function part(expression: string | null, access: string): string | null {
  return expression === null ? null : expression + access;
}
