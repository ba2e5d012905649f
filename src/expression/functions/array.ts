import { ArmObject, type ArmValue, isArmArray, isNull, typeName } from "../arm-value.ts";
import { Unknown } from "../value.ts";
import { accessIndex } from "../member.ts";
import {
  argumentAt,
  arrayAt,
  type Call,
  checkResultLength,
  DOCUMENTATION,
  type FunctionDefinition,
  integerAt,
  refuse,
  refuseNumber,
  smallIntegerAt,
  textAt,
} from "./signature.ts";
import { concatTexts, textOf } from "./text-parts.ts";

const PAGE = `${DOCUMENTATION}-array`;
const STRING_PAGE = `${DOCUMENTATION}-string`;
/** ARM's message says 1000, but 10,000 is what it takes. */
const MAX_RANGE_COUNT = 10_000n;
const MAX_RANGE_END = 2n ** 31n - 1n;
const MIN_INT32 = -(2n ** 31n);

/** Array functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-array */
export const ARRAY: readonly FunctionDefinition[] = [
  {
    name: "array",
    parameters: ["any"],
    unknowns: "inside",
    secrets: "any",
    documentation: `${PAGE}#array`,
    evaluate(call) {
      const value = argumentAt(call, 0);
      return isArmArray(value) ? value : [value];
    },
  },
  {
    name: "createArray",
    parameters: [],
    rest: "any",
    unknowns: "any",
    secrets: "any",
    documentation: `${PAGE}#createarray`,
    evaluate: (call) => call.args,
  },
  {
    name: "concat",
    parameters: [],
    rest: "any",
    unknowns: "any",
    secrets: "inside",
    documentation: `${PAGE}#concat`,
    evaluate: concat,
  },
  {
    name: "empty",
    parameters: ["any"],
    unknowns: "any",
    secrets: "reveal",
    documentation: `${PAGE}#empty`,
    evaluate: empty,
  },
  {
    name: "length",
    parameters: ["any"],
    unknowns: "any",
    secrets: "reveal",
    documentation: `${PAGE}#length`,
    evaluate: length,
  },
  {
    name: "first",
    parameters: ["any"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#first`,
    evaluate: (call) =>
      end(
        call,
        (text) => text.charAt(0),
        (array) => array[0] ?? null,
      ),
  },
  {
    name: "last",
    parameters: ["any"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#last`,
    evaluate: (call) =>
      end(
        call,
        (text) => text.slice(-1),
        (array) => array.at(-1) ?? null,
      ),
  },
  {
    name: "skip",
    parameters: ["any", "Integer"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#skip`,
    evaluate: (call) => cut(call, (count) => [Math.max(count, 0), undefined]),
  },
  {
    name: "take",
    parameters: ["any", "Integer"],
    unknowns: "any",
    secrets: "inside",
    documentation: `${PAGE}#take`,
    evaluate: take,
  },
  {
    name: "flatten",
    parameters: ["Array"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#flatten`,
    evaluate: flatten,
  },
  {
    name: "range",
    parameters: ["Integer", "Integer"],
    documentation: `${PAGE}#range`,
    evaluate: range,
  },
  {
    name: "indexFromEnd",
    parameters: ["Array", "Integer"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#indexfromend`,
    evaluate: indexFromEnd,
  },
  {
    name: "tryIndexFromEnd",
    parameters: ["any", "any"],
    rest: "any",
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#tryindexfromend`,
    evaluate: tryIndexFromEnd,
  },
  {
    name: "join",
    parameters: ["Array", "String"],
    unknowns: "inside",
    documentation: `${STRING_PAGE}#join`,
    evaluate: join,
  },
];

function concat(call: Call): ArmValue {
  const { args } = call;
  const text = concatTexts(call, args);
  if (text !== undefined) return text;
  if (args.some((arg) => arg instanceof Unknown)) return call.session.unknownCall(call, args);
  const arrays = args.filter(isArmArray);
  if (arrays.length === args.length) return arrays.flat();
  const fact = "are invalid. Either all or none of the parameters must be an array.";
  return refuse("type", `The provided parameters for language function 'concat' ${fact}`);
}

function empty(call: Call): ArmValue {
  const value = argumentAt(call, 0);
  if (value instanceof Unknown) return value.prefix === "" ? call.session.unknownCall(call, call.args) : false;
  if (value instanceof ArmObject && value.rest !== null && value.size === 0)
    return call.session.unknownCall(call, call.args);
  if (value === null) return true;
  const size = sizeOf(value);
  if (size !== undefined) return size === 0;
  const fact = `to be an object, an array, or a string. The provided value is of type '${typeName(value)}'.`;
  return refuse("type", `The template function 'empty' expects its parameter ${fact}`);
}

function length(call: Call): ArmValue {
  const value = argumentAt(call, 0);
  if (value instanceof Unknown || (value instanceof ArmObject && value.isOpen))
    return call.session.unknownCall(call, call.args);
  const size = sizeOf(value);
  if (size !== undefined) return BigInt(size);
  const fact = `to be an array, object, or a string. The provided value is of type '${typeName(value)}'.`;
  return refuse("type", `The template language function 'length' expects its parameter ${fact}`);
}

function sizeOf(value: ArmValue): number | undefined {
  if (typeof value === "string" || isArmArray(value)) return value.length;
  return value instanceof ArmObject ? value.size : undefined;
}

function end(
  call: Call,
  ofText: (text: string) => string,
  ofArray: (array: readonly ArmValue[]) => ArmValue,
): ArmValue {
  const value = argumentAt(call, 0);
  if (typeof value === "string") return ofText(value);
  if (isArmArray(value)) return ofArray(value);
  const fact = `be an array or a string. The provided value is of type '${typeName(value)}'.`;
  return refuse("type", `The template language function '${call.definition.name}' expects its parameter ${fact}`);
}

/** `take` of a text that is known at its start only may still be known. */
function take(call: Call): ArmValue {
  const [text, count] = call.args;
  if (count instanceof Unknown) return call.session.unknownCall(call, call.args);
  if (!(text instanceof Unknown)) return cut(call, (wanted) => [0, Math.max(wanted, 0)]);
  if (typeof count === "bigint" && count <= BigInt(text.prefix.length) && text.prefix !== "") {
    return text.prefix.slice(0, Math.max(Number(count), 0));
  }
  return call.session.unknownCall(call, call.args);
}

function cut(call: Call, rangeOf: (count: number) => readonly [number, number | undefined]): ArmValue {
  const value = argumentAt(call, 0);
  const sliceable = typeof value === "string" || isArmArray(value);
  if (!sliceable) {
    const fact = `to be an array or a string. The provided value is of type '${typeName(value)}'.`;
    refuse(
      "type",
      `The template language function '${call.definition.name}' expects its first parameter 'collection' ${fact}`,
    );
  }
  return value.slice(...rangeOf(smallIntegerAt(call, 1)));
}

function flatten(call: Call): ArmValue {
  const array = arrayAt(call, 0);
  if (array.some((element) => element instanceof Unknown)) return call.session.unknownCall(call, call.args);
  refuseElements(call, array, ["Array"]);
  return array.flat();
}

/** @throws ExpressionFailure type, when a known element of the first argument is of another type than those */
export function refuseElements(call: Call, array: readonly ArmValue[], types: readonly string[]): void {
  const wrong = [...array.entries()].filter(
    ([, element]) => !(element instanceof Unknown) && !types.includes(typeName(element)),
  );
  if (wrong.length === 0) return;
  const names = [...new Set(wrong.map(([, element]) => typeName(element)))].join(", ");
  const places = wrong
    .slice(0, 20)
    .map(([index]) => index)
    .join(", ");
  refuse(
    "type",
    `The template language function '${call.definition.name}' expects its first parameter to be an array only containing elements of ` +
      `type(s) '${types.join(", ")}'. The provided value contains elements with disallowed type(s) '${names}' in index(es) ${places}.`,
  );
}

function range(call: Call): ArmValue {
  const start = integerAt(call, 0);
  const count = integerAt(call, 1);
  if (count < 0n || count > MAX_RANGE_COUNT || start + count - 1n > MAX_RANGE_END) {
    const limits =
      "'count' must be a positive integer no larger than 1000 and the sum of 'start index' and 'count' must be no larger than 2147483647.";
    refuse("value", `The template language function 'range' parameters are out of range: ${limits}`);
  }
  if (start < MIN_INT32 || start > MAX_RANGE_END) refuseNumber(start, MIN_INT32, MAX_RANGE_END);
  return Array.from({ length: Number(count) }, (_, index) => start + BigInt(index));
}

function indexFromEnd(call: Call): ArmValue {
  const array = arrayAt(call, 0);
  const index = smallIntegerAt(call, 1);
  const start = "Unable to evaluate the template language function 'indexFromEnd'. The index parameter";
  if (index <= 0) refuse("index", `${start} must be greater than zero, but an index of '${index}' was received.`);
  const fact = `The index parameter was '${index}', and the length of the array parameter was '${array.length}'.`;
  if (index > array.length) refuse("index", `${start} cannot be larger than the length of the array. ${fact}`);
  return array.at(-index) ?? null;
}

/** Null instead of a failure at the first step; the further ones must be there, unless what they are read from is null. */
function tryIndexFromEnd(call: Call): ArmValue {
  const array = argumentAt(call, 0);
  const index = argumentAt(call, 1);
  if (!isArmArray(array) || typeof index !== "bigint") return null;
  const position = smallIntegerAt(call, 1);
  const element = position > 0 ? (array.at(-position) ?? null) : null;
  return followed(call, element, call.args.slice(2));
}

/** Reads on from `value`, unless it is null. */
export function followed(call: Call, value: ArmValue, path: readonly ArmValue[]): ArmValue {
  if (isNull(value)) return null;
  const { residualLength } = call.session.budget.limits;
  return path.reduce((target, step) => accessIndex(target, step, residualLength), value);
}

function join(call: Call): ArmValue {
  const array = arrayAt(call, 0);
  const delimiter = textAt(call, 1);
  refuseElements(call, array, ["String", "Integer", "Boolean"]);
  if (array.some((element) => element instanceof Unknown)) return call.session.unknownCall(call, call.args);
  const texts = array.map((element) => textOf(element) ?? "");
  const total = texts.reduce((sum, text) => sum + text.length, 0) + delimiter.length * Math.max(texts.length - 1, 0);
  checkResultLength(call, total);
  return texts.join(delimiter);
}
