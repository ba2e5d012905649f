import type { LambdaRule, Signature } from "../../functions/signature.ts";
import { isAssignable } from "../../types/assignable.ts";
import { ANY, BOOL, INT, STRING, type BicepType, type LambdaType } from "../../types/type.ts";

/** How the arguments of a call go with a signature. */
export type Match =
  /** `certain` unless an argument of type `any` leaves it open. */
  | { readonly kind: "match"; readonly certain: boolean }
  | { readonly kind: "count" }
  | { readonly kind: "type"; readonly index: number; readonly expected: BicepType };

/** Compares the types of arguments with a signature. */
export function matchSignature(signature: Signature, types: readonly BicepType[]): Match {
  const most = mostArguments(signature);
  if (types.length < leastArguments(signature) || types.length > most) return { kind: "count" };
  for (const [index, type] of types.entries()) {
    const expected = parameterType(signature, index);
    if (type.kind !== "any" && !isAssignable(type, expected)) return { kind: "type", index, expected };
  }
  return { kind: "match", certain: types.every((type) => type.kind !== "any") };
}

/** How few arguments a call may have. */
export function leastArguments({ minimum }: Signature): number {
  return minimum;
}

/** How many arguments a call may have. */
export function mostArguments({ parameters, rest }: Signature): number {
  return rest === undefined ? parameters.length : Number.POSITIVE_INFINITY;
}

/** The type of the parameter at `index`. */
export function parameterType({ parameters, rest }: Signature, index: number): BicepType {
  const parameter = parameters[index] ?? rest ?? ANY;
  return parameter.kind === "rule" ? lambdaType(parameter.rule, ANY) : parameter;
}

/** The lambda that a function asks for, when its first argument has items of type `item`. */
export function lambdaType(rule: LambdaRule, item: BicepType): LambdaType {
  switch (rule) {
    case "predicate":
      return lambda([item], [INT], BOOL);
    case "mapping":
      return lambda([item], [INT], ANY);
    case "comparison":
      return lambda([item, item], [], BOOL);
    case "reduction":
      return lambda([ANY, item], [INT], ANY);
    case "key":
      return lambda([item], [], STRING);
    default:
      return lambda([item], [], ANY);
  }
}

function lambda(parameters: readonly BicepType[], optional: readonly BicepType[], returns: BicepType): LambdaType {
  return { kind: "lambda", parameters, optional, returns };
}
