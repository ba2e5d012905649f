import { ArmObject, type ArmValue, isArmArray } from "./arm-value.ts";
import { formatDouble } from "./dotnet/number-format.ts";
import { isArray, isObject, type Scalar, Sensitive, Unknown, type Value } from "./value.ts";

/**
 * A value of the evaluator as the plan's JSON. Integers become numbers where those are exact, else stay `bigint`; floating-point
 * numbers that JSON cannot write become texts (`"NaN"`). An object of which only some members are known becomes unknown as a whole;
 * one whose names are secrets becomes a secret.
 */
export function toValue(value: ArmValue): Value {
  if (value instanceof Unknown) return value;
  if (value instanceof Sensitive) return new Sensitive(toScalar(value.value), value.expression);
  if (isArmArray(value)) return value.map(toValue);
  if (!(value instanceof ArmObject)) return toScalar(value);
  if (value.rest !== null) return value.rest;
  if (value.secretNames) return new Sensitive(null);
  const members: Record<string, Value> = emptyObject();
  for (const [name, member] of value.members) members[name] = toValue(member);
  return members;
}

/** The plan's JSON as a value of the evaluator: numbers without a fraction become integers. */
export function fromValue(value: Value): ArmValue {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : value;
  if (value instanceof Sensitive) {
    return typeof value.value === "number" ? new Sensitive(fromScalar(value.value), value.expression) : value;
  }
  if (isArray(value)) return value.map(fromValue);
  if (!isObject(value)) return value;
  return ArmObject.of(Object.keys(value).map((name) => [name, fromValue(value[name] ?? null)] as const));
}

function fromScalar(value: number): Scalar {
  return Number.isInteger(value) ? BigInt(value) : value;
}

function toScalar(value: Scalar): Scalar {
  if (typeof value === "bigint")
    return BigInt(Number.MIN_SAFE_INTEGER) <= value && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  return typeof value === "number" && !Number.isFinite(value) ? formatDouble(value) : value;
}

/** An object without prototype: `__proto__` is a member like any other. */
function emptyObject(): Record<string, Value> {
  return Object.create(null);
}
