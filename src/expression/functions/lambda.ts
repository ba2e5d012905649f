import { ArmObject, type ArmValue, isArmArray, typeName } from "../arm-value.ts";
import type { CallNode, ExpressionNode } from "../ast.ts";
import { foldName } from "../dotnet/casing.ts";
import { ExpressionFailure } from "../failure.ts";
import type { LambdaBinding, Scope } from "../scope.ts";
import { composed, printCall, printValue } from "../print.ts";
import { firstUnknown } from "../shape.ts";
import { Sensitive, Unknown } from "../value.ts";
import { nameText } from "./merge.ts";
import {
  type Call,
  DOCUMENTATION,
  type FunctionDefinition,
  type ParameterType,
  refuse,
  refuseType,
} from "./signature.ts";

const PAGE = `${DOCUMENTATION}-lambda`;
const WITH_INDEX = [1, 2] as const;
const ONE = [1, 1] as const;

/** Lambda functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-lambda */
export const LAMBDA: readonly FunctionDefinition[] = [
  lambdaFunction("map", ["Array", "any"], (call) => {
    return overElements(call, (lambda, elements) => elements.map((element, index) => lambda(element, BigInt(index))), [
      WITH_INDEX,
    ]);
  }),
  lambdaFunction("filter", ["Array", "any"], filter),
  lambdaFunction("reduce", ["Array", "any", "any"], reduce),
  lambdaFunction("sort", ["Array", "any"], sort),
  { ...lambdaFunction("groupBy", ["Array", "any", "any"], (call) => keyed(call, groups)), required: 2 },
  { ...lambdaFunction("toObject", ["Array", "any", "any"], (call) => keyed(call, uniqueMembers)), required: 2 },
  lambdaFunction("mapValues", ["Object", "any"], mapValues),
  {
    name: "lambdaVariables",
    parameters: ["String"],
    secrets: "any",
    documentation: `${PAGE}#lambda-functions`,
    checkArity(count, call) {
      if (call.scope.lambdas === undefined || call.scope.lambdas === null) refuseVariables();
      if (count !== 1)
        refuse("arguments", "The template language function 'lambdaVariables' must have only one parameter.");
    },
    evaluate: lambdaVariable,
  },
];

type Lambda = (...values: readonly ArmValue[]) => ArmValue;

function lambdaFunction(
  name: string,
  parameters: readonly ParameterType[],
  evaluate: (call: Call) => ArmValue,
): FunctionDefinition {
  return { name, parameters, lazy: true, secrets: "any", documentation: `${PAGE}#${name.toLowerCase()}`, evaluate };
}

function refuseVariables(): never {
  refuse("function", "The template function 'lambdaVariables' is not valid.");
}

function lambdaVariable(call: Call): ArmValue {
  const [name] = call.args;
  if (name instanceof Unknown) return call.session.unknownCall(call, call.args);
  const folded = foldName(nameText(name ?? null) ?? "");
  for (let binding = call.scope.lambdas ?? null; binding !== null; binding = binding.outer) {
    if (foldName(binding.name) === folded) return binding.value;
  }
  return refuseVariables();
}

/** The first argument, if it is known enough to go through; otherwise the call as a whole stays unknown. */
function collection(call: Call): { readonly value: ArmValue; readonly waits: boolean } {
  const [first] = call.node.args;
  const value = first === undefined ? null : call.session.evaluate(first, call.scope);
  if (value instanceof Unknown) return { value, waits: true };
  if (typeName(value) !== call.definition.parameters[0]) refuseType(call.definition, 0, value);
  return { value, waits: value instanceof ArmObject && value.isOpen };
}

/** Runs `work` over the elements of the first argument with the lambda that is the second one. */
function overElements(
  call: Call,
  work: (lambda: Lambda, elements: readonly ArmValue[]) => ArmValue,
  arities: readonly (readonly [number, number])[],
): ArmValue {
  const { value, waits } = collection(call);
  if (waits) return call.session.unknownLazyCall(call, [value]);
  const lambda = lambdaAt(call, 1, arities[0] ?? ONE);
  return work(lambda, isArmArray(value) ? value : []);
}

/** The lambda that stands at `index`. @throws ExpressionFailure when there is none, or it takes too few or too many values */
function lambdaAt(call: Call, index: number, [min, max]: readonly [number, number]): Lambda {
  const node = call.node.args[index];
  if (node?.kind !== "call" || node.key !== "LAMBDA") {
    const ordinal = ["first", "second", "third"][index] ?? "last";
    const fact = `expects its ${ordinal} parameter to be of type 'lambda'. The provided value is of type 'Token'.`;
    refuse("type", `The template language function '${call.definition.name}' ${fact}`);
  }
  const count = node.args.length;
  if (count < min + 1 || count > max + 1) {
    const expected = min === max ? `${min + 1}` : `between ${min + 1} and ${max + 1}`;
    const fact = `function requires ${expected} argument(s) while ${count} were provided.`;
    refuse("arguments", `Unable to evaluate template language function 'lambda': ${fact}`);
  }
  return boundLambda(call, node);
}

function boundLambda(call: Call, node: CallNode): Lambda {
  const names = node.args.slice(0, -1).map((arg, index) => variableName(call, arg, index));
  const body = node.args.at(-1);
  return (...values) => {
    if (body === undefined) return null;
    call.session.budget.spend(1);
    let lambdas: LambdaBinding | null = call.scope.lambdas ?? null;
    for (const [index, name] of names.entries()) lambdas = { name, value: values[index] ?? null, outer: lambdas };
    const scope: Scope = { ...call.scope, lambdas };
    return call.session.evaluate(body, scope);
  };
}

function variableName(call: Call, node: ExpressionNode, index: number): string {
  const value = call.session.evaluate(node, call.scope);
  const name = nameText(value);
  if (name !== undefined) return name;
  const ordinal = ["first", "second", "third"][index] ?? "next";
  const fact = `to be of type 'String'. The provided value is of type '${typeName(value)}'.`;
  return refuse("type", `The template language function 'lambda' expects its ${ordinal} parameter ${fact}`);
}

function filter(call: Call): ArmValue {
  return overElements(
    call,
    (lambda, elements) => {
      const kept: ArmValue[] = [];
      for (const [index, element] of elements.entries()) {
        const answer = unmarked(lambda(element, BigInt(index)));
        if (answer instanceof Unknown) return call.session.unknownLazyCall(call, [elements]);
        if (typeof answer !== "boolean") return refuseResult(call, "Boolean", [answer, index]);
        if (answer) kept.push(element);
      }
      return kept;
    },
    [WITH_INDEX],
  );
}

/** A condition is no secret, even where it comes out of one. */
function unmarked(value: ArmValue): ArmValue {
  return value instanceof Sensitive ? value.value : value;
}

function refuseResult(call: Call, type: string, [value, index]: readonly [ArmValue, number | null]): never {
  const element = index === null ? "evaluation" : `evaluation on the input element at position ${index}`;
  const fact = `is expected to return a value of type '${type}', but ${element} returned a value of type '${typeName(value)}'.`;
  refuse("type", `The lambda expression provided to language function '${call.definition.name}' ${fact}`);
}

function reduce(call: Call): ArmValue {
  const { value, waits } = collection(call);
  const initial = call.node.args[1];
  const start = initial === undefined ? null : call.session.evaluate(initial, call.scope);
  if (waits) return call.session.unknownLazyCall(call, [value, start]);
  const lambda = lambdaAt(call, 2, [2, 3]);
  const elements = isArmArray(value) ? value : [];
  let result = start;
  for (const [index, element] of elements.entries()) {
    const next = reduced(result, () => lambda(result, element, BigInt(index)));
    if (next === undefined) return call.session.unknownLazyCall(call, [value, start]);
    call.session.shapes.of(next);
    result = next;
  }
  return result instanceof Unknown && elements.length > 0 ? call.session.unknownLazyCall(call, [value, start]) : result;
}

/** The next value; `undefined` when an unknown one before it may be why there is none. */
function reduced(before: ArmValue, next: () => ArmValue): ArmValue | undefined {
  if (!(before instanceof Unknown)) return next();
  try {
    return next();
  } catch (failure) {
    if (failure instanceof ExpressionFailure) return undefined;
    throw failure;
  }
}

/** Merge sort: stable, and at most two questions for each comparison. */
function sort(call: Call): ArmValue {
  const { value, waits } = collection(call);
  if (waits) return call.session.unknownLazyCall(call, [value]);
  const lambda = lambdaAt(call, 1, [2, 2]);
  const elements = isArmArray(value) ? value : [];
  const sorted = mergeSort(elements, (left, right) => staysBefore(call, lambda, [left, right]));
  return sorted ?? call.session.unknownLazyCall(call, [value]);
}

/** Whether `left` may stay before `right`; `undefined` when the lambda's answer is unknown. */
function staysBefore(call: Call, lambda: Lambda, [left, right]: readonly [ArmValue, ArmValue]): boolean | undefined {
  const before = unmarked(lambda(left, right));
  if (before === true || before instanceof Unknown) return before === true ? true : undefined;
  if (typeof before !== "boolean") return refuseResult(call, "Boolean", [before, null]);
  const after = unmarked(lambda(right, left));
  return typeof after === "boolean" ? !after : undefined;
}

function mergeSort(
  elements: readonly ArmValue[],
  staysBefore: (left: ArmValue, right: ArmValue) => boolean | undefined,
): readonly ArmValue[] | undefined {
  let runs: readonly (readonly ArmValue[])[] = elements.map((element) => [element]);
  while (runs.length > 1) {
    const merged: (readonly ArmValue[])[] = [];
    for (let index = 0; index < runs.length; index += 2) {
      const run = merge(runs[index] ?? [], runs[index + 1] ?? [], staysBefore);
      if (run === undefined) return undefined;
      merged.push(run);
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

function merge(
  left: readonly ArmValue[],
  right: readonly ArmValue[],
  staysBefore: (left: ArmValue, right: ArmValue) => boolean | undefined,
): readonly ArmValue[] | undefined {
  const merged: ArmValue[] = [];
  let fromLeft = 0;
  let fromRight = 0;
  while (fromLeft < left.length && fromRight < right.length) {
    const leftFirst = staysBefore(left[fromLeft] ?? null, right[fromRight] ?? null);
    if (leftFirst === undefined) return undefined;
    merged.push((leftFirst ? left[fromLeft] : right[fromRight]) ?? null);
    if (leftFirst) fromLeft += 1;
    else fromRight += 1;
  }
  return [...merged, ...left.slice(fromLeft), ...right.slice(fromRight)];
}

interface KeyedElement {
  readonly key: ArmValue;
  /** `undefined` when the key is unknown. */
  readonly name: string | undefined;
  readonly value: ArmValue;
}

/** `groupBy` and `toObject`: a key for each element, and the element itself or what a second lambda makes of it. */
function keyed(call: Call, build: (entries: readonly KeyedElement[]) => ReadonlyMap<string, ArmValue>): ArmValue {
  const { value, waits } = collection(call);
  if (waits) return call.session.unknownLazyCall(call, [value]);
  const keyOf = lambdaAt(call, 1, ONE);
  const valueOf = call.node.args.length > 2 ? lambdaAt(call, 2, ONE) : (element: ArmValue) => element;
  const elements = isArmArray(value) ? value : [];
  const grouping = call.definition.name === "groupBy";
  const entries: KeyedElement[] = [];
  for (const [index, element] of elements.entries()) {
    const key = keyOf(element);
    if (key instanceof Unknown && grouping) return call.session.unknownLazyCall(call, [elements]);
    const name = key instanceof Unknown ? undefined : (nameText(key) ?? refuseResult(call, "String", [key, index]));
    entries.push({ key, name, value: valueOf(element) });
  }
  const members = build(entries);
  if (entries.some(({ name }) => name === undefined)) return withUnknownKeys(call, entries);
  return new ArmObject(members, { secretNames: entries.some(({ key }) => key instanceof Sensitive) });
}

function withUnknownKeys(call: Call, entries: readonly KeyedElement[]): ArmValue {
  const { residualLength } = call.session.budget.limits;
  const parts = entries.flatMap(({ key, value }) => [key, value]);
  const texts = parts.map((part) => printValue(part, residualLength));
  const text = composed(texts, residualLength, (present) => printCall("createObject", present));
  return new Unknown(firstUnknown(parts)?.reason ?? "runtime-function", text, call.session.shapes.of(parts).secret);
}

function groups(entries: readonly KeyedElement[]): ReadonlyMap<string, ArmValue> {
  const found = new Map<string, { readonly name: string; readonly values: ArmValue[] }>();
  for (const { name, value } of entries) {
    if (name === undefined) continue;
    const group = found.get(foldName(name));
    if (group === undefined) found.set(foldName(name), { name, values: [value] });
    else group.values.push(value);
  }
  return new Map([...found.values()].map(({ name, values }) => [name, values]));
}

function uniqueMembers(entries: readonly KeyedElement[]): ReadonlyMap<string, ArmValue> {
  const members = new Map<string, ArmValue>();
  const seen = new Set<string>();
  for (const { key, name, value } of entries) {
    if (name === undefined) continue;
    if (seen.has(foldName(name))) {
      const shown = key instanceof Sensitive ? "«secret»" : name;
      const fact = `returned a duplicate key '${shown}'. Object keys must be strings that are case-insensitively unique.`;
      refuse("value", `The lambda expression parameter at index '1' of function 'toObject' ${fact}`);
    }
    seen.add(foldName(name));
    members.set(name, value);
  }
  return members;
}

function mapValues(call: Call): ArmValue {
  const { value, waits } = collection(call);
  if (waits) return call.session.unknownLazyCall(call, [value]);
  const lambda = lambdaAt(call, 1, ONE);
  const members = new Map<string, ArmValue>();
  const object = value instanceof ArmObject ? value : ArmObject.of([]);
  for (const [name, member] of object.members) members.set(name, lambda(member));
  return new ArmObject(members, { secretNames: object.secretNames });
}
