import { isJsonObject, type JsonValue } from "../workspace/json.ts";
import { ANY, NULL, boolLiteral, intLiteral, stringLiteral, type BicepType } from "./type.ts";
import { tupleOf } from "./union.ts";

/** The type of one JSON value. Numbers that are no integers have none. */
export function typeOfJson(value: JsonValue): BicepType {
  if (value === null) return NULL;
  switch (typeof value) {
    case "string":
      return stringLiteral(value);
    case "bigint":
      return intLiteral(value);
    case "boolean":
      return boolLiteral(value);
    case "number":
      return ANY;
    default:
  }
  if (!isJsonObject(value)) return tupleOf(value.map((item) => typed(item)));
  const properties = [...value].map(([name, item]) => [name, { type: typed(item), required: true }] as const);
  return { kind: "object", name: "object", properties: new Map(properties) };
}

function typed(value: JsonValue): () => BicepType {
  const type = typeOfJson(value);
  return () => type;
}
