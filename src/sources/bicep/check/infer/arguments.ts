import type { BuiltInDecorator } from "../../functions/decorators.ts";
import type { BuiltInFunction, Signature } from "../../functions/signature.ts";
import type { Expression, FunctionArgument, FunctionCall, InstanceCall } from "../../syntax/ast.ts";
import { spanBetween, type Span } from "../../syntax/span.ts";
import { assignableWithoutNull } from "../../types/assignable.ts";
import { describe } from "../../types/describe.ts";
import { folded, isFoldable } from "../../types/fold.ts";
import { ANY, ERROR, type BicepType, type FunctionType } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { hasError } from "../fault.ts";
import { checkTyped } from "../narrow/narrow.ts";
import { inferResult } from "./result.ts";
import { leastArguments, matchSignature, mostArguments, parameterType } from "./signature-match.ts";

/** A call with the types of its arguments, those of faulty ones taken for `any`. */
export interface Call {
  readonly node: FunctionCall | InstanceCall;
  readonly types: readonly BicepType[];
}

/** Functions whose results the compiler does not work out, even when it knows the arguments. */
const NOT_FOLDED: ReadonlySet<string> = new Set([
  "any",
  "bool",
  "concat",
  "buildUri",
  "cidrHost",
  "cidrSubnet",
  "dateTimeAdd",
  "dateTimeFromEpoch",
  "dateTimeToEpoch",
  "fail",
  "int",
  "newGuid",
  "string",
  "utcNow",
]);

/** The type of a call of a function of the language. */
export function inferBuiltInCall(
  context: FileContext,
  node: FunctionCall | InstanceCall,
  called: BuiltInFunction,
): BicepType {
  const types = argumentTypes(context, node);
  const call = recover({ node, types });
  const chosen = chooseSignature(context, call, called.signatures);
  if (chosen === undefined || hasError(types)) return ERROR;
  if (chosen === "any") return ANY;
  const { signature, call: matched } = chosen;
  checkArguments(context, node, (index) => parameterType(signature, index));
  const result =
    signature.result.kind === "rule" ? inferResult(context, matched, signature.result.rule) : signature.result;
  const isKnown = called.namespace === "sys" && !NOT_FOLDED.has(called.name) && types.every((type) => isFoldable(type));
  return isKnown ? foldCall(context, { name: called.name, types }, result) : result;
}

/** The type of a call of which the compiler knows all arguments. */
function foldCall(
  context: FileContext,
  { name, types }: { readonly name: string; readonly types: readonly BicepType[] },
  result: BicepType,
): BicepType {
  const literal = context.folder.fold(name, types);
  return literal === "refused" ? result : (literal ?? folded(result));
}

/** The type of a call of a user-defined function. */
export function inferUserCall(
  context: FileContext,
  node: FunctionCall | InstanceCall,
  called: FunctionType,
): BicepType {
  const types = argumentTypes(context, node);
  const { parameters, returns } = called;
  const signature: Signature = { parameters, minimum: parameters.length, rest: undefined, result: returns };
  const chosen = chooseSignature(context, recover({ node, types }), [signature]);
  if (chosen === undefined || hasError(types)) return ERROR;
  checkArguments(context, node, (index) => parameters[index] ?? ANY);
  return returns;
}

/** Checks the arguments of a decorator, and reports those that it does not take. */
export function checkDecoratorCall(
  context: FileContext,
  node: FunctionCall | InstanceCall,
  { parameters, minimum }: BuiltInDecorator,
): boolean {
  const types = argumentTypes(context, node);
  if (hasError(types)) return false;
  const signature: Signature = { parameters, minimum, rest: undefined, result: ANY };
  if (chooseSignature(context, { node, types }, [signature]) === undefined) return false;
  checkArguments(context, node, (index) => parameters[index] ?? ANY);
  return true;
}

/** The types of the arguments of a call; all are worked out, so that their faults are reported. */
export function argumentTypes(context: FileContext, node: FunctionCall | InstanceCall): BicepType[] {
  return node.arguments.map(({ value }) => context.typeOf(value));
}

function recover({ node, types }: Call): Call {
  return { node, types: types.map((type) => (type.kind === "error" ? ANY : type)) };
}

interface Choice {
  readonly signature: Signature;
  readonly call: Call;
}

/** The signature that a call fits; `any` when it may fit several; reports when it fits none. */
function chooseSignature(
  context: FileContext,
  call: Call,
  signatures: readonly Signature[],
): Choice | "any" | undefined {
  const matches = signatures.map((signature) => ({ signature, match: matchSignature(signature, call.types) }));
  const fitting = matches.filter(({ match }) => match.kind === "match");
  const certain = fitting.find(({ match }) => match.kind === "match" && match.certain);
  const only = certain ?? (fitting.length === 1 ? fitting[0] : undefined);
  if (only !== undefined) return { signature: only.signature, call };
  if (fitting.length > 1) return "any";
  const mismatches = matches.map(({ match }) => match).filter((match) => match.kind === "type");
  for (const { index, expected } of mismatches) {
    const type = call.types[index];
    const rest = type === undefined ? undefined : assignableWithoutNull(type, expected);
    // What may be null is only warned of.
    if (rest !== undefined)
      return chooseSignature(context, { ...call, types: call.types.with(index, rest) }, signatures);
  }
  reportMismatch(context, call, { signatures, mismatches });
  return undefined;
}

interface Mismatches {
  readonly signatures: readonly Signature[];
  readonly mismatches: readonly { readonly index: number; readonly expected: BicepType }[];
}

function reportMismatch(context: FileContext, { node, types }: Call, { signatures, mismatches }: Mismatches): void {
  const [first] = mismatches;
  if (first === undefined) {
    context.carry("BCP071", parenthesesOf(node), [expectedCount(signatures), String(types.length)]);
    return;
  }
  const worst = mismatches.reduce((best, mismatch) => (mismatch.index >= best.index ? mismatch : best), first);
  const isCommon = mismatches.length > 1 && mismatches.every(({ index }) => index === first.index);
  const place = node.arguments[worst.index] ?? node;
  const type = types[worst.index] ?? ANY;
  const actual = describe(type);
  if (type.kind === "lambda" && type.returns.kind === "error")
    withdrawBody(context, node.arguments[worst.index]?.value);
  if (isCommon) context.carry("BCP048", place, [actual]);
  else context.carry("BCP070", place, [actual, describe(worst.expected)]);
}

/** What is wrong within a lambda is not said beside that the lambda does not fit. */
function withdrawBody(context: FileContext, value: Expression | undefined): void {
  if (value?.kind === "parenthesized") withdrawBody(context, value.inner);
  else if (value?.kind === "lambda") context.withdraw(value.body);
}

function expectedCount(signatures: readonly Signature[]): string {
  const least = Math.min(...signatures.map((signature) => leastArguments(signature)));
  const most = Math.max(...signatures.map((signature) => mostArguments(signature)));
  if (most === Number.POSITIVE_INFINITY) return `at least ${least} argument(s)`;
  return least === most ? `${least} argument(s)` : `${least} to ${most} arguments`;
}

function parenthesesOf(node: FunctionCall | InstanceCall): Span {
  const open = node.children.find((child) => child.kind === "token" && child.text === "(");
  const last = node.children.at(-1);
  return open === undefined || last === undefined ? node : spanBetween(open, last);
}

function checkArguments(
  context: FileContext,
  node: FunctionCall | InstanceCall,
  expected: (index: number) => BicepType,
): void {
  for (const [index, argument] of node.arguments.entries()) {
    const target = expected(index);
    if (target.kind !== "lambda") checkArgument(context, argument, target);
  }
}

function checkArgument(context: FileContext, argument: FunctionArgument, target: BicepType): void {
  checkTyped(context, { node: argument, type: context.typeOf(argument.value) }, target);
}
