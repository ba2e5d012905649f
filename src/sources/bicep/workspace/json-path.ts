import { isJsonObject, type JsonValue } from "./json.ts";

const STEP = /\.(?<name>[\w$@-]+)|\[(?<index>\d+)\]|\[(?:'(?<single>[^']*)'|"(?<double>[^"]*)")\]/uy;

/** Stands for the result of a path that asks for more than names and indexes. */
export const UNSUPPORTED = Symbol("unsupported path");

/**
 * The value at a JSONPath of names and indexes, such as `$.a.b[0]`. `undefined` when there is none, `UNSUPPORTED` for other paths.
 *
 * @see https://www.newtonsoft.com/json/help/html/QueryJsonSelectTokenJsonPath.htm
 */
export function selectJson(root: JsonValue, path: string): JsonValue | typeof UNSUPPORTED | undefined {
  const steps = path.startsWith("$") ? path.slice(1) : path;
  const text = steps === "" || steps.startsWith("[") || steps.startsWith(".") ? steps : `.${steps}`;
  let value: JsonValue | undefined = root;
  let offset = 0;
  while (offset < text.length) {
    STEP.lastIndex = offset;
    const match = STEP.exec(text);
    if (match === null) return UNSUPPORTED;
    offset = STEP.lastIndex;
    const { name, index, single, double } = match.groups ?? {};
    value = index === undefined ? memberOf(value, name ?? single ?? double ?? "") : itemOf(value, Number(index));
  }
  return value;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value.get(name) : undefined;
}

function itemOf(value: JsonValue | undefined, index: number): JsonValue | undefined {
  return Array.isArray(value) ? value[index] : undefined;
}
