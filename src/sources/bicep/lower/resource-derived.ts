/** Members of resources that are texts, whatever the type. */
const TEXTS: ReadonlySet<string> = new Set(["apiVersion", "id", "kind", "location", "managedBy", "name", "type"]);
/** Members of resources that are arrays, whatever the type. */
const ARRAYS: ReadonlySet<string> = new Set(["zones"]);

/**
 * How a template names the type of a part of an Azure resource. The schemas of resources are not at hand; what all resources have in
 * common is known, the rest is taken for objects.
 *
 * @param pointer the way to the part: `properties`, a name, `items` …
 */
export function resourceTypeName(pointer: readonly string[]): "array" | "object" | "string" {
  const [step, name = ""] = pointer;
  if (pointer.length !== 2 || step !== "properties") return "object";
  if (TEXTS.has(name)) return "string";
  return ARRAYS.has(name) ? "array" : "object";
}
