import { type ArmValue, isArmArray, typeName } from "../arm-value.ts";
import { Unknown } from "../value.ts";
import {
  argumentAt,
  arrayAt,
  type Call,
  checkArity,
  DOCUMENTATION,
  type FunctionDefinition,
  integerAt,
  isOfType,
  refuse,
  refuseNumber,
} from "./signature.ts";

const PAGE = `${DOCUMENTATION}-numeric`;
const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 63n - 1n;
const FLOAT = /^[+-]?(?:[0-9][0-9,]*\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/i;

/** Numeric functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-numeric */
export const NUMERIC: readonly FunctionDefinition[] = [
  arithmetic("add", (left, right) => left + right),
  arithmetic("sub", (left, right) => left - right),
  arithmetic("mul", (left, right) => left * right),
  division("div", (left, right) => left / right),
  division("mod", (left, right) => left % right),
  {
    name: "int",
    parameters: ["any"],
    unknowns: "inside",
    documentation: `${PAGE}#int`,
    evaluate: (call) => toInteger(argumentAt(call, 0)),
  },
  {
    name: "float",
    parameters: ["any"],
    unknowns: "inside",
    documentation: `${PAGE}#float`,
    evaluate: (call) => toFloat(argumentAt(call, 0)),
  },
  extreme("max", Math.max),
  extreme("min", Math.min),
];

function arithmetic(name: string, compute: (left: bigint, right: bigint) => bigint): FunctionDefinition {
  return {
    name,
    parameters: ["Integer", "Integer"],
    documentation: `${PAGE}#${name}`,
    evaluate(call) {
      const left = longAt(call, 0);
      const right = longAt(call, 1);
      const result = compute(left, right);
      if (result >= MIN_INTEGER && result <= MAX_INTEGER) return result;
      return refuse(
        "arithmetic",
        `The template language function '${name}' overflowed with the operants '${left}' and '${right}'.`,
      );
    },
  };
}

function division(name: string, compute: (left: bigint, right: bigint) => bigint): FunctionDefinition {
  return {
    name,
    parameters: ["Integer", "Integer"],
    documentation: `${PAGE}#${name}`,
    evaluate(call) {
      const left = longAt(call, 0);
      const right = longAt(call, 1);
      if (right === 0n) refuse("arithmetic", `The template language function '${name}' tried to divide by zero.`);
      if (left === MIN_INTEGER && right === -1n) refuse("arithmetic", "Arithmetic operation resulted in an overflow.");
      return compute(left, right);
    },
  };
}

/** An integer of 64 bits: JSON may bring larger ones, but nothing can be computed from them. */
function longAt(call: Call, index: number): bigint {
  return inLong(integerAt(call, index));
}

function toInteger(value: ArmValue): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value !== "string") {
    const fact = `to be one of the following types 'Integer, String'. The provided value is of type '${typeName(value)}'.`;
    refuse("type", `The template language function 'int' expects its first parameter ${fact}`);
  }
  const text = /^[\t-\r ]*(?<number>[+-]?[0-9]+)[\t-\r ]*$/.exec(value)?.groups?.["number"];
  const integer = text === undefined || text.length > MAX_INTEGER_LENGTH ? undefined : BigInt(text.replace("+", ""));
  if (integer !== undefined && integer >= MIN_INTEGER && integer <= MAX_INTEGER) return integer;
  return refuse(
    "value",
    `The template language function 'int' cannot convert provided value '${value}' to integer value.`,
  );
}

const MAX_INTEGER_LENGTH = 1000;

function toFloat(value: ArmValue): number {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return towardsZero(value);
  const float = typeof value === "string" ? parseFloatText(value.trim()) : undefined;
  if (float !== undefined) return float;
  const fact = "was invoked with a parameter that is not valid. The value cannot be converted to the target type.";
  return refuse("value", `The template language function 'float' ${fact}`);
}

function parseFloatText(text: string): number | undefined {
  if (FLOAT.test(text)) return Number(text.replaceAll(",", ""));
  switch (text.toLowerCase().replace(/^\+/, "")) {
    case "nan":
    case "-nan":
      return Number.NaN;
    case "infinity":
      return Infinity;
    case "-infinity":
      return -Infinity;
    default:
      return undefined;
  }
}

/** The conversion cuts digits off, it does not round: `float(9223372036854775807)` is 9.223372036854775E+18. */
function towardsZero(value: bigint): number {
  const magnitude = value < 0n ? -value : value;
  const excess = magnitude.toString(2).length - 53;
  const cut = excess > 0 ? (magnitude >> BigInt(excess)) << BigInt(excess) : magnitude;
  return Number(value < 0n ? -cut : cut);
}

/** `max` and `min`: of all arguments, or of the elements of the only one. A float wins where it equals an integer. */
function extreme(name: string, choose: (left: number, right: number) => number): FunctionDefinition {
  const definition: FunctionDefinition = {
    name,
    parameters: ["any"],
    rest: "any",
    unknowns: "any",
    documentation: `${PAGE}#${name}`,
    evaluate(call) {
      const values = isArmArray(argumentAt(call, 0)) && call.args.length === 1 ? arrayAt(call, 0) : call.args;
      if (values.length === 0) checkArity(definition, 0);
      return extremeOf(call, values, choose);
    },
  };
  return definition;
}

function extremeOf(call: Call, values: readonly ArmValue[], choose: (left: number, right: number) => number): ArmValue {
  if (values.some((value) => !(value instanceof Unknown) && !isOfType(value, ["Integer", "Float"]))) {
    const fact = "is not valid: all function arguments should be of numeric types.";
    refuse("type", `The provided arguments for template language function '${call.definition.name}' ${fact}`);
  }
  if (values.some((value) => value instanceof Unknown)) return call.session.unknownCall(call, values);
  const floats = values.filter((value) => typeof value === "number");
  const integer = extremeInteger(values, choose);
  if (floats.length === 0) return integer;
  const float = floats.reduce((best, next) => choose(best, next));
  return integer === null || Object.is(choose(float, Number(integer)), float) || float === Number(integer)
    ? float
    : integer;
}

function extremeInteger(values: readonly ArmValue[], choose: (left: number, right: number) => number): bigint | null {
  const larger = choose(0, 1) === 1;
  let best: bigint | null = null;
  for (const value of values) {
    if (typeof value !== "bigint") continue;
    const next = inLong(value);
    if (best === null || (larger ? next > best : next < best)) best = next;
  }
  return best;
}

function inLong(value: bigint): bigint {
  return value < MIN_INTEGER || value > MAX_INTEGER ? refuseNumber(value, MIN_INTEGER, MAX_INTEGER) : value;
}
