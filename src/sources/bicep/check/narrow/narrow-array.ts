import type { ArrayLiteral } from "../../syntax/ast.ts";
import { describe } from "../../types/describe.ts";
import { ANY, type ArrayType, type TupleType } from "../../types/type.ts";
import { checkLength, type LengthRange } from "./narrow-scalar.ts";
import { valueOfVariable, type Narrowing, type Value } from "./narrowing.ts";

type ArrayTarget = ArrayType | TupleType;

/** Checks an array, and its items, against the type asked for. */
export function narrowArray(narrowing: Narrowing, value: Value, target: ArrayTarget): void {
  const { node, type } = value;
  if (node.kind === "array") {
    narrowLiteral(narrowing, node, target);
    return;
  }
  const declared = valueOfVariable(narrowing.context, node);
  if (declared !== undefined) {
    // One variable may be reached in many ways.
    if (narrowing.seen.add(declared, target)) narrowing.narrow({ ...narrowing, origin: node }, declared, target);
  } else if (type.kind === "tuple" && target.kind === "tuple") narrowTuple(narrowing, { node, type }, target);
  else if (type.kind === "array" || type.kind === "tuple") {
    checkLength(narrowing, node, { actual: lengthRange(type), expected: lengthRange(target) });
    const item: Value = { node, type: type.item() };
    if (narrowing.seen.add(item, target.item())) narrowing.narrow(narrowing, item, target.item());
  }
}

function narrowTuple(
  narrowing: Narrowing,
  { node, type }: { readonly node: Value["node"]; readonly type: TupleType },
  target: TupleType,
): void {
  if (type.items.length !== target.items.length) {
    narrowing.report("BCP332", node, [String(type.items.length), String(target.items.length)]);
    return;
  }
  for (const [index, item] of type.items.entries()) {
    const value: Value = { node, type: item() };
    const itemTarget = target.items[index]?.() ?? ANY;
    if (narrowing.seen.add(value, itemTarget)) narrowing.narrow(narrowing, value, itemTarget);
  }
}

function narrowLiteral(narrowing: Narrowing, node: ArrayLiteral, target: ArrayTarget): void {
  let hasSpread = false;
  for (const [index, item] of node.items.entries()) {
    const value: Value = { node: item.value, type: narrowing.context.typeOf(item.value) };
    if (item.kind === "spread") {
      hasSpread = true;
      narrowing.narrow({ ...narrowing, onMismatch: mismatch(narrowing, "BCP403") }, value, spreadable(target));
    } else {
      const isFixed = target.kind === "tuple" && !hasSpread;
      const itemTarget = isFixed ? (target.items[index]?.() ?? ANY) : target.item();
      narrowing.narrow({ ...narrowing, onMismatch: mismatch(narrowing, "BCP034") }, value, itemTarget);
    }
  }
  const length = node.items.length;
  if (!hasSpread) checkLength(narrowing, node, { actual: [length, length], expected: lengthRange(target) });
}

const SPREADABLE = new WeakMap<ArrayTarget, ArrayType>();

/** What can be spread in an array: other arrays of its items, of any length. There is one such type for each. */
function spreadable(target: ArrayTarget): ArrayType {
  const known = SPREADABLE.get(target) ?? { kind: "array", item: () => target.item() };
  SPREADABLE.set(target, known);
  return known;
}

function mismatch(narrowing: Narrowing, code: "BCP034" | "BCP403"): Narrowing["onMismatch"] {
  return (expected, { node, type }) => {
    narrowing.report(code, node, [describe(expected), describe(type)]);
  };
}

function lengthRange(type: ArrayTarget): LengthRange {
  return type.kind === "tuple" ? [type.items.length, type.items.length] : [type.minLength, type.maxLength];
}
