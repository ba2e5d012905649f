import { ArmObject, type ArmValue, isArmArray, typeName } from "../arm-value.ts";
import { identityKey, sameValue } from "../equality.ts";
import { Unknown } from "../value.ts";
import { argumentAt, arrayAt, type Call, DOCUMENTATION, type FunctionDefinition, refuse } from "./signature.ts";

const PAGE = `${DOCUMENTATION}-array`;

/** Functions that look for values in arrays, objects and texts. */
export const ARRAY_SEARCH: readonly FunctionDefinition[] = [
  {
    name: "contains",
    parameters: ["any", "any"],
    unknowns: "any",
    secrets: "reveal",
    documentation: `${PAGE}#contains`,
    evaluate: contains,
  },
  position("indexOf", (call, text, part) => {
    return call.session.comparer.indexOf(text, part, (cost) => call.session.budget.spend(cost));
  }),
  position("lastIndexOf", (call, text, part) => {
    if (part === "") return Math.max(text.length - 1, 0);
    return call.session.comparer.lastIndexOf(text, part, (cost) => call.session.budget.spend(cost));
  }),
  {
    name: "distinct",
    parameters: ["Array"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#distinct`,
    evaluate(call) {
      const array = arrayAt(call, 0);
      const waits = array.length > 1 && call.session.shapes.of(array).unknown;
      return waits ? call.session.unknownCall(call, call.args) : distinct(array);
    },
  },
];

/** Each element the first time it occurs. The elements must be known. */
export function distinct(elements: readonly ArmValue[]): readonly ArmValue[] {
  const first = new Map<string, ArmValue>();
  for (const element of elements) {
    const key = identityKey(element);
    if (!first.has(key)) first.set(key, element);
  }
  return [...first.values()];
}

function contains(call: Call): ArmValue {
  const container = argumentAt(call, 0);
  const item = argumentAt(call, 1);
  const found = isArmArray(container) ? containsElement(container, item) : containsText(container, item);
  if (found !== "mismatch") return found ?? call.session.unknownCall(call, call.args);
  const expected =
    "a dictionary and a key (string), an array and a value (object), or a string and a substring. The provided types";
  const fact = `${expected} '${typeName(container)}' and '${typeName(item)}' are incompatible.`;
  return refuse("type", `The template function 'contains' expects parameters of matching types: ${fact}`);
}

/** Whether an object has a member of that name, or a text that part; `undefined` when it is not known. */
function containsText(container: ArmValue, item: ArmValue): boolean | undefined | "mismatch" {
  if (item instanceof Unknown) return undefined;
  if (container instanceof Unknown) {
    return typeof item === "string" && item !== "" && container.prefix.includes(item) ? true : undefined;
  }
  if (typeof item !== "string") return "mismatch";
  if (container instanceof ArmObject) {
    return container.nameOf(item) === undefined ? (container.isOpen ? undefined : false) : true;
  }
  return typeof container === "string" ? container.includes(item) : "mismatch";
}

function containsElement(array: readonly ArmValue[], item: ArmValue): boolean | undefined {
  let found: boolean | undefined = false;
  for (const element of array) {
    const same = sameValue(element, item);
    if (same === true) return true;
    found = same === undefined ? undefined : found;
  }
  return found;
}

function position(name: string, inText: (call: Call, text: string, part: string) => number): FunctionDefinition {
  const last = name === "lastIndexOf";
  return {
    name,
    parameters: ["any", "any"],
    unknowns: "inside",
    secrets: "reveal",
    documentation: `${PAGE}#${name.toLowerCase()}`,
    evaluate(call) {
      const container = argumentAt(call, 0);
      const item = argumentAt(call, 1);
      if (isArmArray(container))
        return elementPosition(container, item, last) ?? call.session.unknownCall(call, call.args);
      if (item instanceof Unknown) return call.session.unknownCall(call, call.args);
      if (typeof container !== "string") {
        const types = `'String, Array'. The provided value is of type '${typeName(container)}'.`;
        return refuse(
          "type",
          `The template language function '${name}' expects its first parameter to be one of the following types ${types}`,
        );
      }
      if (typeof item === "string") return BigInt(inText(call, container, item));
      const fact = `expects its second parameter to be of type 'String'. The provided value is of type '${typeName(item)}'.`;
      return refuse("type", `The template language function '${name}' ${fact}`);
    },
  };
}

function elementPosition(array: readonly ArmValue[], item: ArmValue, last: boolean): bigint | undefined {
  const order = [...array.keys()];
  if (last) order.reverse();
  for (const index of order) {
    const same = sameValue(array[index] ?? null, item);
    if (same === undefined) return undefined;
    if (same) return BigInt(index);
  }
  return -1n;
}
