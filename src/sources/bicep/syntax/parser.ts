import type { Element, Expression, TypeExpression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/** What an expression may hold where it stands. */
export interface ExpressionContext {
  /** Array and object literals; not within the hole of a string. */
  readonly literals: boolean;
  /** Nested resource declarations in an object; only in the body of a resource. */
  readonly resources: boolean;
}

/** Any expression. */
export const VALUE: ExpressionContext = { literals: true, resources: false };

/** An expression without array and object literals. */
export const SCALAR: ExpressionContext = { literals: false, resources: false };

/** The body of a resource. */
export const RESOURCE_BODY: ExpressionContext = { literals: true, resources: true };

/** The rules of the grammar that call each other across files, and the position they read from. */
export interface Parser {
  readonly cursor: Cursor;
  readonly expression: (context: ExpressionContext) => Expression;
  readonly type: () => TypeExpression;
  /** A nested resource with its decorators; anything else becomes `skipped`. */
  readonly nestedResource: () => Element;
}
