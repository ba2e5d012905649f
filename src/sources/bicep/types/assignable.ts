import { literalOf, membersOf, withoutNull } from "./union.ts";
import type { BicepType, LambdaType } from "./type.ts";

/**
 * Whether values of `source` may stand where `target` is asked for, members of arrays and objects left aside. `never` fits
 * everywhere; nothing fits a faulty type, and a namespace fits nowhere.
 */
export function isAssignable(source: BicepType, target: BicepType): boolean {
  if (source.kind === "namespace") return false;
  if (isUnknown(source) || target.kind === "any") return true;
  if (source.kind === "union" || source.kind === "never") {
    return membersOf(source).every((member) => isAssignable(member, target));
  }
  if (source.kind === "lambda" && target.kind === "lambda") return isLambdaAssignable(source, target);
  if (target.kind === "scope") return ["module", "resource", "scope"].includes(source.kind);
  if (target.kind === "union") {
    const value = literalOf(source);
    if (value !== undefined && target.literals.has(value)) return true;
    return target.members.some((member) => isAssignable(source, member));
  }
  return isKindAssignable(source, target);
}

function isUnknown(type: BicepType): boolean {
  return type.kind === "any" || type.kind === "error";
}

function isKindAssignable(source: BicepType, target: BicepType): boolean {
  switch (target.kind) {
    case "stringLiteral":
      return source.kind === "stringLiteral" ? source.value === target.value : isLoose(source, "string");
    case "intLiteral":
      return source.kind === "intLiteral" ? source.value === target.value : isLoose(source, "int");
    case "boolLiteral":
      return source.kind === "boolLiteral" ? source.value === target.value : source.kind === "looseBool";
    default:
      return familyOf(source) === familyOf(target);
  }
}

/** Kinds that differ in what is known of the value only are of one family. */
function familyOf(type: BicepType): string {
  if (isObjectLike(type)) return "object";
  switch (type.kind) {
    case "stringLiteral":
      return "string";
    case "intLiteral":
      return "int";
    case "boolLiteral":
    case "looseBool":
      return "bool";
    case "tuple":
      return "array";
    default:
      return type.kind;
  }
}

function isLoose(source: BicepType, kind: "int" | "string"): boolean {
  return source.kind === kind && source.loose === true;
}

/** Whether values of `type` are objects, as resources, modules and scopes are. */
export function isObjectLike(type: BicepType): boolean {
  return ["object", "discriminated", "resource", "module", "scope"].includes(type.kind);
}

function isLambdaAssignable(source: LambdaType, target: LambdaType): boolean {
  const most = source.parameters.length + source.optional.length;
  const targetMost = target.parameters.length + target.optional.length;
  if (most < target.parameters.length || source.parameters.length > targetMost) return false;
  // A lambda whose body is faulty fits nowhere.
  return source.returns.kind !== "error" && isAssignable(source.returns, target.returns);
}

/** `source` without null, when that alone keeps it from fitting `target`: the compiler then warns, no more. */
export function assignableWithoutNull(source: BicepType, target: BicepType): BicepType | undefined {
  const rest = withoutNull(source);
  return rest !== undefined && isAssignable(rest, target) ? rest : undefined;
}
