import { RESOURCE_PROPERTY_TYPES } from "./resource-property-types.ts";

/** How templates name types. */
type TypeName = "array" | "bool" | "int" | "object" | "string";

const SCALARS: ReadonlySet<string> = new Set(["bool", "int", "object", "string"]);

/**
 * How a template names the type of a part of an Azure resource. The definitions of all resources are too large to carry along: what a
 * part is called tells its type nearly always.
 *
 * @param pointer the way to the part: `properties`, a name, `items` …
 */
export function resourceTypeName(pointer: readonly string[]): TypeName {
  let type = "object";
  for (let index = 0; index < pointer.length; index += 1) {
    if (pointer[index] === "properties" || pointer[index] === "discriminator") {
      index += 1;
      type = usualType(pointer[index] ?? "");
    } else if (pointer[index] === "items" || pointer[index] === "prefixItems") {
      type = type.endsWith("[]") ? type.slice(0, -2) : "object";
    } else if (pointer[index] === "additionalProperties") {
      type = pointer[index - 1] === "tags" ? "string" : "object";
    }
  }
  return isScalar(type) ? type : "array";
}

function usualType(name: string): string {
  const found = Object.entries(RESOURCE_PROPERTY_TYPES).find(([, names]) => ` ${names} `.includes(` ${name} `));
  return found === undefined ? "string" : found[0];
}

function isScalar(type: string): type is Exclude<TypeName, "array"> {
  return SCALARS.has(type);
}
