import { ArmObject, type ArmValue, isArmArray, isNull, typeName } from "../arm-value.ts";
import { foldName } from "../dotnet/casing.ts";
import { identityKey, sameValue } from "../equality.ts";
import { composed, printValue } from "../print.ts";
import { firstUnknown } from "../shape.ts";
import { Sensitive, Unknown } from "../value.ts";
import { distinct } from "./array-search.ts";
import { refuseElements } from "./array.ts";
import { arrayAt, type Call, DOCUMENTATION, type FunctionDefinition, refuse } from "./signature.ts";

const ARRAY_PAGE = `${DOCUMENTATION}-array`;
const OBJECT_PAGE = `${DOCUMENTATION}-object`;

/** Functions that make one array or object of several. */
export const MERGE: readonly FunctionDefinition[] = [
  {
    name: "union",
    parameters: [
      ["Array", "Object"],
      ["Array", "Object"],
    ],
    rest: ["Array", "Object"],
    unknowns: "inside",
    secrets: "inside",
    checks: "all",
    documentation: `${ARRAY_PAGE}#union`,
    evaluate: union,
  },
  {
    name: "intersection",
    parameters: [
      ["Array", "Object"],
      ["Array", "Object"],
    ],
    rest: ["Array", "Object"],
    unknowns: "inside",
    secrets: "inside",
    checks: "all",
    documentation: `${ARRAY_PAGE}#intersection`,
    evaluate: intersection,
  },
  {
    name: "shallowMerge",
    parameters: ["Array"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${OBJECT_PAGE}#shallowmerge`,
    evaluate: shallowMerge,
  },
];

function union(call: Call): ArmValue {
  const arrays = call.args.filter(isArmArray);
  if (arrays.length === call.args.length) {
    for (const array of arrays) call.session.budget.spend(2 * array.length);
    return hasUnknown(call, arrays) ? call.session.unknownCall(call, call.args) : distinct(arrays.flat());
  }
  const objects = objectsOf(call);
  if (objects.some((object) => object.isOpen)) return call.session.unknownCall(call, call.args);
  return objects.reduce((merged, next) => mergeObjects(merged, next, call.session.budget.limits.residualLength));
}

function objectsOf(call: Call): readonly ArmObject[] {
  const objects = call.args.filter((arg) => arg instanceof ArmObject);
  if (objects.length === call.args.length) return objects;
  const fact = "expects parameters of the same type, but found multiple types.";
  return refuse("type", `Template language function '${call.definition.name}' ${fact}`);
}

function hasUnknown(call: Call, values: readonly ArmValue[]): boolean {
  return values.some((value) => call.session.shapes.of(value).unknown);
}

/**
 * `base` with the members of `overlay`: objects merge, everything else is replaced, a null replaces nothing. The later spelling of a
 * name wins, in the earlier place.
 *
 * @throws ExpressionFailure type, where an array or object meets something else
 */
function mergeObjects(base: ArmObject, overlay: ArmObject, maxLength: number): ArmObject {
  const merged = placesOf(base, overlay);
  for (const [name, value] of overlay.members) {
    const before = merged.get(foldName(name));
    if (before === undefined) merged.set(foldName(name), [name, value]);
    else merged.set(foldName(name), [name, mergeMember(before[1], value, maxLength)]);
  }
  const secretNames = base.secretNames || overlay.secretNames;
  return new ArmObject(new Map(merged.values()), { secretNames, rest: base.rest ?? overlay.rest });
}

/**
 * The members of `base` by what `overlay` may replace them as. Two names that differ in case alone become one, with the later value,
 * where `overlay` has that name as well; else they stay two.
 */
function placesOf(base: ArmObject, overlay: ArmObject): Map<string, readonly [string, ArmValue]> {
  const places = new Map<string, readonly [string, ArmValue]>();
  for (const [name, value] of base.members) {
    const folded = foldName(name);
    const first = places.get(folded);
    if (first === undefined) places.set(folded, [name, value]);
    else if (overlay.nameOf(name) === undefined) places.set(`${folded}\0${name}`, [name, value]);
    else places.set(folded, [first[0], value]);
  }
  return places;
}

function mergeMember(before: ArmValue, after: ArmValue, maxLength: number): ArmValue {
  if (isNull(after)) return before;
  if (isNull(before)) return after;
  if (before instanceof Unknown || after instanceof Unknown) return mergeUnknown(before, after, maxLength);
  if (before instanceof ArmObject && after instanceof ArmObject) {
    return before.isOpen || after.isOpen
      ? mergeUnknown(before, after, maxLength)
      : mergeObjects(before, after, maxLength);
  }
  if ((isContainer(before) || isContainer(after)) && typeName(before) !== typeName(after)) {
    const types = `'${typeName(before)}' and '${typeName(after)}'`;
    refuse(
      "type",
      `The template language function 'union' failed to evaluate due to a type mismatch between ${types}.`,
    );
  }
  return after;
}

/** An unknown member might be null, or an object to merge: Microsoft's engine prints it as the same `if`. */
function mergeUnknown(before: ArmValue, after: ArmValue, maxLength: number): ArmValue {
  const afterIsOpen = after instanceof Unknown || (after instanceof ArmObject && after.isOpen);
  if (!afterIsOpen && !(after instanceof ArmObject)) return after;
  if (after instanceof Unknown && after.prefix !== "") return after;
  const merges = before instanceof ArmObject || after instanceof ArmObject;
  const texts = [printValue(before, maxLength), printValue(after, maxLength)];
  const text = composed(texts, maxLength, ([first = "", second = ""]) => {
    const [tested, otherwise] = afterIsOpen ? [second, first] : [first, second];
    return `if(equals(${tested}, null()), ${otherwise}, ${merges ? `union(${first}, ${second})` : second})`;
  });
  const unknown = firstUnknown(after) ?? firstUnknown(before);
  return new Unknown(unknown?.reason ?? "runtime-function", text, isSecret(before) || isSecret(after));
}

function isSecret(value: ArmValue): boolean {
  if (value instanceof Sensitive) return true;
  return value instanceof Unknown ? value.sensitive : isContainer(value) && [...elementsOf(value)].some(isSecret);
}

function elementsOf(value: ArmValue): Iterable<ArmValue> {
  if (value instanceof ArmObject) return value.members.values();
  return isArmArray(value) ? value : [];
}

function isContainer(value: ArmValue): boolean {
  return isArmArray(value) || value instanceof ArmObject;
}

function intersection(call: Call): ArmValue {
  const arrays = call.args.filter(isArmArray);
  if (arrays.length === call.args.length) {
    for (const array of arrays) call.session.budget.spend(2 * array.length);
    if (hasUnknown(call, arrays)) return call.session.unknownCall(call, call.args);
    return arrays.reduce((common, next) => {
      const keys = new Set(next.map(identityKey));
      return distinct(common).filter((element) => keys.has(identityKey(element)));
    });
  }
  const objects = objectsOf(call);
  if (objects.some((object) => object.isOpen)) return call.session.unknownCall(call, call.args);
  const [first, ...others] = objects;
  const members = new Map<string, ArmValue>();
  for (const [name, value] of first?.members ?? []) {
    const shared = sharedByAll(
      call,
      value,
      others.map((other) => other.members.get(name)),
    );
    if (shared === undefined) return call.session.unknownCall(call, call.args);
    if (shared) members.set(name, value);
  }
  return new ArmObject(members, { secretNames: objects.some((object) => object.secretNames) });
}

/** Whether every other object has the same value; `undefined` when that is not known. */
function sharedByAll(call: Call, value: ArmValue, others: readonly (ArmValue | undefined)[]): boolean | undefined {
  let all: boolean | undefined = true;
  for (const other of others) {
    if (other === undefined) return false;
    const unknown = hasUnknown(call, [value, other]);
    const same = unknown ? sameValue(value, other) : identityKey(value) === identityKey(other);
    if (same === false) return false;
    all = unknown ? undefined : all;
  }
  return all;
}

function shallowMerge(call: Call): ArmValue {
  const array = arrayAt(call, 0);
  refuseElements(call, array, ["Object"]);
  if (array.some((element) => element instanceof Unknown || (element instanceof ArmObject && element.isOpen))) {
    return call.session.unknownCall(call, call.args);
  }
  const members = new Map<string, readonly [string, ArmValue]>();
  let secretNames = false;
  for (const object of array) {
    if (!(object instanceof ArmObject)) continue;
    secretNames ||= object.secretNames;
    for (const [name, value] of object.members) {
      const folded = foldName(name);
      members.set(folded, [members.get(folded)?.[0] ?? name, value]);
    }
  }
  return new ArmObject(new Map(members.values()), { secretNames });
}

/** The text of a name that may be a secret. */
export function nameText(name: ArmValue): string | undefined {
  const text = name instanceof Sensitive ? name.value : name;
  return typeof text === "string" ? text : undefined;
}
