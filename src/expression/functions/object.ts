import { ArmObject, type ArmValue, typeName } from "../arm-value.ts";
import { compareNames } from "../dotnet/casing.ts";
import { readJson } from "../json/read-json.ts";
import { accessIndex } from "../member.ts";
import { Sensitive, Unknown } from "../value.ts";
import { followed } from "./array.ts";
import { nameText } from "./merge.ts";
import {
  argumentAt,
  type Call,
  DOCUMENTATION,
  type FunctionDefinition,
  objectAt,
  refuse,
  textAt,
} from "./signature.ts";

const PAGE = `${DOCUMENTATION}-object`;

/** Object functions. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-object */
export const OBJECT: readonly FunctionDefinition[] = [
  {
    name: "createObject",
    parameters: [],
    rest: "any",
    unknowns: "any",
    secrets: "any",
    documentation: `${PAGE}#createobject`,
    evaluate: createObject,
  },
  {
    name: "items",
    parameters: ["Object"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#items`,
    evaluate: (call) =>
      sortedMembers(call, (name, value) =>
        ArmObject.of([
          ["key", name],
          ["value", value],
        ]),
      ),
  },
  {
    name: "objectKeys",
    parameters: ["Object"],
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#objectkeys`,
    evaluate: (call) => sortedMembers(call, (name) => name),
  },
  { name: "null", parameters: [], documentation: `${PAGE}#null`, evaluate: () => null },
  { name: "json", parameters: ["String"], documentation: `${PAGE}#json`, evaluate: json },
  {
    name: "tryGet",
    parameters: ["any", ["String", "Integer"]],
    rest: "any",
    checks: "when-known",
    unknowns: "inside",
    secrets: "inside",
    documentation: `${PAGE}#tryget`,
    evaluate: tryGet,
  },
];

function createObject(call: Call): ArmValue {
  const { args } = call;
  if (args.length % 2 === 1) {
    const fact = `expects an even number of parameters. The number of provided parameters was '${args.length}'.`;
    refuse("arguments", `The template language function 'createObject' ${fact}`);
  }
  const names = args.filter((_, index) => index % 2 === 0);
  refuseNames(names);
  if (names.some((name) => name instanceof Unknown)) return call.session.unknownCall(call, args);
  const members = new Map<string, ArmValue>();
  const secretNames = names.some((name) => name instanceof Sensitive);
  for (const [index, name] of names.entries()) {
    const text = nameText(name) ?? "";
    if (members.has(text)) {
      const shown = secretNames ? "«secret»" : text;
      const fact = `expects all property names to be unique. The following property names were duplicated: ${shown}.`;
      refuse("value", `The template language function 'createObject' ${fact}`);
    }
    members.set(text, args[2 * index + 1] ?? null);
  }
  return new ArmObject(members, { secretNames });
}

function refuseNames(names: readonly ArmValue[]): void {
  const wrong = [...names.entries()].filter(([, name]) => !(name instanceof Unknown) && nameText(name) === undefined);
  if (wrong.length === 0) return;
  const places = wrong.map(([index]) => 2 * index + 1).join(", ");
  const types = wrong.map(([, name]) => typeName(name)).join(", ");
  const fact = `The specified parameters at positions '${places}' are of types '${types}', respectively.`;
  refuse(
    "type",
    `The template language function 'createObject' expects the parameters at an odd-numbered position to be of type 'string'. ${fact}`,
  );
}

/** One value for each member, in the order of the names, letter case aside. */
function sortedMembers(call: Call, make: (name: ArmValue, value: ArmValue) => ArmValue): ArmValue {
  const object = objectAt(call, 0);
  if (object.isOpen) return call.session.unknownCall(call, call.args);
  const sorted = [...object.members].sort(([left], [right]) => compareNames(left, right));
  return sorted.map(([name, value]) => make(object.secretNames ? new Sensitive(name) : name, value));
}

function json(call: Call): ArmValue {
  const text = textAt(call, 0);
  call.session.budget.spendText(text.length);
  const read = readJson(text, call.session.budget.limits.valueDepth);
  if (read !== undefined) return read;
  const fact = "The argument provided is not a valid JSON string.";
  return refuse("value", `Unable to evaluate the template language function 'json'. ${fact}`);
}

/** Null instead of a failure at the first step; the further ones must be there, unless what they are read from is null. */
function tryGet(call: Call): ArmValue {
  const target = argumentAt(call, 0);
  const step = argumentAt(call, 1);
  const path = call.args.slice(2);
  if (target instanceof ArmObject) {
    const member = typeof step === "string" ? memberOrNull(call, target, step) : null;
    return followed(call, member, path);
  }
  if (!Array.isArray(target) || typeof step !== "bigint") return null;
  const inside = step >= 0n && step < BigInt(target.length);
  const { residualLength } = call.session.budget.limits;
  return followed(call, inside ? accessIndex(target, step, residualLength) : null, path);
}

function memberOrNull(call: Call, target: ArmObject, name: string): ArmValue {
  const member = target.get(name);
  if (member !== undefined) return member;
  return target.isOpen || target.late !== null ? call.session.unknownCall(call, call.args) : null;
}
