import type { ArrayAccess, Expression, PropertyAccess } from "../../syntax/ast.ts";
import type { Span } from "../../syntax/span.ts";
import { isAssignable, isObjectLike } from "../../types/assignable.ts";
import { describe } from "../../types/describe.ts";
import {
  ANY,
  ERROR,
  INT,
  NULL,
  STRING,
  type BicepType,
  type ObjectType,
  type TupleType,
  type UnionType,
} from "../../types/type.ts";
import { nullable, unionOf, withoutNull } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import { fault, hasError } from "../fault.ts";
import { inferProperty } from "./property.ts";

/** The type of a link in a chain such as `a.?b.c[0]`. */
interface Link {
  readonly type: BicepType;
  /** Whether the whole chain is null when a part of it is. */
  readonly mayBeNull: boolean;
  /** Whether the chain is null for certain. */
  readonly isNull: boolean;
}

/** The type of `base.name` or `base[index]`. */
export function inferAccess(context: FileContext, node: ArrayAccess | PropertyAccess): BicepType {
  const { type, mayBeNull, isNull } = inferLink(context, node);
  if (isNull || type.kind === "error") return type;
  return mayBeNull ? nullable(type) : type;
}

function inferLink(context: FileContext, node: ArrayAccess | PropertyAccess): Link {
  const before = linkBefore(context, node.base);
  if (before.isNull) return before;
  let { type, mayBeNull } = before;
  if (node.safe || isSafe(node.base)) {
    if (type.kind === "null") return { type: NULL, mayBeNull: false, isNull: true };
    const rest = withoutNull(type);
    if (rest !== undefined) {
      mayBeNull = true;
      type = rest;
    }
  }
  // Nothing else that may be null is a fault: the compiler warns, and goes on without null.
  const base = withoutNull(type) ?? type;
  if (base.kind === "error") return { type: ERROR, mayBeNull, isNull: false };
  const own = mayBeNull ? withoutFaults(context) : context;
  const result = node.kind === "property" ? inferProperty(own, node, base) : inferItem(own, node, base);
  const isLost = mayBeNull && result.kind === "error";
  return { type: isLost ? FITS_NOWHERE : result, mayBeNull, isNull: false };
}

/** Behind what may be null in a safe chain the compiler loses its faults, and is left with a type that fits nowhere. */
const FITS_NOWHERE: BicepType = { kind: "namespace", name: "error", members: new Map(), functions: undefined };

function withoutFaults(context: FileContext): FileContext {
  return { ...context, carry: () => undefined };
}

function linkBefore(context: FileContext, base: Expression): Link {
  if (base.kind === "property" || base.kind === "index") {
    // Reports what is wrong with it, once.
    const whole = context.typeOf(base);
    if (whole.kind === "error") return { type: ERROR, mayBeNull: false, isNull: false };
    const rest = withoutNull(whole);
    const mayBeNull = isChainSafe(base) && rest !== undefined;
    return { type: mayBeNull ? rest : whole, mayBeNull, isNull: isChainSafe(base) && whole.kind === "null" };
  }
  return { type: context.typeOf(base), mayBeNull: false, isNull: false };
}

function isSafe(base: Expression): boolean {
  return (base.kind === "property" || base.kind === "index") && base.safe;
}

function isChainSafe(node: Expression): boolean {
  let link = node;
  while (link.kind === "property" || link.kind === "index") {
    if (link.safe) return true;
    link = link.base;
  }
  return false;
}

/** An access that is faulty; a safe one gives null instead, and a warning. */
function invalid(context: FileContext, node: ArrayAccess, [code, span, type]: InvalidAccess): BicepType {
  return node.safe ? NULL : fault(context, [code, span], describe(type));
}

type InvalidAccess = readonly [code: "BCP049" | "BCP074" | "BCP075" | "BCP076" | "BCP414" | "BCP415", Span, BicepType];

function inferItem(context: FileContext, node: ArrayAccess, base: BicepType): BicepType {
  const whole = context.typeOf(node.index);
  const index = withoutNull(whole) ?? whole;
  if (hasError([base, index])) return ERROR;
  if (isObjectLike(base) || base.kind === "namespace") return inferItemOfObject(context, node, { base, index });
  switch (base.kind) {
    case "any":
      return inferItemOfAny(context, node, index);
    case "tuple":
    case "array":
      return inferItemOfArray(context, node, { base, index });
    case "union":
      return inferItemOfUnion(context, node, base);
    default:
      return invalid(context, node, ["BCP076", node.base, base]);
  }
}

function inferItemOfAny(context: FileContext, node: ArrayAccess, index: BicepType): BicepType {
  if (index.kind === "any") return ANY;
  if (node.fromEnd && isAssignable(index, STRING)) return invalid(context, node, ["BCP415", markerOf(node), index]);
  if (isAssignable(index, INT) || isAssignable(index, STRING)) return ANY;
  return invalid(context, node, ["BCP049", node.index, index]);
}

interface Indexed<Base> {
  readonly base: Base;
  readonly index: BicepType;
}

function inferItemOfArray(
  context: FileContext,
  node: ArrayAccess,
  { base, index }: Indexed<Extract<BicepType, { readonly kind: "array" | "tuple" }>>,
): BicepType {
  if (base.kind === "tuple") {
    const positions = index.kind === "union" ? index.members : [index];
    const known = positions.map((position) => (position.kind === "intLiteral" ? position.value : undefined));
    const values = known.filter((value) => value !== undefined);
    if (values.length === known.length) return inferItemsAt(context, node, { base, values });
  }
  if (index.kind === "intLiteral" && index.value < 0n) {
    return fault(context, ["BCP339", node.index], String(index.value));
  }
  return isAssignable(index, INT) ? base.item() : invalid(context, node, ["BCP074", node.index, index]);
}

function inferItemsAt(
  context: FileContext,
  node: ArrayAccess,
  { base, values }: { readonly base: TupleType; readonly values: readonly bigint[] },
): BicepType {
  const types = values.map((value) => {
    const position = node.fromEnd ? BigInt(base.items.length) - value : value;
    const item = position < 0n || value < 0n ? undefined : base.items[Number(position)];
    return item === undefined ? fault(context, ["BCP311", node.index], describe(base), String(value)) : item();
  });
  return hasError(types) ? ERROR : unionOf(types);
}

function inferItemOfObject(context: FileContext, node: ArrayAccess, { base, index }: Indexed<BicepType>): BicepType {
  if (node.fromEnd) return invalid(context, node, ["BCP414", markerOf(node), base]);
  if (index.kind !== "any" && !isAssignable(index, STRING)) {
    return invalid(context, node, ["BCP075", node.index, index]);
  }
  const { kind } = base;
  if (index.kind === "stringLiteral" && kind !== "discriminated") {
    return inferProperty(context, { name: index.value, place: node.index, safe: node.safe }, base);
  }
  const isEmpty = kind === "object" && isClosedAndEmpty(base);
  return isEmpty ? fault(context, ["BCP054", node.index], describe(base)) : ANY;
}

function isClosedAndEmpty({ properties, additional }: ObjectType): boolean {
  return properties.size === 0 && additional === undefined;
}

function inferItemOfUnion(context: FileContext, node: ArrayAccess, base: UnionType): BicepType {
  const types = base.members.map((member) =>
    inferItem({ ...context, report: () => undefined, carry: () => undefined }, node, member),
  );
  return hasError(types) ? fault(context, ["BCP076", node.base], describe(base)) : unionOf(types);
}

/** The `^` of an index. */
function markerOf(node: ArrayAccess): Span {
  return node.children.find((child) => child.kind === "token" && child.text === "^") ?? node.index;
}
