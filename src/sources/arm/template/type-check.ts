import { ArmObject, type ArmValue, isArmArray, typeName } from "../../../expression/arm-value.ts";
import { sameValue } from "../../../expression/equality.ts";
import { ExpressionFailure } from "../../../expression/failure.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import type { DeclaredType, Types } from "./types.ts";

/** What a type takes, as ARM's messages say it. */
const EXPECTED: Readonly<Record<string, { readonly shown: string; readonly takes: string }>> = {
  string: { shown: "String, Uri", takes: "String" },
  securestring: { shown: "String, Uri", takes: "String" },
  int: { shown: "Integer", takes: "Integer" },
  bool: { shown: "Boolean", takes: "Boolean" },
  array: { shown: "Array", takes: "Array" },
  object: { shown: "Object", takes: "Object" },
  secureobject: { shown: "Object", takes: "Object" },
};

/** What is checked, as messages call it: `parameter` or `output`. */
export interface Checked {
  readonly what: "parameter" | "output";
  readonly name: string;
}

/**
 * Checks a value against its declared type, in ARM's own words. What is unknown passes.
 *
 * @throws ExpressionFailure type or value
 */
export class TypeChecker {
  readonly #types: Types;
  readonly #checked: Checked;

  constructor(types: Types, checked: Checked) {
    this.#types = types;
    this.#checked = checked;
  }

  check(given: ArmValue, type: DeclaredType): void {
    this.#check(given, type, this.#checked.name);
  }

  #check(given: ArmValue, type: DeclaredType, path: string): void {
    const value = given instanceof Sensitive ? given.value : given;
    if (value instanceof Unknown || (value === null && type.nullable)) return;
    const expected = type.name === null ? undefined : EXPECTED[type.name];
    if (expected !== undefined && typeName(value) !== expected.takes) {
      const fact = `Expected a value of type '${expected.shown}', but received a value of type '${typeName(value)}'.`;
      this.#refuse(path, fact, "type");
    }
    if (type.allowed !== null) this.#checkAllowed(given, type.allowed, path);
    this.#checkBounds(value, type, path);
    if (isArmArray(value)) this.#checkElements(value, type, path);
    if (value instanceof ArmObject) this.#checkMembers(value, type, path);
  }

  #checkAllowed(given: ArmValue, allowed: readonly ArmValue[], path: string): void {
    const single = given instanceof Sensitive ? given.value : given;
    // Of an array each member must be allowed, unless whole arrays are listed.
    const values = isArmArray(single) && !allowed.some(isArmArray) ? single : [single];
    for (const value of values) {
      if (value instanceof Unknown || allowed.some((each) => sameValue(each, value) !== false)) continue;
      const shown = given instanceof Sensitive || value instanceof Sensitive ? "«secret»" : shownValue(value);
      this.#refuse(
        path,
        `The value '${shown}' is not part of the allowed value(s): '${allowed.map(shownValue).join(",")}'.`,
      );
    }
  }

  #checkBounds(value: ArmValue, type: DeclaredType, path: string): void {
    const length = lengthOf(value);
    if (length !== null) {
      if (type.minLength !== null && length < type.minLength)
        this.#refuse(path, `Length of the value should be greater than or equal to '${type.minLength}'.`);
      if (type.maxLength !== null && length > type.maxLength)
        this.#refuse(path, `Length of the value should be less than or equal to '${type.maxLength}'.`);
    }
    if (typeof value !== "bigint") return;
    if (type.minValue !== null && value < type.minValue)
      this.#refuse(path, `Value should be greater than or equal to '${type.minValue}'.`);
    if (type.maxValue !== null && value > type.maxValue)
      this.#refuse(path, `Value should be less than or equal to '${type.maxValue}'.`);
  }

  #checkElements(values: readonly ArmValue[], type: DeclaredType, path: string): void {
    const { prefixItems, items } = type;
    if (items === null && prefixItems.length === 0) return;
    if (values.length < prefixItems.length) {
      const fact = "All elements of an array prefix are required, but no value was provided";
      this.#refuse(path, `${fact} at index ${values.length}.`);
    }
    for (const [index, value] of values.entries()) {
      const of = prefixItems[index] ?? items;
      if (of === "none") this.#refuse(path, `The array has more than ${prefixItems.length} elements.`);
      else if (of !== null) this.#check(value, this.#types.of(of), `${path}[${index}]`);
    }
  }

  #checkMembers(value: ArmObject, type: DeclaredType, path: string): void {
    const properties = new Map(type.properties);
    if (type.discriminator !== null) {
      for (const [name, node] of this.#variant(value, type, path).properties) properties.set(name, node);
      properties.delete(type.discriminator.propertyName);
    }
    const seen = new Set<string>();
    for (const [name, node] of properties) {
      const member = value.get(name) ?? null;
      seen.add((value.nameOf(name) ?? name).toLowerCase());
      const of = this.#types.of(node);
      const missing = member === null && !value.isOpen;
      if (missing && of.nullable) continue;
      if (missing) {
        this.#refuse(
          path,
          `A non-null value for the property '${name}' must be provided, but the property was null or missing.`,
        );
      }
      if (member !== null) this.#check(member, of, `${path}.${name}`);
    }
    if (type.discriminator !== null) seen.add(type.discriminator.propertyName.toLowerCase());
    this.#checkFurther(value, { type, seen }, path);
  }

  #checkFurther(
    value: ArmObject,
    { type, seen }: { readonly type: DeclaredType; readonly seen: ReadonlySet<string> },
    path: string,
  ): void {
    const { additional } = type;
    if (additional === null) return;
    const further = [...value.members.keys()].filter(
      (name) => !seen.has(name.toLowerCase()) && value.unknownNames?.has(name) !== true,
    );
    if (additional === "none") {
      if (further.length === 0) return;
      const isHidden = value.secretNames || this.#types.isSecure(type);
      const shown = isHidden ? "«secret»" : further.map((name) => `'${name}'`).join(", ");
      this.#refuse(path, `The following unknown properties were present: [${shown}].`);
    }
    for (const name of further) this.#check(value.get(name) ?? null, this.#types.of(additional), `${path}.${name}`);
  }

  #variant(value: ArmObject, type: DeclaredType, path: string): DeclaredType {
    const { propertyName = "", mapping = new Map() } = type.discriminator ?? {};
    const tag = value.get(propertyName);
    if (tag instanceof Unknown || (tag === undefined && value.isOpen)) return this.#types.any;
    const text = tag instanceof Sensitive ? tag.value : tag;
    const node = typeof text === "string" ? mapping.get(text) : undefined;
    if (node !== undefined) return this.#types.of(node);
    return this.#refuse(
      path,
      `The value provided for the discriminator property '${propertyName}' did not match any known variant.`,
    );
  }

  #refuse(path: string, fact: string, code: "type" | "value" = "value"): never {
    const start = `The provided value for the template ${this.#checked.what} '${path}' is not valid.`;
    throw new ExpressionFailure(code, `${start} ${fact}`);
  }
}

function lengthOf(value: ArmValue): number | null {
  if (typeof value === "string" || isArmArray(value)) return value.length;
  return value instanceof ArmObject && !value.isOpen ? value.size : null;
}

function shownValue(value: ArmValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "object" ? (value === null ? "" : typeName(value)) : value.toString();
}
