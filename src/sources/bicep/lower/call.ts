import type { ExpressionNode } from "../../../expression/ast.ts";
import type { Expression, FunctionCall, InstanceCall, Lambda } from "../syntax/ast.ts";
import { unwrap } from "./body.ts";
import { Builder } from "./build.ts";
import { lowerEnvironmentVariable } from "./environment.ts";
import { importedCall, qualified } from "./imported-name.ts";
import type { Lowerer } from "./lowerer.ts";
import { symbolicReference } from "./reference.ts";
import { resourceId } from "./resource-id.ts";
import { isForeignScope, targetOf, type Target } from "./target.ts";

/** Lowers the call of a function, be it of the language, of the file or of another one. */
export function lowerCall(lowerer: Lowerer, node: FunctionCall): ExpressionNode {
  const symbol = lowerer.unit.bindings.uses.get(node);
  const build = new Builder(node);
  if (symbol?.kind === "declared") {
    const name = lowerer.names.declared(lowerer.unit.file.path, symbol.name);
    return build.call(qualified(name), ...argumentsOf(lowerer, node));
  }
  if (symbol?.kind === "imported") {
    const use = { name: symbol.original ?? symbol.name, place: node, args: argumentsOf(lowerer, node) };
    return importedCall(lowerer, symbol.declaration, use);
  }
  return lowerBuiltIn(lowerer, node);
}

/** Lowers `base.name(…)`: a function of a namespace or an imported file, or what is asked of a resource. */
export function lowerInstanceCall(lowerer: Lowerer, node: InstanceCall): ExpressionNode {
  const symbol = lowerer.unit.bindings.uses.get(unwrap(node.base));
  if (symbol?.kind === "wildcard") {
    const use = { name: node.name.name, place: node, args: argumentsOf(lowerer, node) };
    return importedCall(lowerer, symbol.declaration, use);
  }
  if (symbol?.kind === "namespace") return lowerBuiltIn(lowerer, node);
  const target = targetOf(lowerer, node.base, node);
  if (target?.kind === "resource") return lowerResourceCall(lowerer, target, node);
  return lowerBuiltIn(lowerer, node);
}

function argumentsOf(lowerer: Lowerer, node: FunctionCall | InstanceCall): ExpressionNode[] {
  return node.arguments.map(({ value }) => lowerer.expression(value));
}

function lowerBuiltIn(lowerer: Lowerer, node: FunctionCall | InstanceCall): ExpressionNode {
  const build = new Builder(node);
  const [first] = node.arguments;
  if (isForeignScope(lowerer.unit, node)) return build.call("createObject");
  switch (node.name.name) {
    case "any":
      return first === undefined ? build.null() : lowerer.expression(first.value);
    case "nameof":
      return build.text(first === undefined ? "" : nameOf(first.value));
    case "externalInput":
      return build.call("externalInputs", build.text(lowerer.unit.externalInputs.keys.get(node) ?? ""));
    case "readEnvironmentVariable":
      return lowerEnvironmentVariable(lowerer, node);
    default:
      return build.call(node.name.name, ...argumentsOf(lowerer, node));
  }
}

/** The last name in an expression. */
function nameOf(node: Expression): string {
  const inner = unwrap(node);
  switch (inner.kind) {
    case "variable":
    case "property":
    case "nestedResource":
      return inner.name.name;
    case "index":
      return inner.index.kind === "string" ? inner.index.segments.join("") : nameOf(inner.base);
    default:
      return "";
  }
}

type ResourceTarget = Extract<Target, { readonly kind: "resource" }>;

/** `account.listKeys()` and its like. */
function lowerResourceCall(lowerer: Lowerer, target: ResourceTarget, node: InstanceCall): ExpressionNode {
  const { info } = target;
  const build = new Builder(node);
  const { context } = target;
  const given = argumentsOf(lowerer, node);
  if (!info.isAzure) {
    const name = symbolicReference(info.symbol.name, { context, place: node.base });
    return build.call("invokeResourceMethod", name, build.text(node.name.name), build.call("createArray", ...given));
  }
  const asked = lowerer.unit.symbolicNames
    ? symbolicReference(info.symbolicName, { context, place: node.base })
    : resourceId(context?.lowerer ?? lowerer, info, node.base);
  const rest = given.length === 0 ? [build.text(info.apiVersion ?? "")] : given;
  return build.call(node.name.name, asked, ...rest);
}

/** Lowers `x => …`. */
export function lowerLambda(lowerer: Lowerer, node: Lambda): ExpressionNode {
  const build = new Builder(node);
  const names = node.variables.map(({ name }) => new Builder(name).text(name.name));
  return build.call("lambda", ...names, lowerer.expression(node.body));
}
