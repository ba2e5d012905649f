import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { Expression, SyntaxNode } from "../syntax/ast.ts";
import { Builder } from "./build.ts";
import { indexContext } from "./index-context.ts";
import { localsOf } from "./locals.ts";
import type { Lowerer } from "./lowerer.ts";
import { resourceId } from "./resource-id.ts";
import type { ScopeData } from "./scope-data.ts";

const MANAGEMENT_GROUPS = "Microsoft.Management/managementGroups";

/** The members of a resource or module that say where it is deployed to. */
export function scopeMembers(lowerer: Lowerer, scope: ScopeData, place: SyntaxNode): MemberNode[] {
  const { nodes, targetScope } = lowerer.unit;
  const member = (name: string, value: TemplateNode): MemberNode => nodes.member(name, value, place);
  switch (scope.kind) {
    case "resource":
      return [member("scope", nodes.expression(extendedId(lowerer, scope, place), place))];
    case "tenant":
      return targetScope === "tenant" ? [] : [member("scope", nodes.scalar("/", place))];
    case "managementGroup":
      return managementGroupMembers(lowerer, scope, place);
    case "subscription":
      return subscriptionMembers(lowerer, scope, place);
    default:
      return [
        ...placedMember(lowerer, scope, { name: "subscriptionId", value: scope.subscriptionId, place }),
        ...placedMember(lowerer, scope, { name: "resourceGroup", value: scope.resourceGroup, place }),
      ];
  }
}

function extendedId(lowerer: Lowerer, { resource, index }: ScopeData, place: SyntaxNode) {
  const build = new Builder(place);
  if (resource === undefined) return build.text("");
  const context = indexContext(lowerer, resource.loop, { index, place });
  return resourceId(context?.lowerer ?? lowerer, resource, place);
}

function managementGroupMembers(lowerer: Lowerer, scope: ScopeData, place: SyntaxNode): MemberNode[] {
  const { nodes, targetScope } = lowerer.unit;
  const { managementGroup } = scope;
  if (managementGroup === undefined) return [];
  const build = new Builder(place);
  const name = at(lowerer, scope, { value: managementGroup, place }).expression(managementGroup);
  const isNear = targetScope === "tenant" || targetScope === "managementGroup";
  const id = isNear
    ? build.call("format", build.text(`${MANAGEMENT_GROUPS}/{0}`), name)
    : build.call("tenantResourceId", build.text(MANAGEMENT_GROUPS), name);
  return [nodes.member("scope", nodes.expression(id, place), place)];
}

function subscriptionMembers(lowerer: Lowerer, scope: ScopeData, place: SyntaxNode): MemberNode[] {
  const { nodes, targetScope } = lowerer.unit;
  const { subscriptionId } = scope;
  if (subscriptionId !== undefined) return [nodes.member("subscriptionId", lowerer.value(subscriptionId), place)];
  if (targetScope !== "resourceGroup") return [];
  const build = new Builder(place);
  const current = build.member(build.call("subscription"), "subscriptionId");
  return [nodes.member("subscriptionId", nodes.expression(current, place), place)];
}

interface PlacedValue {
  readonly value: Expression;
  readonly place: SyntaxNode;
}

function placedMember(
  lowerer: Lowerer,
  scope: ScopeData,
  { name, value, place }: { readonly name: string; readonly value: Expression | undefined; readonly place: SyntaxNode },
): MemberNode[] {
  if (value === undefined) return [];
  const { nodes } = lowerer.unit;
  const expression = at(lowerer, scope, { value, place }).expression(value);
  return [nodes.member(name, nodes.expression(expression, value), place)];
}

/** What is written in the loop of a scope is seen by the index that chooses one. */
function at(lowerer: Lowerer, { index }: ScopeData, { value, place }: PlacedValue): Lowerer {
  const [local] = localsOf(value, lowerer.unit.bindings);
  const loop = local?.scope.kind === "for" ? local.scope : undefined;
  return indexContext(lowerer, loop, { index, place })?.lowerer ?? lowerer;
}
