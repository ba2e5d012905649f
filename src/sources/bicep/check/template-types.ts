import {
  ANY,
  ARRAY,
  INT,
  OBJECT,
  SOME_BOOL,
  STRING,
  lazily,
  type BicepType,
  type ObjectType,
  type TypeProperty,
} from "../types/type.ts";
import { typeOfJson } from "../types/from-json.ts";
import { nullable, tupleOf, unionOf } from "../types/union.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../workspace/json.ts";

const MAX_REFERENCES = 64;

/**
 * The types of the parameters, outputs and definitions of an ARM template.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/definitions
 */
export class TemplateTypes {
  readonly #definitions: JsonValue | undefined;

  constructor(template: JsonObject) {
    this.#definitions = template.get("definitions");
  }

  /** The type that a schema describes; anything where it says nothing this program knows. */
  typeOf(schema: JsonValue): BicepType {
    const resolved = this.#resolve(schema);
    if (resolved === undefined) return ANY;
    const type = this.#withAllowed(resolved, this.#plainType(resolved));
    return this.isNullable(schema) ? nullable(type) : type;
  }

  /** Whether null is a value of a schema. */
  isNullable(schema: JsonValue): boolean {
    const own = isJsonObject(schema) ? schema.get("nullable") : undefined;
    return own === undefined ? this.#resolve(schema)?.get("nullable") === true : own === true;
  }

  /** The schema itself, references followed. */
  #resolve(schema: JsonValue): JsonObject | undefined {
    let current: JsonValue | undefined = schema;
    for (let steps = 0; steps < MAX_REFERENCES && isJsonObject(current); steps += 1) {
      const reference = current.get("$ref");
      if (reference === undefined) return current;
      const name = typeof reference === "string" ? /^#\/definitions\/(?<name>.+)$/u.exec(reference)?.groups : undefined;
      const key = decode(name?.["name"] ?? "");
      current = isJsonObject(this.#definitions) ? this.#definitions.get(key) : undefined;
    }
    return undefined;
  }

  #plainType(schema: JsonObject): BicepType {
    const type = schema.get("type");
    switch (typeof type === "string" ? type.toLowerCase() : "") {
      case "string":
      case "securestring":
        return { ...STRING, minLength: numberOf(schema, "minLength"), maxLength: numberOf(schema, "maxLength") };
      case "int":
        return { ...INT, min: integerOf(schema, "minValue"), max: integerOf(schema, "maxValue") };
      case "bool":
        return SOME_BOOL;
      case "array":
        return this.#arrayType(schema);
      case "object":
      case "secureobject":
        return this.#objectType(schema);
      default:
        return ANY;
    }
  }

  #arrayType(schema: JsonObject): BicepType {
    const items = schema.get("items");
    const prefix = schema.get("prefixItems");
    if (Array.isArray(prefix) && items === false) {
      return tupleOf(prefix.map((item: JsonValue) => lazily(() => this.typeOf(item))));
    }
    const minLength = numberOf(schema, "minLength");
    const maxLength = numberOf(schema, "maxLength");
    if (!isJsonObject(items)) return { ...ARRAY, minLength, maxLength };
    return { kind: "array", item: lazily(() => this.typeOf(items)), minLength, maxLength };
  }

  #objectType(schema: JsonObject): BicepType {
    const listed = schema.get("properties");
    const rest = schema.get("additionalProperties");
    // One of several objects: which one is not looked into.
    if (schema.has("discriminator") || (!isJsonObject(listed) && rest === undefined)) return OBJECT;
    const properties = new Map<string, TypeProperty>();
    for (const [name, property] of isJsonObject(listed) ? listed : []) {
      properties.set(name, { type: lazily(() => this.typeOf(property)), required: !this.isNullable(property) });
    }
    return { kind: "object", name: "object", properties, additional: this.#additionalType(rest) };
  }

  #additionalType(rest: JsonValue | undefined): ObjectType["additional"] {
    if (rest === false) return undefined;
    return isJsonObject(rest)
      ? { type: lazily(() => this.typeOf(rest)), fallback: false }
      : { type: () => ANY, fallback: true };
  }

  #withAllowed(schema: JsonObject, type: BicepType): BicepType {
    const allowed = schema.get("allowedValues");
    if (!Array.isArray(allowed) || allowed.length === 0 || schema.has("discriminator")) return type;
    const values = allowed.map((value: JsonValue) => typeOfJson(value));
    const isItems = type.kind === "array" && values.every((value) => value.kind !== "tuple");
    const union = unionOf(values);
    return isItems ? { ...type, item: () => union } : union;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return text; // no escapes after all
  }
}

function numberOf(schema: JsonObject, name: string): number | undefined {
  const value = schema.get(name);
  return typeof value === "bigint" ? Number(value) : undefined;
}

function integerOf(schema: JsonObject, name: string): bigint | undefined {
  const value = schema.get(name);
  return typeof value === "bigint" ? value : undefined;
}
