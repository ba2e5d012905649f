import { ArmObject, type ArmValue, isArmArray } from "./arm-value.ts";
import { formatDouble } from "./dotnet/number-format.ts";
import { ExpressionFailure } from "./failure.ts";
import { composed, printMember, printValue } from "./print.ts";
import { withMarks } from "./shape.ts";
import { Sensitive, Unknown } from "./value.ts";

/**
 * `target.name`. Objects ignore the letter case of names; arrays and texts have no members.
 *
 * @throws ExpressionFailure index, member
 */
export function accessMember(target: ArmValue, name: string, maxLength: number): ArmValue {
  if (target instanceof Unknown) return ofUnknown(target, printMember(name), maxLength);
  if (target instanceof ArmObject) {
    const member = target.get(name) ?? null;
    if (member !== null || target.nameOf(name) !== undefined) return member;
    return lateMember(target, name, maxLength) ?? refuseMember(target, name);
  }
  if (isArmArray(target)) return refuseIndex(name);
  throw new ExpressionFailure("member", `The language expression property '${name}' can't be evaluated.`);
}

/**
 * `target[index]`.
 *
 * @throws ExpressionFailure index, member
 */
export function accessIndex(target: ArmValue, index: ArmValue, maxLength: number): ArmValue {
  if (index instanceof Unknown) return unknownIndex(target, index, maxLength);
  if (index instanceof Sensitive) return secretIndex(target, index, maxLength);
  if (target instanceof Unknown) {
    if (typeof index === "string") return accessMember(target, index, maxLength);
    const text = composed([printValue(index, maxLength)], maxLength, ([printed = ""]) => `[${printed}]`);
    return ofUnknown(target, text, maxLength);
  }
  if (typeof index === "string" && !isArmArray(target)) return accessMember(target, index, maxLength);
  if (isArmArray(target)) return elementAt(target, index);
  const shown = indexText(index);
  const reason = target instanceof ArmObject ? ", property name must be a string." : ".";
  throw new ExpressionFailure("member", `The language expression property '${shown}' can't be evaluated${reason}`);
}

/** The member that is not listed: read from what the object stands for, or refused. */
function lateMember(target: ArmObject, name: string, maxLength: number): ArmValue | undefined {
  for (const [late, value] of target.late ?? []) {
    if (late.toLowerCase() === name.toLowerCase()) return value;
  }
  if (target.rest !== null) return ofUnknown(target.rest, printMember(name), maxLength);
  if (target.unknownNames === null) return undefined;
  const whole = new Unknown("runtime-function", printValue(target, maxLength), target.secretNames);
  return ofUnknown(whole, printMember(name), maxLength);
}

function refuseMember(target: ArmObject, name: string): never {
  const start = `The language expression property '${target.secretNames ? "«secret»" : name}' doesn't exist`;
  if (target.secretNames) throw new ExpressionFailure("member", `${start}.`);
  const available = [...target.members.keys()].slice(0, MAX_LISTED_NAMES).join(", ");
  throw new ExpressionFailure("member", `${start}, available properties are '${available}'.`);
}

const MAX_LISTED_NAMES = 50;

function elementAt(target: readonly ArmValue[], index: ArmValue): ArmValue {
  if (typeof index !== "bigint") return refuseIndex(indexText(index));
  const element = index >= 0n && index < BigInt(target.length) ? target[Number(index)] : undefined;
  if (element !== undefined) return element;
  throw new ExpressionFailure("index", `The language expression property array index '${index}' is out of bounds.`);
}

function refuseIndex(index: string): never {
  const message = `Unable to evaluate named property or non-integer index '${index}' on an array value.`;
  throw new ExpressionFailure("index", message);
}

/** An index as ARM's messages print it. */
function indexText(index: ArmValue): string {
  if (typeof index === "number") return formatDouble(index);
  if (typeof index === "boolean") return index ? "True" : "False";
  return typeof index === "bigint" || typeof index === "string"
    ? index.toString()
    : index === null
      ? "null"
      : "[object]";
}

function ofUnknown(target: Unknown, access: string | null, maxLength: number): Unknown {
  const text = composed([target.expression, access], maxLength, (texts) => texts.join(""));
  return new Unknown(target.reason, text, target.sensitive);
}

function unknownIndex(target: ArmValue, index: Unknown, maxLength: number): Unknown {
  const text = composed(
    [printValue(target, maxLength), index.expression],
    maxLength,
    ([printed = "", at = ""]) => `${printed}[${at}]`,
  );
  const reason = target instanceof Unknown ? target.reason : index.reason;
  return new Unknown(reason, text, index.sensitive || isSecret(target));
}

function isSecret(target: ArmValue): boolean {
  if (target instanceof Sensitive) return true;
  if (target instanceof Unknown) return target.sensitive;
  if (target instanceof ArmObject) return target.secretNames || [...target.members.values()].some(isSecret);
  return isArmArray(target) && target.some(isSecret);
}

function secretIndex(target: ArmValue, index: Sensitive, maxLength: number): ArmValue {
  try {
    return withMarks(accessIndex(target, index.value, maxLength), null);
  } catch (failure) {
    if (!(failure instanceof ExpressionFailure)) throw failure;
    throw new ExpressionFailure(failure.code, "The language expression property '«secret»' can't be evaluated.");
  }
}
