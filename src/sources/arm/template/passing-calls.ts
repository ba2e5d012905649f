import { ArmObject, type ArmValue, isArmArray } from "../../../expression/arm-value.ts";
import type { CallNode, ExpressionNode } from "../../../expression/ast.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import { Unknown } from "../../../expression/value.ts";
import type { PropertyPath } from "../../../plan/property-path.ts";

/** The argument that a call passes on, and what of it. */
export interface Passed {
  readonly node: ExpressionNode;
  readonly path: PropertyPath;
}

/** What an expression is known to give; `undefined` when it cannot be told. */
type Evaluate = (node: ExpressionNode) => ArmValue | undefined;

type Rule = (args: readonly ExpressionNode[], path: PropertyPath, evaluate: Evaluate) => Passed | undefined;

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [foldName("if"), branchOf],
  [foldName("coalesce"), firstKnown],
  [foldName("tryGet"), (args, path, evaluate) => memberOf(args, path, evaluate)],
  [foldName("createObject"), valueOf],
  [foldName("createArray"), elementOf],
  [foldName("union"), lastWith],
  [foldName("shallowMerge"), (args, path, evaluate) => lastWith(arrayIn(args), path, evaluate)],
  [foldName("concat"), elementOfJoined],
  [foldName("flatten"), (args, path, evaluate) => elementOfJoined(arrayIn(args), path, evaluate)],
]);

/** Where the value at `path` of what a call gives comes from, when the call only passes it on. */
export function passedOn(call: CallNode, path: PropertyPath, evaluate: Evaluate): Passed | undefined {
  return RULES.get(call.key)?.(call.args, path, evaluate);
}

function branchOf(args: readonly ExpressionNode[], path: PropertyPath, evaluate: Evaluate): Passed | undefined {
  const [condition, whenTrue, whenFalse] = args;
  const value = condition === undefined ? undefined : evaluate(condition);
  if (typeof value !== "boolean") return undefined;
  return passed(value ? whenTrue : whenFalse, path);
}

function firstKnown(args: readonly ExpressionNode[], path: PropertyPath, evaluate: Evaluate): Passed | undefined {
  for (const node of args) {
    const value = evaluate(node);
    if (value === undefined || value instanceof Unknown) return undefined;
    if (value !== null) return { node, path };
  }
  return undefined;
}

function memberOf(
  [target, ...keys]: readonly ExpressionNode[],
  path: PropertyPath,
  evaluate: Evaluate,
): Passed | undefined {
  const names: (number | string)[] = [];
  for (const key of keys) {
    const name = evaluate(key);
    if (typeof name === "string") names.push(name);
    else if (typeof name === "bigint") names.push(Number(name));
    else return undefined;
  }
  return passed(target, [...names, ...path]);
}

function valueOf(
  args: readonly ExpressionNode[],
  [name, ...rest]: PropertyPath,
  evaluate: Evaluate,
): Passed | undefined {
  if (typeof name !== "string") return undefined;
  const isAsked = (node: ExpressionNode, index: number): boolean => {
    const key = index % 2 === 0 ? evaluate(node) : undefined;
    return typeof key === "string" && foldName(key) === foldName(name);
  };
  const at = args.findLastIndex(isAsked);
  return at < 0 ? undefined : passed(args[at + 1], rest);
}

function elementOf(args: readonly ExpressionNode[], [index, ...rest]: PropertyPath): Passed | undefined {
  return typeof index === "number" ? passed(args[index], rest) : undefined;
}

/** Of objects that are merged the last one that has the member counts. */
function lastWith(args: readonly ExpressionNode[], path: PropertyPath, evaluate: Evaluate): Passed | undefined {
  if (path.length === 0) return undefined;
  for (const node of args.toReversed()) {
    const value = evaluate(node);
    if (!(value instanceof ArmObject) || value.isOpen) return undefined;
    if (has(value, path)) return { node, path };
  }
  return undefined;
}

function has(value: ArmValue | undefined, [step, ...rest]: PropertyPath): boolean {
  if (step === undefined || value === undefined) return value !== undefined;
  if (typeof step === "number") return isArmArray(value) && has(value[step], rest);
  return value instanceof ArmObject && has(value.get(step), rest);
}

function elementOfJoined(
  args: readonly ExpressionNode[],
  [index, ...rest]: PropertyPath,
  evaluate: Evaluate,
): Passed | undefined {
  if (typeof index !== "number") return undefined;
  let left = index;
  for (const node of args) {
    const value = evaluate(node);
    if (!isArmArray(value)) return undefined;
    if (left < value.length) return { node, path: [left, ...rest] };
    left -= value.length;
  }
  return undefined;
}

/** The elements of the one argument, where it is written as an array. */
function arrayIn([array]: readonly ExpressionNode[]): readonly ExpressionNode[] {
  return array?.kind === "call" && array.key === foldName("createArray") ? array.args : [];
}

function passed(node: ExpressionNode | undefined, path: PropertyPath): Passed | undefined {
  return node === undefined ? undefined : { node, path };
}
