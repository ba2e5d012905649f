import { ArmObject, type ArmValue, isArmArray, typeName } from "../arm-value.ts";
import type { CallNode, ExpressionNode } from "../ast.ts";
import type { TextComparer } from "../dotnet/collation.ts";
import { type ExpressionErrorCode, ExpressionFailure } from "../failure.ts";
import type { Budget } from "../limits.ts";
import type { Scope } from "../scope.ts";
import type { Shapes } from "../shape.ts";
import type { TemplateValue } from "../template-value.ts";
import type { UnknownReason } from "../value.ts";

/** ARM's names of its types, as error messages print them. */
export type TypeName = "Null" | "Boolean" | "Integer" | "Float" | "String" | "Array" | "Object";

/** What a parameter takes: anything, one type or one of several. */
export type ParameterType = "any" | TypeName | readonly TypeName[];

/** What the documentation says of a function; drives the checks of its arguments. */
export interface Signature {
  /** The documented spelling. */
  readonly name: string;
  readonly parameters: readonly ParameterType[];
  /** How many of `parameters` must be there; all of them when absent. */
  readonly required?: number;
  /** What any number of further arguments must be. */
  readonly rest?: ParameterType;
  /** The page that documents it. */
  readonly documentation: string;
}

/**
 * How a function treats arguments that are unknown.
 *
 * - `wait` (the default): any unknown part makes the whole call unknown
 * - `inside`: an argument that is itself unknown does, one with unknown parts does not
 * - `any`: the function decides for itself
 */
export type UnknownMode = "wait" | "inside" | "any";

/**
 * How a function treats secrets.
 *
 * - `keep` (the default): what comes out of a secret is a secret, in every leaf
 * - `reveal`: the answer says too little of them to be a secret (a length, a comparison)
 * - `inside`: like `keep` for an argument that is itself a secret; secrets within arrays and objects stay where they are
 * - `any`: the function decides for itself
 */
export type SecretMode = "keep" | "reveal" | "inside" | "any";

/**
 * Which arguments are checked while one of them is unknown: those before it (the default), all known ones, or none. Found with the
 * Bicep CLI 0.49.2, function by function.
 */
export type CheckMode = "until-unknown" | "all" | "when-known";

/** A function of the template language: what it takes and what it does. */
export interface FunctionDefinition extends Signature {
  readonly unknowns?: UnknownMode;
  readonly secrets?: SecretMode;
  /** Its arguments are not evaluated beforehand: `call.args` is empty and `call.node` has them. */
  readonly lazy?: boolean;
  /** Only Azure can answer: allowed in resource bodies and outputs alone. `zones`: in a resource's zones as well. */
  readonly runtime?: true | "zones";
  /** Allowed in default values of parameters alone. */
  readonly defaultsOnly?: boolean;
  readonly checks?: CheckMode;
  /** Why its value is not known, for functions that never have one here. */
  readonly reason?: UnknownReason;
  /** Checks the arguments' number in its own words. */
  readonly checkArity?: (count: number, call: Call) => void;
  readonly evaluate: (call: Call) => ArmValue;
}

/** What the functions need of the evaluator. */
export interface Session {
  readonly budget: Budget;
  readonly comparer: TextComparer;
  readonly shapes: Shapes;
  evaluate(node: ExpressionNode, scope: Scope): ArmValue;
  /** The value, or `undefined` where evaluating would fail. */
  attempt(node: ExpressionNode, scope: Scope): ArmValue | undefined;
  evaluateTree(value: TemplateValue, scope: Scope): ArmValue;
  /** The call as an unknown value, its arguments printed with everything known folded in. */
  unknownCall(call: Call, args: readonly ArmValue[]): ArmValue;
  /** The call as an unknown value; arguments that were not evaluated are printed as written. */
  unknownLazyCall(call: Call, evaluated: readonly ArmValue[]): ArmValue;
}

/** One call that is being evaluated. */
export interface Call {
  readonly definition: FunctionDefinition;
  readonly node: CallNode;
  readonly args: readonly ArmValue[];
  readonly scope: Scope;
  readonly session: Session;
}

/** The root of the functions' documentation. */
export const DOCUMENTATION = "https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions";

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
const COUNTS = ["zero", "one", "two"];

/** @throws ExpressionFailure always */
export function refuse(code: ExpressionErrorCode, message: string): never {
  throw new ExpressionFailure(code, message);
}

/** @throws ExpressionFailure arguments, when `count` arguments are too few or too many */
export function checkArity(signature: Signature, count: number): void {
  const { name, parameters, rest } = signature;
  const required = signature.required ?? parameters.length;
  if (count >= required && (rest !== undefined || count <= parameters.length)) return;
  if (parameters.length === 0) {
    const fact = "is not valid. The function does not accept parameters.";
    refuse("arguments", `The provided parameters for template language function '${name}' ${fact}`);
  }
  const start = `Unable to evaluate template language function '${name}'`;
  if (rest !== undefined) refuse("arguments", `${start}. ${atLeast(required)} should be provided.`);
  const expected = required === parameters.length ? `${required}` : `between ${required} and ${parameters.length}`;
  refuse("arguments", `${start}: function requires ${expected} argument(s) while ${count} were provided.`);
}

function atLeast(count: number): string {
  return `At least ${COUNTS[count] ?? count} parameter${count > 2 ? "s" : ""}`;
}

/** The type that the argument at `index` must have. */
export function parameterType(signature: Signature, index: number): ParameterType {
  return signature.parameters[index] ?? signature.rest ?? "any";
}

/** Whether `value` is of that type. */
export function isOfType(value: ArmValue, type: ParameterType): boolean {
  if (type === "any") return true;
  const actual = typeName(value);
  return typeof type === "string" ? type === actual : type.some((each) => each === actual);
}

/** @throws ExpressionFailure type, naming the parameter at `index` and the type that it must have */
export function refuseType(signature: Signature, index: number, value: ArmValue): never {
  const type = parameterType(signature, index);
  const only = signature.parameters.length === 1 && signature.rest === undefined;
  const parameter = only ? "parameter" : `${ORDINALS[index] ?? `${index + 1}th`} parameter`;
  const expected = typeof type === "string" ? type : type.join(", ");
  const fact = `to be of type '${expected}'. The provided value is of type '${typeName(value)}'.`;
  refuse("type", `The template language function '${signature.name}' expects its ${parameter} ${fact}`);
}

/** The argument at `index`, which must be a text. @throws ExpressionFailure type */
export function textAt(call: Call, index: number): string {
  const value = call.args[index];
  return typeof value === "string" ? value : refuseType(call.definition, index, value ?? null);
}

/** The argument at `index`, which must be an integer. @throws ExpressionFailure type */
export function integerAt(call: Call, index: number): bigint {
  const value = call.args[index];
  return typeof value === "bigint" ? value : refuseType(call.definition, index, value ?? null);
}

const MIN_INT32 = -(2n ** 31n);
const MAX_INT32 = 2n ** 31n - 1n;

/** The argument at `index`, which must be an integer of 32 bits. @throws ExpressionFailure type, value */
export function smallIntegerAt(call: Call, index: number): number {
  const value = integerAt(call, index);
  if (value < MIN_INT32 || value > MAX_INT32) refuseNumber(value, MIN_INT32, MAX_INT32);
  return Number(value);
}

/** @throws ExpressionFailure value, for a number beyond what a function can count with */
export function refuseNumber(value: bigint, min: bigint, max: bigint): never {
  const fact = "cannot be used as a number because it is either too large or too small.";
  refuse("value", `The value '${value}' ${fact} The value must be between ${min} and ${max}.`);
}

/** The argument at `index`, which must be an array. @throws ExpressionFailure type */
export function arrayAt(call: Call, index: number): readonly ArmValue[] {
  const value = call.args[index];
  return isArmArray(value) ? value : refuseType(call.definition, index, value ?? null);
}

/** The argument at `index`, which must be an object. @throws ExpressionFailure type */
export function objectAt(call: Call, index: number): ArmObject {
  const value = call.args[index];
  return value instanceof ArmObject ? value : refuseType(call.definition, index, value ?? null);
}

/** The argument at `index`; `null` when there is none. */
export function argumentAt(call: Call, index: number): ArmValue {
  return call.args[index] ?? null;
}

/**
 * ARM's limit for the text that a function gives back.
 *
 * Found with the Bicep CLI 0.49.2: "The result of the template language expression exceeds the maximum length limit of 131072
 * characters."
 */
const MAX_RESULT_LENGTH = 131_072;

/** @throws ExpressionFailure value, when a text of that length is more than ARM gives back */
export function checkResultLength(call: Call, length: number): void {
  if (length > MAX_RESULT_LENGTH) {
    const fact = `exceeds the maximum length limit of ${MAX_RESULT_LENGTH} characters.`;
    refuse("value", `The result of the template language expression ${fact}`);
  }
  call.session.budget.spendText(length);
}
