import { type ArmValue, isNull, typeName } from "../arm-value.ts";
import { sameValue } from "../equality.ts";
import { Unknown } from "../value.ts";
import { argumentAt, type Call, DOCUMENTATION, type FunctionDefinition, refuse } from "./signature.ts";

const PAGE = `${DOCUMENTATION}-comparison`;

/** Comparison functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-comparison */
export const COMPARISON: readonly FunctionDefinition[] = [
  {
    name: "coalesce",
    parameters: [],
    rest: "any",
    lazy: true,
    secrets: "any",
    documentation: `${PAGE}#coalesce`,
    evaluate: coalesce,
  },
  {
    name: "equals",
    parameters: ["any", "any"],
    unknowns: "any",
    secrets: "reveal",
    documentation: `${PAGE}#equals`,
    evaluate: (call) =>
      sameValue(argumentAt(call, 0), argumentAt(call, 1)) ?? call.session.unknownCall(call, call.args),
  },
  ordering("greater", (order) => order > 0),
  ordering("greaterOrEquals", (order) => order >= 0),
  ordering("less", (order) => order < 0),
  ordering("lessOrEquals", (order) => order <= 0),
];

/** The first argument that is not null; what stands behind it is not evaluated. */
function coalesce(call: Call): ArmValue {
  const evaluated: ArmValue[] = [];
  for (const arg of call.node.args) {
    const value = call.session.evaluate(arg, call.scope);
    evaluated.push(value);
    if (value instanceof Unknown) return value.prefix === "" ? call.session.unknownLazyCall(call, evaluated) : value;
    if (!isNull(value)) return value;
  }
  return null;
}

function ordering(name: string, test: (order: number) => boolean): FunctionDefinition {
  return {
    name,
    parameters: ["any", "any"],
    unknowns: "inside",
    secrets: "reveal",
    documentation: `${PAGE}#${name.toLowerCase()}`,
    evaluate: (call) => test(orderOf(call, argumentAt(call, 0), argumentAt(call, 1))),
  };
}

/** Numbers by value, texts in linguistic order. NaN compares as nothing, so every test of it is false. */
function orderOf(call: Call, left: ArmValue, right: ArmValue): number {
  if (typeof left === "string" || typeof right === "string") {
    if (typeof left !== "string") return refuseText(call, "first", left);
    if (typeof right !== "string") return refuseText(call, "second", right);
    return call.session.comparer.compare(left, right);
  }
  if (!isNumber(left) || !isNumber(right)) {
    const fact = "is not valid: all function arguments should be of numeric types.";
    refuse("type", `The provided arguments for template language function '${call.definition.name}' ${fact}`);
  }
  if (typeof left === "bigint" && typeof right === "bigint") return left < right ? -1 : Number(left > right);
  const difference = Number(left) - Number(right);
  return Number(left) === Number(right) ? 0 : difference;
}

function isNumber(value: ArmValue): value is bigint | number {
  return typeof value === "bigint" || typeof value === "number";
}

function refuseText(call: Call, which: string, value: ArmValue): never {
  const fact = `expects its ${which} parameter to be of type 'String'. The provided value is of type '${typeName(value)}'.`;
  refuse("type", `The template language function '${call.definition.name}' ${fact}`);
}
