import { RESOURCE_SCOPES } from "../../functions/resource-scopes.ts";
import type { SemanticCode } from "../../messages.ts";
import type { Expression, ModuleDeclaration, ResourceDeclaration } from "../../syntax/ast.ts";
import { spanBetween } from "../../syntax/span.ts";
import { describe } from "../../types/describe.ts";
import type { BicepType, ScopeKind } from "../../types/type.ts";
import { referenceOf } from "../body/resource-reference.ts";
import type { FileContext } from "../context.ts";
import { bodyMember, isChild } from "./resource-body.ts";

/** A scope as a module or resource names it. */
interface NamedScope {
  readonly kind: ScopeKind;
  /** With how many arguments the function is called. */
  readonly count: number;
}

/** The types of resources that are scopes themselves. */
const SCOPES_BY_TYPE: ReadonlyMap<string, ScopeKind> = new Map([
  ["microsoft.resources/resourcegroups", "resourceGroup"],
  ["microsoft.management/managementgroups", "managementGroup"],
]);

/** From where modules can be deployed to which scopes, with the numbers of arguments. */
const REACHABLE: Readonly<Record<ScopeKind, Readonly<Partial<Record<ScopeKind, readonly number[]>>>>> = {
  tenant: { tenant: [0], managementGroup: [1], subscription: [1], resourceGroup: [1, 2] },
  managementGroup: { tenant: [0], managementGroup: [0, 1], subscription: [1], resourceGroup: [1, 2] },
  subscription: { tenant: [0], subscription: [0, 1], resourceGroup: [1, 2] },
  resourceGroup: { tenant: [0], subscription: [0, 1], resourceGroup: [0, 1, 2] },
};

const UNREACHABLE: Readonly<Record<ScopeKind, SemanticCode>> = {
  tenant: "BCP113",
  managementGroup: "BCP114",
  subscription: "BCP115",
  resourceGroup: "BCP116",
};

/** Checks that a module is deployed to a scope that its file is for, and that can be reached from here. */
export function checkModuleScope(context: FileContext, declaration: ModuleDeclaration): void {
  const model = context.modelOf(declaration);
  if (typeof model === "string") return;
  const { targetScope } = context;
  const value = bodyMember(declaration, "scope");
  if (value === undefined) {
    const { value: body } = declaration;
    if (model.targetScope !== targetScope) context.report("BCP134", body, [targetScope, model.targetScope]);
    return;
  }
  const scope = scopeOf(context, value);
  if (scope === undefined) {
    // A resource that is no scope itself.
    if (context.typeOf(value).kind === "resource") context.report("BCP134", value, ["resource", model.targetScope]);
    return;
  }
  if (scope.kind !== model.targetScope) context.report("BCP134", value, [scope.kind, model.targetScope]);
  else if (REACHABLE[targetScope][scope.kind]?.includes(scope.count) !== true) {
    context.report(UNREACHABLE[targetScope], value);
  }
}

/** A resource is deployed to the scope of its file, to the tenant, or to another resource, as far as its type allows. */
export function checkResourceScope(context: FileContext, declaration: ResourceDeclaration): void {
  const reference = referenceOf(context, declaration);
  if (reference.kind !== "azure" || isChild(context, declaration)) return;
  const value = bodyMember(declaration, "scope");
  checkAllowedScope(context, { declaration, value, type: reference.type });
  const scope = value === undefined ? undefined : scopeOf(context, value);
  if (value === undefined || scope === undefined || declaration.existing || scope.kind === "tenant") return;
  if (context.typeOf(value).kind !== "scope") return;
  if (scope.kind !== context.targetScope || scope.count > 0) context.report("BCP139", value);
}

interface Scoped {
  readonly declaration: ResourceDeclaration;
  /** What the resource gives as its scope. */
  readonly value: Expression | undefined;
  readonly type: string;
}

/** Reports a type at a scope that its definition does not allow. */
function checkAllowedScope(context: FileContext, { declaration, value, type }: Scoped): void {
  const allowed = scopesOf(type);
  if (allowed === undefined) return;
  if (value === undefined) {
    const { targetScope } = context;
    const place = spanBetween(declaration.keyword, declaration);
    if (!allowed.includes(targetScope)) context.report("BCP135", place, [targetScope, type]);
    return;
  }
  const owner = context.typeOf(value);
  const isExtension = owner.kind === "resource" && !SCOPES_BY_TYPE.has(owner.type.toLowerCase());
  if (isExtension && !allowed.includes("extension")) context.report("BCP135", value, ["resource", type]);
}

/** To which scopes a type can be deployed, as far as that is known. */
function scopesOf(type: string): readonly string[] | undefined {
  const key = ` ${type.toLowerCase()} `;
  return Object.entries(RESOURCE_SCOPES)
    .find(([, types]) => types.includes(key))?.[0]
    .split(" ");
}

/** The scope that an expression stands for; `undefined` when it is not known, or it is reported that it is not. */
function scopeOf(context: FileContext, value: Expression): NamedScope | undefined {
  const type = context.typeOf(value);
  if (type.kind === "scope") return { kind: type.scope, count: type.argumentCount };
  if (type.kind === "resource") {
    const kind = SCOPES_BY_TYPE.get(type.type.toLowerCase());
    return kind === undefined ? undefined : { kind, count: 1 };
  }
  if (type.kind === "union" && type.members.every(isScope)) context.report("BCP420", value, [describe(type)]);
  return undefined;
}

function isScope({ kind }: BicepType): boolean {
  return kind === "scope" || kind === "resource";
}
