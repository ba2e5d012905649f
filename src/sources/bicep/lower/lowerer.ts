import type { ExpressionNode } from "../../../expression/ast.ts";
import type { TemplateNode } from "../../arm/template/node.ts";
import type { Expression } from "../syntax/ast.ts";
import type { FileUnit, LocalReplacements, TemplateNames } from "./unit.ts";

/**
 * Lowers the expressions of one file. It ties the parts together that call each other.
 */
export interface Lowerer {
  readonly unit: FileUnit;
  readonly names: TemplateNames;
  readonly locals: LocalReplacements;
  /** What `node` is as an expression of the template language. */
  expression(node: Expression): ExpressionNode;
  /** What `node` is as a part of a template: objects and arrays stay such, literals are plain values. */
  value(node: Expression): TemplateNode;
  /** The same with other things in the place of variables of loops. */
  withLocals(locals: LocalReplacements): Lowerer;
}

/** One of the resources or modules of a loop. */
export interface IndexContext {
  /** Lowers what is written in the loop as if it stood outside of it. */
  readonly lowerer: Lowerer;
  readonly index: ExpressionNode;
}
