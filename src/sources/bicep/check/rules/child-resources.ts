import type { Expression, ResourceDeclaration } from "../../syntax/ast.ts";
import { referenceOf } from "../body/resource-reference.ts";
import type { FileContext } from "../context.ts";
import { bodyMember, isChild } from "./resource-body.ts";

/** Checks how a resource is named, and how it names its parent. */
export function checkChildResource(context: FileContext, declaration: ResourceDeclaration): void {
  const reference = referenceOf(context, declaration);
  if (reference.kind !== "azure") return;
  const name = bodyMember(declaration, "name");
  const parent = bodyMember(declaration, "parent");
  const scope = bodyMember(declaration, "scope");
  if (parent !== undefined) checkParent(context, parent);
  const hasParent = isChild(context, declaration);
  if (hasParent && scope !== undefined) context.report("BCP164", scope);
  if (name === undefined) return;
  if (hasParent) checkOwnName(context, name);
  else checkFullName(context, name, reference.type.split("/").length - 2);
}

/** A parent is a resource by its symbolic name, or one of a loop. */
function checkParent(context: FileContext, parent: Expression): void {
  const named = parent.kind === "index" ? parent.base : parent;
  const symbol = context.bindings.uses.get(named);
  const isName = (named.kind === "variable" || named.kind === "nestedResource") && symbol !== undefined;
  const isResource = symbol?.kind === "declared" && symbol.declaration.kind === "resource";
  if (!isName || (symbol.kind !== "unbound" && !isResource)) context.report("BCP240", parent);
}

function checkOwnName(context: FileContext, name: Expression): void {
  if (slashes(name) > 0) context.report("BCP170", name);
}

function checkFullName(context: FileContext, name: Expression, expected: number): void {
  if (name.kind !== "string") return;
  const actual = slashes(name);
  // What is computed may have further ones.
  if (actual > expected || (actual < expected && name.holes.length === 0)) {
    context.report("BCP169", name, [String(expected)]);
  }
}

function slashes(name: Expression): number {
  if (name.kind !== "string") return 0;
  return name.segments.reduce((sum, segment) => sum + segment.split("/").length - 1, 0);
}
