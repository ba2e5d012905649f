import type { ExpressionNode } from "../../../expression/ast.ts";
import type { Span } from "../syntax/span.ts";
import { Builder } from "./build.ts";
import { conditionOf } from "./condition.ts";
import type { Lowerer } from "./lowerer.ts";
import { resourceReference, symbolicReference } from "./reference.ts";
import { resourceId } from "./resource-id.ts";
import type { Target } from "./target.ts";

/** A member that is read of a resource or module. */
export interface MemberUse {
  readonly name: string;
  /** Whether it is read with `.?`. */
  readonly safe: boolean;
  readonly place: Span;
}

type ResourceTarget = Extract<Target, { readonly kind: "resource" }>;

/**
 * Lowers a member of a resource. What is written in the declaration is taken from there, as Resource Manager does not let it be
 * read.
 */
export function lowerResourceProperty(lowerer: Lowerer, target: ResourceTarget, use: MemberUse): ExpressionNode {
  const { info, context } = target;
  const inner = context?.lowerer ?? lowerer;
  const build = new Builder(use.place);
  if (!info.isAzure) return lowerExtensionProperty(lowerer, target, use);
  const identity = lowerInfo(lowerer, target, use);
  if (identity !== undefined) return identity;
  switch (use.name) {
    case "id":
      return guarded(inner, target, { ...use, value: resourceId(inner, info, use.place) });
    case "name":
      return guarded(inner, target, { ...use, value: lowerName(inner, target, use) });
    case "type":
      return build.text(info.type);
    case "apiVersion":
      return build.text(info.apiVersion ?? "");
    default:
      return lowerDeployedProperty(lowerer, target, use);
  }
}

/** With the experimental `resourceInfo()`, what identifies a resource is asked of it. */
function lowerInfo(lowerer: Lowerer, target: ResourceTarget, use: MemberUse): ExpressionNode | undefined {
  const { unit } = lowerer;
  const { info, context } = target;
  const { name, safe, place } = use;
  if (!unit.file.features.enabled.has("resourceInfoCodegen") || unit.inlined.has(info.symbol)) return undefined;
  if (!["id", "name", "type", "apiVersion"].includes(name)) return undefined;
  const build = new Builder(place);
  const asked = build.call("resourceInfo", symbolicReference(info.symbolicName, { context, place }));
  const inner = context?.lowerer ?? lowerer;
  if (name === "name" && info.ancestors.length > 0) {
    const value = build.call("last", build.call("split", build.member(asked, name), build.text("/")));
    return guarded(inner, target, { ...use, value });
  }
  if (!safe) return build.member(asked, name);
  return build.call("tryGet", guarded(inner, target, { ...use, value: asked }), build.text(name));
}

function lowerName(inner: Lowerer, { info }: ResourceTarget, { place }: MemberUse): ExpressionNode {
  return info.name === undefined ? new Builder(place).text("") : inner.expression(info.name);
}

function lowerDeployedProperty(lowerer: Lowerer, target: ResourceTarget, use: MemberUse): ExpressionNode {
  const { info, context } = target;
  const { name, safe, place } = use;
  const build = new Builder(place);
  if (name === "properties" && !safe) return resourceReference(lowerer, info, { context, place, full: false });
  const whole = resourceReference(lowerer, info, { context, place, full: true });
  if (!safe) return build.member(whole, name);
  const value = guarded(context?.lowerer ?? lowerer, target, { ...use, value: whole });
  return build.call("tryGet", value, build.text(name));
}

function lowerExtensionProperty(lowerer: Lowerer, target: ResourceTarget, use: MemberUse): ExpressionNode {
  const { info, context } = target;
  const { name, safe, place } = use;
  const build = new Builder(place);
  const whole = resourceReference(lowerer, info, { context, place, full: false });
  return safe ? build.call("tryGet", whole, build.text(name)) : build.member(whole, name);
}

/** Read with `.?`, a resource that is not deployed gives nothing. */
function guarded(
  inner: Lowerer,
  { info }: ResourceTarget,
  { safe, place, value }: MemberUse & { readonly value: ExpressionNode },
): ExpressionNode {
  const condition = safe ? conditionOf(inner, info) : undefined;
  if (condition === undefined) return value;
  const build = new Builder(place);
  return build.call("if", condition, value, build.null());
}
