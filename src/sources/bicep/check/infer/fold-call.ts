import { ArmObject, type ArmValue, isArmArray } from "../../../../expression/arm-value.ts";
import type { CallNode, ExpressionNode } from "../../../../expression/ast.ts";
import { foldName } from "../../../../expression/dotnet/casing.ts";
import { Evaluator } from "../../../../expression/evaluate.ts";
import { NOWHERE, type Scope } from "../../../../expression/scope.ts";
import { Symbols } from "../../../../expression/symbols.ts";
import { Sensitive, Unknown } from "../../../../expression/value.ts";
import {
  ANY,
  NULL,
  boolLiteral,
  intLiteral,
  stringLiteral,
  type BicepType,
  type ObjectType,
} from "../../types/type.ts";
import { literalOf, tupleOf } from "../../types/union.ts";

/** Functions whose results the compiler works out when it knows the arguments. Found by asking it for the type of a call of each. */
const FOLDED: ReadonlySet<string> = new Set([
  "base64",
  "base64ToString",
  "contains",
  "dataUri",
  "dataUriToString",
  "distinct",
  "empty",
  "endsWith",
  "first",
  "flatten",
  "format",
  "guid",
  "indexOf",
  "intersection",
  "join",
  "last",
  "lastIndexOf",
  "length",
  "max",
  "min",
  "padLeft",
  "replace",
  "shallowMerge",
  "skip",
  "split",
  "startsWith",
  "substring",
  "take",
  "toLower",
  "toUpper",
  "trim",
  "union",
  "uniqueString",
  "uri",
  "uriComponent",
  "uriComponentToString",
]);

const SPAN = { start: 0, end: 0 };

/** What functions make of literals, worked out as Resource Manager does. */
export class CallFolder {
  #evaluator: Evaluator | null = null;

  /** The literal that the call gives; `"refused"` when it cannot be made so, `undefined` when that is not known. */
  fold(name: string, types: readonly BicepType[]): BicepType | "refused" | undefined {
    if (!FOLDED.has(name)) return undefined;
    const args = types.map(nodeOf);
    if (!args.every((arg) => arg !== undefined)) return undefined;
    this.#evaluator ??= new Evaluator();
    const evaluator = this.#evaluator;
    const result = evaluator.guard(() => evaluator.evaluate(call(name, args), SCOPE));
    return result.ok ? typeOf(result.value) : "refused";
  }
}

function call(name: string, args: readonly ExpressionNode[]): CallNode {
  return { kind: "call", name, key: foldName(name), args, span: SPAN };
}

/** An expression that gives the value of a literal type; `undefined` for other types. */
function nodeOf(type: BicepType): ExpressionNode | undefined {
  if (type.kind === "tuple")
    return callOf(
      "createArray",
      type.items.map((item) => nodeOf(item())),
    );
  if (type.kind === "object") return nodeOfObject(type);
  const value = literalOf(type);
  if (typeof value === "string") return { kind: "text", value, span: SPAN };
  if (typeof value === "bigint") return { kind: "integer", value, span: SPAN };
  return value === undefined ? undefined : call(String(value), []);
}

function nodeOfObject({ properties, additional }: ObjectType): ExpressionNode | undefined {
  if (additional !== undefined) return undefined;
  return callOf(
    "createObject",
    [...properties].flatMap(([name, { type }]) => [nodeOf(stringLiteral(name)), nodeOf(type())]),
  );
}

function callOf(name: string, args: readonly (ExpressionNode | undefined)[]): ExpressionNode | undefined {
  return args.every((arg) => arg !== undefined) ? call(name, args) : undefined;
}

function typeOf(value: ArmValue): BicepType | undefined {
  if (value === null) return NULL;
  if (typeof value === "string") return stringLiteral(value);
  if (typeof value === "bigint") return intLiteral(value);
  if (typeof value === "boolean") return boolLiteral(value);
  if (value instanceof Unknown || value instanceof Sensitive || typeof value === "number") return undefined;
  if (isArmArray(value)) return tupleOf(value.map((item) => typed(item)));
  if (!(value instanceof ArmObject) || value.rest !== null) return undefined;
  const members = [...value.members].map(([name, item]) => [name, { type: typed(item), required: true }] as const);
  return { kind: "object", name: "object", properties: new Map(members) };
}

function typed(value: ArmValue): () => BicepType {
  const type = typeOf(value) ?? ANY;
  return () => type;
}

/** Nothing can be named: literals are all there is. */
const SCOPE: Scope = {
  place: "variable",
  parameters: new Symbols([]),
  variables: new Symbols([]),
  functions: new Map(),
  deployment: NOWHERE,
};
