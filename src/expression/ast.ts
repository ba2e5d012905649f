/** Where a node stands in the text that was parsed: UTF-16 offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text between single quotes; `value` has its doubled quotes undone. */
export interface TextNode {
  readonly kind: "text";
  readonly value: string;
  readonly span: Span;
}

/** A whole number within 64 bits. */
export interface IntegerNode {
  readonly kind: "integer";
  readonly value: bigint;
  readonly span: Span;
}

/** `name(…)`, or `namespace.name(…)` for a function that the template defines. */
export interface CallNode {
  readonly kind: "call";
  /** As written. */
  readonly name: string;
  /** The name under which the function is looked up: letter case folded. */
  readonly key: string;
  readonly args: readonly ExpressionNode[];
  readonly span: Span;
}

/** `target.name`, and `target['name']` as well: they mean the same. */
export interface MemberNode {
  readonly kind: "member";
  readonly target: ExpressionNode;
  readonly name: string;
  readonly span: Span;
}

/** `target[index]` */
export interface IndexNode {
  readonly kind: "index";
  readonly target: ExpressionNode;
  readonly index: ExpressionNode;
  readonly span: Span;
}

/**
 * An expression of the template language.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions
 */
export type ExpressionNode = TextNode | IntegerNode | CallNode | MemberNode | IndexNode;
