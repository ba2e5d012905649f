import type { ExpressionNode } from "../../../expression/ast.ts";
import type { Span } from "../syntax/span.ts";
import { Builder } from "./build.ts";
import type { IndexContext, Lowerer } from "./lowerer.ts";
import { moduleId, resourceId } from "./resource-id.ts";
import type { ResourceInfo } from "./resource-table.ts";
import type { ModuleInfo } from "./unit.ts";

/** The version of the deployments that modules become. */
export const DEPLOYMENTS_VERSION = "2025-04-01";

/** A resource or module as it is named where it is used: with an index when it is one of a loop. */
export interface ReferenceUse {
  readonly context: IndexContext | undefined;
  readonly place: Span;
}

/** The symbolic name, with the index of one of a loop. */
export function symbolicReference(name: string, { context, place }: ReferenceUse): ExpressionNode {
  const build = new Builder(place);
  if (context === undefined) return build.text(name);
  return build.call("format", build.text(`${name}[{0}]`), context.index);
}

/** `reference()` of a resource, or `references()` of all of a loop. With `full` it gives more than the properties. */
export function resourceReference(
  lowerer: Lowerer,
  info: ResourceInfo,
  use: ReferenceUse & { readonly full: boolean },
): ExpressionNode {
  const { context, place, full } = use;
  const build = new Builder(place);
  const isLoop = info.loop !== undefined && context === undefined;
  const { symbolicNames } = lowerer.unit;
  const name = isLoop ? "references" : "reference";
  const target =
    symbolicNames || isLoop
      ? symbolicReference(info.symbolicName, use)
      : resourceId(context?.lowerer ?? lowerer, info, place);
  if (!info.isAzure) return build.call(name, target);
  const needsVersion = !isLoop && (full || !symbolicNames);
  return build.call(
    name,
    target,
    ...(needsVersion ? [version(build, info)] : []),
    ...(full ? [build.text("full")] : []),
  );
}

function version(build: Builder, { apiVersion }: ResourceInfo): ExpressionNode {
  return build.text(apiVersion ?? "");
}

/** `reference()` of a module, or `references()` of all of a loop. */
export function moduleReference(lowerer: Lowerer, info: ModuleInfo, use: ReferenceUse): ExpressionNode {
  const { context, place } = use;
  const build = new Builder(place);
  const isLoop = info.loop !== undefined && context === undefined;
  const name = isLoop ? "references" : "reference";
  if (lowerer.unit.symbolicNames || isLoop) return build.call(name, symbolicReference(info.symbol.name, use));
  return build.call(name, moduleTarget(lowerer, info, use), build.text(DEPLOYMENTS_VERSION));
}

/** What stands for a module in calls that ask it something. */
export function moduleTarget(lowerer: Lowerer, info: ModuleInfo, use: ReferenceUse): ExpressionNode {
  const { context, place } = use;
  if (lowerer.unit.symbolicNames) return symbolicReference(info.symbol.name, use);
  return moduleId(context?.lowerer ?? lowerer, info, { index: context?.index, place });
}
