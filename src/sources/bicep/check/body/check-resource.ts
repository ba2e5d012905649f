import { objectOfBody } from "../../binder/collect.ts";
import type { ResourceDeclaration } from "../../syntax/ast.ts";
import { describe } from "../../types/describe.ts";
import { ANY, STRING, type BicepType, type ObjectType, type TypeProperty } from "../../types/type.ts";
import type { FileContext } from "../context.ts";
import { checkDecorators } from "../decorators.ts";
import { memberNamed, nameOfMember } from "../members.ts";
import { checkChildResource } from "../rules/child-resources.ts";
import { checkResourceScope } from "../rules/scopes.ts";
import { checkBody } from "./check-body.ts";
import { DEPENDENCIES, SCOPE } from "./reference-types.ts";
import { enclosingResource, referenceOf } from "./resource-reference.ts";

/** The members that the body of an existing resource may have, besides those of its type. */
const SETTINGS: ReadonlySet<string> = new Set(["identity", "kind", "location", "properties", "sku", "tags", "zones"]);

/** What the language itself asks of the body of any resource; the properties of its type are Azure's. */
const BODY: ObjectType = {
  kind: "object",
  name: "resource",
  properties: new Map<string, TypeProperty>([
    ["name", { type: () => STRING, required: true }],
    ["scope", { type: () => SCOPE, disallowAny: true }],
    ["parent", { type: () => ANY, disallowAny: true }],
    ["dependsOn", { type: () => DEPENDENCIES, disallowAny: true }],
  ]),
  additional: { type: () => ANY, fallback: true },
};

/** Checks a resource, with those that are nested in it. */
export function checkResource(context: FileContext, declaration: ResourceDeclaration): void {
  const reference = referenceOf(context, declaration);
  if (reference.kind === "faulty" && reference.code !== undefined) {
    context.report(reference.code, declaration.type, [reference.detail]);
  }
  checkDecorators(context, declaration, { type: ANY });
  const { value } = declaration;
  if (value.kind !== "skipped") {
    context.typeOf(value);
    if (reference.kind === "azure") {
      checkBody(context, { body: value, target: BODY });
      checkSettings(context, declaration);
      checkParent(context, declaration, reference.type);
      checkChildResource(context, declaration);
      checkResourceScope(context, declaration);
    }
  }
  const body = objectOfBody(value);
  for (const nested of body?.resources ?? []) checkResource(context, nested);
}

/** An existing resource is named only: nothing of it can be set. */
function checkSettings(context: FileContext, declaration: ResourceDeclaration): void {
  const body = objectOfBody(declaration.value);
  if (!declaration.existing || body === undefined) return;
  for (const member of body.members) {
    const name = member.kind === "member" ? nameOfMember(member) : undefined;
    if (member.kind === "member" && name !== undefined && SETTINGS.has(name)) {
      context.report("BCP173", member.key, [name]);
    }
  }
}

function checkParent(context: FileContext, declaration: ResourceDeclaration, type: string): void {
  const body = objectOfBody(declaration.value);
  const parent = body === undefined ? undefined : memberNamed(body, "parent")?.value;
  if (parent === undefined || enclosingResource(context, declaration) !== undefined) return;
  const actual = context.typeOf(parent);
  if (actual.kind === "error" || actual.kind === "any") return;
  const expected = type.slice(0, type.lastIndexOf("/"));
  // A type of two segments has no parent; what is then wrong with it depends on Azure's types.
  if (!expected.includes("/") || fitsParent(actual, expected)) return;
  context.report("BCP036", parent, ["parent", expected, describe(actual)]);
}

function fitsParent(actual: BicepType, expected: string): boolean {
  if (actual.kind === "union") return actual.members.every((member) => fitsParent(member, expected));
  return actual.kind === "resource" && actual.type.toLowerCase() === expected.toLowerCase();
}
