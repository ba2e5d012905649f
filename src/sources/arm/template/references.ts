import { ArmObject, type ArmValue, isArmArray } from "../../../expression/arm-value.ts";
import { toOpenText } from "../../../expression/open-text.ts";
import { printCall, printMember, printValue } from "../../../expression/print.ts";
import type { RuntimeAnswer, RuntimeCall } from "../../../expression/scope.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import type { Asker, Resource } from "./model.ts";

const MAX_LENGTH = 80_000;

/**
 * What the template itself knows about a call of `reference()` and its kin: the declared body of a resource of the same template, the outputs
 * of a nested deployment. What a resource does not declare stays unknown: the service adds to it.
 */
export function answerFromTemplate(call: RuntimeCall, from: Asker): RuntimeAnswer | undefined {
  if (call.key === "REFERENCE") return reference(call, from);
  if (call.key === "REFERENCES") return references(call, from);
  if (call.key === "RESOURCEINFO") return resourceInfo(call, from);
  return call.key.startsWith("LIST") ? completed(call, from) : undefined;
}

function reference(call: RuntimeCall, from: Asker): RuntimeAnswer | undefined {
  const target = targetOf(call, from);
  if (target === undefined) return undefined;
  const args = completeArgs(call, target);
  return { ...(answerFor(target, call, args) ?? { args }) };
}

function answerFor(
  target: Resource,
  call: RuntimeCall,
  args: readonly ArmValue[],
): { readonly value: ArmValue } | undefined {
  const [, version, mode] = call.args.map(plain);
  if (target.condition === false || target.declaration.isExisting || target.isOpen) return undefined;
  if (version !== undefined && version !== null && !isVersion(version, target)) return undefined;
  const expression = printCall(call.name, args.map(printed));
  const isFull = typeof mode === "string" && mode.toLowerCase() === "full";
  const properties = answeredProperties(target, isFull ? `${expression}.properties` : expression);
  if (properties === undefined) return undefined;
  return { value: isFull ? fullBody(target, properties, expression) : properties };
}

function answeredProperties(target: Resource, expression: string): ArmValue | undefined {
  return target.isDeployment ? outputsOf(target, expression) : propertiesOf(target, expression);
}

function isVersion(version: ArmValue, target: Resource): boolean {
  return typeof version === "string" && version.toLowerCase() === target.apiVersion?.toLowerCase();
}

function references(call: RuntimeCall, from: Asker): RuntimeAnswer | undefined {
  const symbol = plain(call.args[0]);
  if (typeof symbol !== "string") return undefined;
  const targets = from.frame.find(symbol);
  if (targets.length === 0) return undefined;
  const values: ArmValue[] = [];
  for (const target of targets) {
    noteReference(from, target);
    if (target.condition !== true) return undefined;
    const [, version, mode] = call.args;
    const one = {
      ...call,
      name: "reference",
      args: [target.id, target.apiVersion, ...(mode === undefined ? [] : [mode])],
    };
    const mismatch = version !== undefined && plain(version) !== null && !isVersion(plain(version), target);
    const answer = mismatch ? undefined : answerFor(target, one, completeArgs(one, target));
    values.push(
      answer?.value ?? new Unknown("runtime-function", printCall("reference", completeArgs(one, target).map(printed))),
    );
  }
  return { value: values };
}

/** Id, name, type and API version of a resource with a symbolic name. */
function resourceInfo(call: RuntimeCall, from: Asker): RuntimeAnswer | undefined {
  const symbol = plain(call.args[0]);
  const [target] = typeof symbol === "string" ? from.frame.find(symbol) : [];
  if (target === undefined) return undefined;
  return {
    value: ArmObject.of([
      ["name", target.name],
      ["type", target.declaration.type],
      ["id", target.id],
      ["apiVersion", target.apiVersion],
    ]),
  };
}

function completed(call: RuntimeCall, from: Asker): RuntimeAnswer | undefined {
  const target = targetOf(call, from);
  return target === undefined ? undefined : { args: completeArgs(call, target) };
}

/** The resource that the first argument names. */
function targetOf(call: RuntimeCall, from: Asker): Resource | undefined {
  const name = toOpenText(call.args[0]);
  const [target] = name === undefined ? [] : from.frame.find(name);
  if (target !== undefined) noteReference(from, target);
  return target;
}

/** Notes that `from`, and every deployment around it up to the template of `target`, needs `target`. */
function noteReference(from: Asker, target: Resource): void {
  let at: Asker | null = from;
  while (at !== null && at.frame !== target.frame) at = at.frame.parent;
  if (at !== null && at !== target) at.references.add(target);
}

/** The arguments with the full id and the API version, as Azure will be asked. */
function completeArgs(call: RuntimeCall, target: Resource): readonly ArmValue[] {
  if (target.condition === false && !target.frame.template.isSymbolic) return call.args;
  const [, version, ...rest] = call.args;
  return [target.id, version ?? target.apiVersion, ...rest];
}

function outputsOf(target: Resource, expression: string): ArmValue | undefined {
  const outputs = target.content?.outputs();
  if (outputs === undefined) return undefined;
  const members = [...outputs].map(([name, { type, value }]): [string, ArmValue] => [
    name,
    ArmObject.of([
      ["type", TYPE_NAMES[type.toLowerCase()] ?? type],
      ["value", value],
    ]),
  ]);
  return new ArmObject(new Map([["outputs", ArmObject.of(members)]]), {
    rest: new Unknown("runtime-function", expression),
  });
}

/** How Azure writes the types of outputs. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "String",
  securestring: "SecureString",
  int: "Int",
  bool: "Bool",
  array: "Array",
  object: "Object",
  secureobject: "SecureObject",
};

function propertiesOf(target: Resource, expression: string): ArmValue | undefined {
  const { properties } = target;
  return properties instanceof ArmObject ? openValue(properties, expression) : undefined;
}

/** What the service reports besides the properties, as far as the declaration says it. */
function fullBody(target: Resource, properties: ArmValue, expression: string): ArmValue {
  const members = new Map<string, ArmValue>([
    ["id", target.id],
    ["name", target.name],
    ["type", target.declaration.type],
    ["apiVersion", target.apiVersion],
  ]);
  for (const name of ["location", "kind", "sku", "tags", "identity"]) {
    const value = target.member(name);
    if (value === undefined || value === null) continue;
    const reported = name !== "location" || (typeof value === "string" && /^[a-z0-9]+$/.test(value));
    if (reported) members.set(name, openValue(value, `${expression}.${name}`));
  }
  members.set("properties", properties);
  return new ArmObject(members, { rest: new Unknown("runtime-function", expression) });
}

/** `value` as the service may give it back: what is declared, and further members that nobody knows. */
function openValue(value: ArmValue, expression: string): ArmValue {
  if (isArmArray(value)) return value.map((element, index) => openValue(element, `${expression}[${index}]`));
  if (!(value instanceof ArmObject)) return value ?? new Unknown("runtime-function", expression);
  const members = new Map<string, ArmValue>();
  for (const [name, member] of value.members) members.set(name, openValue(member, expression + printMember(name)));
  const rest = new Unknown("runtime-function", expression);
  return new ArmObject(members, { rest, unknownNames: value.unknownNames, secretNames: value.secretNames });
}

function plain(value: ArmValue | undefined): ArmValue {
  return value instanceof Sensitive ? value.value : (value ?? null);
}

function printed(value: ArmValue | undefined): string {
  return printValue(value ?? null, MAX_LENGTH) ?? "null()";
}
