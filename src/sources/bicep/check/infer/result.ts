import type { ResultRule } from "../../functions/signature.ts";
import {
  ANY,
  ARRAY,
  OBJECT,
  STRING,
  arrayOf,
  dictionaryOf,
  type BicepType,
  type ObjectType,
} from "../../types/type.ts";
import { isFoldable } from "../../types/fold.ts";
import { NULL, stringLiteral } from "../../types/type.ts";
import { nullable, tupleOf, unionOf } from "../../types/union.ts";
import type { Expression } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";
import type { Call } from "./arguments.ts";
import { inferDeploymentResult } from "./result-deployment.ts";
import { inferFileResult } from "./result-file.ts";
import { inferTextResult } from "./result-text.ts";

/** The type of what a function gives back when it follows from the types of the arguments. */
export function inferResult(context: FileContext, call: Call, rule: ResultRule): BicepType {
  const [first = ANY] = call.types;
  switch (rule) {
    case "elements":
      return arrayOf(elementOf(first));
    case "filtered":
    case "slice":
    case "sorted":
      return arrayOf(itemOf(first));
    case "firstElement":
    case "lastElement":
      return endOfArray(first, rule === "firstElement" ? 0 : -1);
    case "flattened":
      return flatten(context, call, first);
    case "unionOfArrays":
      return arrayOf(unionOf(call.types.map((type) => itemOf(type))));
    default:
      return inferObjectResult(context, call, rule);
  }
}

function inferObjectResult(context: FileContext, call: Call, rule: ResultRule): BicepType {
  const [first = ANY] = call.types;
  switch (rule) {
    case "intersection":
      return OBJECT;
    case "merged":
      return merge(call.types);
    case "shallowlyMerged":
      return first.kind === "tuple" ? merge(first.items.map((item) => item())) : OBJECT;
    case "nameOf":
      return nameOf(context, call);
    default:
      return (
        inferMapped(call, rule) ??
        inferTextResult(call, rule) ??
        inferFileResult(context, call, rule) ??
        inferDeploymentResult(context, call, rule)
      );
  }
}

/** The types of what lambdas make; `undefined` for other functions. */
function inferMapped(call: Call, rule: ResultRule): BicepType | undefined {
  const [first = ANY] = call.types;
  switch (rule) {
    case "grouped":
      return dictionaryOf(arrayOf(returnOf(call, 2) ?? itemOf(first)));
    case "mapped":
      return arrayOf(returnOf(call, 1) ?? ANY);
    case "mappedMembers":
      return mapMembers(first, returnOf(call, 1) ?? ANY);
    case "reduced":
      return returnOf(call, 2) ?? ANY;
    case "toObject":
      return dictionaryOf(returnOf(call, 2) ?? itemOf(first));
    default:
      return undefined;
  }
}

/** The type of the items of what is used as an array. */
export function itemOf(type: BicepType): BicepType {
  if (type.kind === "array" || type.kind === "tuple") return type.item();
  return ANY;
}

/** What the lambda at `index` gives back, when there is one. */
function returnOf({ types }: Call, index: number): BicepType | undefined {
  const lambda = types[index];
  return lambda?.kind === "lambda" ? lambda.returns : undefined;
}

function elementOf(type: BicepType): BicepType {
  const isKnown = type.kind === "object" && type.properties.size > 0 && type.additional === undefined;
  const isFolded = isKnown && isFoldable(type);
  const key = isFolded ? unionOf([...type.properties.keys()].map((name) => stringLiteral(name))) : STRING;
  const value = isFolded ? unionOf([...type.properties.values()].map((each) => each.type())) : ANY;
  const properties: ObjectType["properties"] = new Map([
    ["key", { type: () => key, required: true }],
    ["value", { type: () => value, required: true }],
  ]);
  return { kind: "object", name: "object", properties };
}

function endOfArray(type: BicepType, position: number): BicepType {
  if (type.kind === "tuple") return type.items.at(position)?.() ?? NULL;
  if (type.kind !== "array") return ANY;
  return (type.minLength ?? 0) > 0 ? type.item() : nullable(type.item());
}

function mapMembers(type: BicepType, value: BicepType): BicepType {
  if (type.kind !== "object" || type.additional !== undefined) return dictionaryOf(value);
  const properties = [...type.properties.keys()].map((name) => [name, { type: () => value, required: true }] as const);
  return { kind: "object", name: "object", properties: new Map(properties) };
}

/** The compiler knows the members of merged objects only where it knows their values. */
function merge(types: readonly BicepType[]): BicepType {
  const properties = new Map<string, ObjectType["properties"] extends ReadonlyMap<string, infer P> ? P : never>();
  for (const type of types) {
    if (type.kind !== "object" || !isFoldable(type)) return OBJECT;
    for (const [name, property] of type.properties) {
      // What two objects have in common is merged again, or the later one counts.
      properties.set(name, properties.has(name) ? { type: () => ANY, required: true } : property);
    }
  }
  return { kind: "object", name: "object", properties };
}

function flatten(context: FileContext, { node }: Call, type: BicepType): BicepType {
  const [argument] = node.arguments;
  const items = type.kind === "tuple" ? type.items.map((item) => item()) : [itemOf(type)];
  const inner: BicepType[] = [];
  for (const item of items.flatMap((each) => (each.kind === "union" ? each.members : [each]))) {
    if (item.kind === "any") return ARRAY;
    if (item.kind !== "array" && item.kind !== "tuple") {
      // Reported already: the argument is no array of arrays.
      return argument === undefined ? ARRAY : fault(context, ["BCP309", argument], "array", item.kind);
    }
    inner.push(item.item());
  }
  return inner.length === 0 ? tupleOf([]) : arrayOf(unionOf(inner));
}

function nameOf(context: FileContext, { node }: Call): BicepType {
  const value = node.arguments[0]?.value;
  const name = value === undefined ? undefined : nameOfExpression(value);
  if (name !== undefined) return stringLiteral(name);
  return fault(context, ["BCP408", value ?? node]);
}

function nameOfExpression(node: Expression): string | undefined {
  switch (node.kind) {
    case "variable":
    case "property":
    case "nestedResource":
      return node.name.name;
    case "index": {
      const { index } = node;
      return index.kind === "string" && index.holes.length === 0 ? index.segments[0] : undefined;
    }
    default:
      return undefined;
  }
}
