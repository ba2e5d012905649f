import type { ExpressionNode } from "../../../expression/ast.ts";
import type { Span } from "../syntax/span.ts";
import { Builder } from "./build.ts";
import { withIndex } from "./index-context.ts";
import type { Lowerer } from "./lowerer.ts";
import { moduleName } from "./module-name.ts";
import type { ResourceInfo } from "./resource-table.ts";
import type { ScopeData } from "./scope-data.ts";
import type { ModuleInfo } from "./unit.ts";

const DEPLOYMENTS = "Microsoft.Resources/deployments";
const MANAGEMENT_GROUPS = "Microsoft.Management/managementGroups";

/** The names of a resource and of those it belongs to, one for each part of its type. */
export function nameSegments(lowerer: Lowerer, info: ResourceInfo, place: Span): ExpressionNode[] {
  const names = [...ancestorNames(lowerer, info), ownName(lowerer, info, place)];
  const types = info.type.split("/").length - 1;
  const [first, ...rest] = names;
  // The outermost name stands for all types that have no resource of their own here.
  const parts = types - rest.length;
  if (first === undefined || parts <= 1) return names;
  const build = new Builder(place);
  const split = build.call("split", first, build.text("/"));
  const split0 = Array.from({ length: parts }, (_, index) => build.index(split, build.integer(BigInt(index))));
  return [...split0, ...rest];
}

function ownName(lowerer: Lowerer, info: ResourceInfo, place: Span): ExpressionNode {
  return info.name === undefined ? new Builder(place).text("") : lowerer.expression(info.name);
}

/** A resource that is chosen from a loop as `parent` is named by what the index makes of its name. */
function ancestorNames(lowerer: Lowerer, info: ResourceInfo): ExpressionNode[] {
  const names: ExpressionNode[] = [];
  let inner = lowerer;
  for (const { resource, index } of info.ancestors.toReversed()) {
    if (index !== undefined && resource.loop !== undefined) {
      inner = withIndex(inner, resource.loop, inner.expression(index));
    }
    names.unshift(ownName(inner, resource, resource.declaration));
  }
  return names;
}

/** The `name` of a resource in the template: with those of all it belongs to. */
export function fullName(lowerer: Lowerer, info: ResourceInfo): ExpressionNode {
  if (info.ancestors.length === 0) return ownName(lowerer, info, info.declaration);
  const place = info.name ?? info.declaration;
  const names = nameSegments(lowerer, info, place);
  const build = new Builder(place);
  return build.call("format", build.text(names.map((_, index) => `{${index}}`).join("/")), ...names);
}

/** The full id of a resource. */
export function resourceId(lowerer: Lowerer, info: ResourceInfo, place: Span): ExpressionNode {
  const scope = lowerer.unit.scopes.ofResource(info);
  return idIn(scope, { lowerer, place, type: info.type, names: nameSegments(lowerer, info, place) });
}

/** The full id of the deployment that a module becomes. */
export function moduleId(lowerer: Lowerer, info: ModuleInfo, use: ModuleUse): ExpressionNode {
  const names = [moduleName(lowerer, info, use)];
  return idIn(info.scope, { lowerer, place: use.place, type: DEPLOYMENTS, names });
}

/** Where a module is used, and which one of a loop. */
export interface ModuleUse {
  readonly index: ExpressionNode | undefined;
  readonly place: Span;
}

interface IdParts {
  readonly lowerer: Lowerer;
  readonly place: Span;
  readonly type: string;
  readonly names: readonly ExpressionNode[];
}

function idIn(scope: ScopeData, parts: IdParts): ExpressionNode {
  const { lowerer, place, type, names } = parts;
  const build = new Builder(place);
  switch (scope.kind) {
    case "tenant":
      return build.call("tenantResourceId", build.text(type), ...names);
    case "managementGroup":
      return build.call("extensionResourceId", managementGroupId(scope, parts), build.text(type), ...names);
    case "subscription": {
      const subscription = scope.subscriptionId === undefined ? [] : [lowerer.expression(scope.subscriptionId)];
      return build.call("subscriptionResourceId", ...subscription, build.text(type), ...names);
    }
    case "resourceGroup":
      if (scope.resourceGroup === undefined) return build.call("resourceId", build.text(type), ...names);
      return build.call("extensionResourceId", resourceGroupId(scope, parts), build.text(type), ...names);
    default: {
      const extended = scope.resource === undefined ? [] : [resourceId(lowerer, scope.resource, place)];
      return build.call("extensionResourceId", ...extended, build.text(type), ...names);
    }
  }
}

function managementGroupId({ managementGroup }: ScopeData, { lowerer, place }: IdParts): ExpressionNode {
  const build = new Builder(place);
  if (managementGroup === undefined) return build.member(build.call("managementGroup"), "id");
  return build.call("tenantResourceId", build.text(MANAGEMENT_GROUPS), lowerer.expression(managementGroup));
}

function resourceGroupId(scope: ScopeData, { lowerer, place }: IdParts): ExpressionNode {
  const build = new Builder(place);
  const subscription =
    scope.subscriptionId === undefined
      ? build.member(build.call("subscription"), "subscriptionId")
      : lowerer.expression(scope.subscriptionId);
  const group = scope.resourceGroup === undefined ? [] : [lowerer.expression(scope.resourceGroup)];
  return build.call("format", build.text("/subscriptions/{0}/resourceGroups/{1}"), subscription, ...group);
}
