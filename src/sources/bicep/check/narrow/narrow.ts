import { isAssignable, assignableWithoutNull } from "../../types/assignable.ts";
import { describe } from "../../types/describe.ts";
import { collapsed } from "../../types/collapse.ts";
import type { BicepType, UnionType } from "../../types/type.ts";
import type { Expression, IfCondition } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import { narrowArray } from "./narrow-array.ts";
import { narrowDiscriminated, narrowObject } from "./narrow-object.ts";
import { narrowInt, narrowString } from "./narrow-scalar.ts";
import { Seen, valueOfVariable, type Narrowing, type Value, type ValueNode } from "./narrowing.ts";

/** Checks the value of an expression against the type that is asked for where it stands, and reports what does not fit. */
export function checkValue(context: FileContext, node: Expression | IfCondition, target: BicepType): void {
  checkTyped(context, { node, type: context.typeOf(node) }, target);
}

/** As `checkValue`, for a value whose type is known better than that of its node. */
export function checkTyped(context: FileContext, value: Value, target: BicepType): void {
  if (value.type.kind === "error") return;
  narrow(startNarrowing(context), value, target);
}

/** The state at the start of a check. */
export function startNarrowing(context: FileContext): Narrowing {
  return {
    context,
    report: context.report,
    origin: undefined,
    disallowAny: false,
    onMismatch: undefined,
    seen: new Seen(),
    narrow,
  };
}

function narrow(narrowing: Narrowing, value: Value, asked: BicepType): void {
  const target = collapsed(asked);
  const { node, type } = value;
  if (narrowing.disallowAny && type.kind === "any") {
    narrowing.report("BCP176", narrowing.origin ?? node);
    return;
  }
  if (isUnknown(type) || target.kind === "any") return;
  if (target.kind === "array" && node.kind === "for") {
    narrow(narrowing, { node: node.body, type: narrowing.context.typeOf(node.body) }, target.item());
    return;
  }
  if (isAssignable(type, target)) narrowAssignable(narrowing, value, target);
  else {
    const rest = assignableWithoutNull(type, target);
    if (rest === undefined) reportMismatch(narrowing, value, target);
    else narrow(narrowing, { node, type: rest }, target);
  }
}

function isUnknown(type: BicepType): boolean {
  return type.kind === "any" || type.kind === "error";
}

function reportMismatch(narrowing: Narrowing, value: Value, target: BicepType): void {
  if (narrowing.onMismatch !== undefined) narrowing.onMismatch(target, value);
  else narrowing.report("BCP033", narrowing.origin ?? value.node, [describe(target), describe(value.type)]);
}

function narrowAssignable(narrowing: Narrowing, value: Value, target: BicepType): void {
  switch (target.kind) {
    case "int":
    case "intLiteral":
      narrowInt(narrowing, value, target);
      return;
    case "string":
    case "stringLiteral":
      narrowString(narrowing, value, target);
      return;
    case "object":
      narrowObject(narrowing, withoutCondition(value), target);
      return;
    case "discriminated":
      narrowDiscriminated(narrowing, withoutCondition(value), target);
      return;
    case "array":
    case "tuple":
      narrowArray(narrowing, value, target);
      return;
    case "union":
      narrowToUnion(narrowing, value, target);
      return;
    default:
  }
}

function withoutCondition({ node, type }: Value): Value {
  return { node: node.kind === "if" ? node.body : node, type };
}

function narrowToUnion(narrowing: Narrowing, value: Value, target: UnionType): void {
  const declared = valueOfVariable(narrowing.context, value.node);
  if (declared !== undefined) narrow({ ...narrowing, origin: value.node }, declared, target);
  else if (value.type.kind === "union") narrowUnionToUnion(narrowing, value.node, { source: value.type, target });
  else narrowOneToUnion(narrowing, value, target);
}

/** Every member of the type of the value has to fit. */
function narrowUnionToUnion(
  narrowing: Narrowing,
  node: ValueNode,
  { source, target }: { readonly source: UnionType; readonly target: UnionType },
): void {
  for (const member of source.members) {
    const faults = new FaultCollector(narrowing);
    narrowOneToUnion(faults.narrowing, { node, type: member }, target);
    if (faults.isEmpty) continue;
    faults.pass();
    narrowing.report("BCP070", node, [describe(member), describe(target)]);
  }
}

/** One of the members of the target has to take the value. */
function narrowOneToUnion(narrowing: Narrowing, value: Value, target: UnionType): void {
  const candidates = target.members.filter((member) => isAssignable(value.type, member));
  const all: FaultCollector[] = [];
  for (const candidate of candidates) {
    const faults = new FaultCollector(narrowing);
    narrow(faults.narrowing, value, candidate);
    if (faults.isEmpty) return;
    all.push(faults);
  }
  for (const faults of all) faults.pass();
  if (candidates.length === 0) narrowing.report("BCP070", value.node, [describe(value.type), describe(target)]);
}

/** Holds back what a check finds, until it is known whether it counts. */
class FaultCollector {
  readonly narrowing: Narrowing;
  readonly #outer: Narrowing;
  readonly #faults: Parameters<Narrowing["report"]>[] = [];

  constructor(outer: Narrowing) {
    this.#outer = outer;
    this.narrowing = {
      ...outer,
      report: (...fault) => {
        this.#faults.push(fault);
      },
    };
  }

  get isEmpty(): boolean {
    return this.#faults.length === 0;
  }

  pass(): void {
    for (const fault of this.#faults) this.#outer.report(...fault);
  }
}
