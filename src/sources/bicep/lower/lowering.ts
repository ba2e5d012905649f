import type { ExpressionNode } from "../../../expression/ast.ts";
import type { TemplateNode } from "../../arm/template/node.ts";
import type { BicepSymbol, DeclaredSymbol, LocalSymbol } from "../binder/symbol.ts";
import type { Expression, FunctionCall, InstanceCall, VariableAccess } from "../syntax/ast.ts";
import { endOf } from "../syntax/span.ts";
import { lowerIndex, lowerProperty } from "./access.ts";
import { Builder } from "./build.ts";
import { lowerCall, lowerInstanceCall, lowerLambda } from "./call.ts";
import { loadContent } from "./file-content.ts";
import { loadingFunction } from "./file-variables.ts";
import { resolvedImport } from "./imported-name.ts";
import { loopValue } from "./index-context.ts";
import type { Lowerer } from "./lowerer.ts";
import { inheritedValue } from "./inherited.ts";
import { lowerLoop } from "./loop.ts";
import { relocated, toExpression } from "./nodes.ts";
import { lowerArray, lowerObject } from "./object.ts";
import { lowerBinary, lowerInterpolation, lowerUnary } from "./operator.ts";
import { moduleReference, resourceReference } from "./reference.ts";
import { anyArgument, inlinedValue, isForeignScope, targetOf } from "./target.ts";
import type { FileUnit, LocalReplacements, TemplateNames } from "./unit.ts";

/** Lowers the expressions of one file for the template that `names` belong to. */
export function createLowerer(unit: FileUnit, names: TemplateNames): Lowerer {
  return new ExpressionLowering(unit, names, new Map());
}

class ExpressionLowering implements Lowerer {
  readonly unit: FileUnit;
  readonly names: TemplateNames;
  readonly locals: LocalReplacements;

  constructor(unit: FileUnit, names: TemplateNames, locals: LocalReplacements) {
    this.unit = unit;
    this.names = names;
    this.locals = locals;
  }

  withLocals(locals: LocalReplacements): Lowerer {
    return new ExpressionLowering(this.unit, this.names, locals);
  }

  value(node: Expression): TemplateNode {
    const { budget } = this.unit;
    budget.enter();
    const value = this.#value(node);
    budget.leave();
    return value;
  }

  expression(node: Expression): ExpressionNode {
    const { budget } = this.unit;
    budget.enter();
    const expression = this.#expression(node);
    budget.leave();
    return expression;
  }

  #value(node: Expression): TemplateNode {
    switch (node.kind) {
      case "parenthesized":
        return this.value(node.inner);
      case "nonNull":
        return this.value(node.operand);
      case "object":
        return lowerObject(this, node);
      case "array":
        return lowerArray(this, node);
      default:
        return this.#literal(node) ?? this.#deferred(node) ?? this.#unstructured(node);
    }
  }

  #literal(node: Expression): TemplateNode | undefined {
    const { nodes } = this.unit;
    switch (node.kind) {
      case "integer":
      case "boolean":
        return nodes.scalar(node.value, node);
      case "null":
        return nodes.scalar(null, node);
      case "string":
        return node.holes.length === 0 ? nodes.scalar(node.segments[0] ?? "", node) : undefined;
      case "unary":
        if (node.operator === "!" || node.operand.kind !== "integer") return undefined;
        return nodes.scalar(-node.operand.value, node);
      default:
        return undefined;
    }
  }

  #expression(node: Expression): ExpressionNode {
    switch (node.kind) {
      case "parenthesized":
        return this.expression(node.inner);
      case "nonNull":
        return this.expression(node.operand);
      case "property":
        return lowerProperty(this, node);
      case "binary":
        return lowerBinary(this, node);
      case "unary":
        return lowerUnary(this, node);
      case "ternary":
        return new Builder(node).call(
          "if",
          this.expression(node.condition),
          this.expression(node.whenTrue),
          this.expression(node.whenFalse),
        );
      case "lambda":
        return lowerLambda(this, node);
      case "string":
        return node.holes.length === 0 ? toExpression(this.value(node)) : lowerInterpolation(this, node);
      default:
        return this.#named(node);
    }
  }

  /** Names and calls; and what has structure. */
  #named(node: Expression): ExpressionNode {
    switch (node.kind) {
      case "variable":
      case "nestedResource":
      case "index":
        return this.#target(node) ?? (node.kind === "index" ? lowerIndex(this, node) : this.#name(node));
      case "call":
      case "instanceCall":
        return this.#call(node);
      case "for":
        return lowerLoop(this, node);
      case "skipped":
        return new Builder(node).null(); // refused before
      default:
        return toExpression(this.value(node));
    }
  }

  #call(node: FunctionCall | InstanceCall): ExpressionNode {
    const variable = this.unit.fileVariables.get(node);
    const build = new Builder(node);
    if (variable !== undefined) {
      return build.call("variables", build.text(this.names.declared(this.unit.file.path, variable)));
    }
    const content = this.#content(node);
    if (content !== undefined) {
      return relocated(toExpression(content), { start: node.offset, end: endOf(node) });
    }
    return node.kind === "call" ? lowerCall(this, node) : lowerInstanceCall(this, node);
  }

  #content(node: FunctionCall | InstanceCall): TemplateNode | undefined {
    if (loadingFunction(this.unit, node) === undefined) return undefined;
    const { file, sources, nodes } = this.unit;
    return loadContent({ path: file.path, sources, nodes }, node);
  }

  /** What has the structure of something else: what is handed to `any()`, the value of a variable, the content of a file. */
  #deferred(node: Expression): TemplateNode | undefined {
    if (node.kind === "variable") {
      const symbol = this.unit.bindings.uses.get(node);
      const value = symbol?.kind === "declared" ? inlinedValue(this.unit, symbol) : undefined;
      return value === undefined ? undefined : this.value(value);
    }
    if (node.kind !== "call" && node.kind !== "instanceCall") return undefined;
    const argument = anyArgument(this.unit, node);
    if (argument !== undefined) return this.value(argument);
    if (isForeignScope(this.unit, node)) return this.unit.nodes.object([], node);
    return this.unit.fileVariables.has(node) ? undefined : this.#content(node);
  }

  #unstructured(node: Expression): TemplateNode {
    return this.unit.nodes.expression(this.expression(node), node);
  }

  #target(node: Expression): ExpressionNode | undefined {
    const target = targetOf(this, node, node);
    if (target === undefined) return undefined;
    const { context } = target;
    if (target.kind === "resource") return resourceReference(this, target.info, { context, place: node, full: true });
    return moduleReference(this, target.info, { context, place: node });
  }

  #name(node: Expression): ExpressionNode {
    const symbol = this.unit.bindings.uses.get(node);
    if (node.kind === "variable" && symbol !== undefined) return this.#symbol(node, symbol);
    return new Builder(node).null(); // refused before
  }

  #symbol(node: VariableAccess, symbol: BicepSymbol): ExpressionNode {
    switch (symbol.kind) {
      case "declared":
        return this.#declared(node, symbol);
      case "local":
        return this.#local(node, symbol);
      case "inherited":
        return inheritedValue(symbol, node);
      case "imported":
        return resolvedImport(this, symbol.declaration, { name: symbol.original ?? symbol.name, place: node });
      default:
        return new Builder(node).null(); // refused before
    }
  }

  #declared(node: VariableAccess, symbol: DeclaredSymbol): ExpressionNode {
    const value = inlinedValue(this.unit, symbol);
    if (value !== undefined) return this.expression(value);
    const build = new Builder(node);
    if (symbol.declaration.kind === "variableDeclaration") {
      return build.call("variables", build.text(this.names.declared(this.unit.file.path, symbol.name)));
    }
    if (symbol.declaration.kind === "extension") return build.call("extensions", build.text(symbol.name));
    return build.call("parameters", build.text(symbol.name));
  }

  #local(node: VariableAccess, symbol: LocalSymbol): ExpressionNode {
    const replaced = this.locals.get(symbol);
    if (replaced !== undefined) return replaced;
    const build = new Builder(node);
    if (symbol.scope.kind === "lambda") return build.call("lambdaVariables", build.text(symbol.name));
    if (symbol.scope.kind === "typedLambda") return build.call("parameters", build.text(symbol.name));
    const name = loopName(this, symbol.scope);
    const index = build.call("copyIndex", ...(name === undefined ? [] : [build.text(name)]));
    return loopValue(this, symbol, index);
  }
}

/** The name of the loop that `copyIndex()` is asked for; those of resources, modules and outputs need none. */
function loopName({ unit, names }: Lowerer, loop: Extract<Expression, { kind: "for" }>): string | undefined {
  const parent = unit.bindings.parents.get(loop);
  if (parent?.kind === "variableDeclaration") return names.declared(unit.file.path, parent.name.name);
  if (parent?.kind !== "member") return undefined;
  return parent.key.kind === "identifier"
    ? parent.key.name
    : parent.key.kind === "string"
      ? parent.key.segments[0]
      : undefined;
}
