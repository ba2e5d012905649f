import type { ArmScalar, ArmValue } from "../../../expression/arm-value.ts";
import type { ExpressionNode as Expression } from "../../../expression/ast.ts";
import { lineStartsOf } from "../../../lib/line-starts.ts";

/** A file that template nodes come from. Lines are counted when the first place in it is asked for. */
export class SourceFile {
  /** As reports name it. */
  readonly name: string;
  readonly text: string;
  #lineStarts: readonly number[] | null = null;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text;
  }

  /** The 1-based line and column, in UTF-16 units, of an offset. */
  placeOf(offset: number): { readonly line: number; readonly column: number } {
    this.#lineStarts ??= lineStartsOf(this.text);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}

/** A stretch of a file: UTF-16 offsets, `end` exclusive. Every node is one. */
export interface Located {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** `{ … }`. Names are looked up by their written form; a name that is written twice has its last value. */
export interface ObjectNode extends Located {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, MemberNode>;
}

/** One `name: value`; its own span is that of the name. */
export interface MemberNode extends Located {
  /** As written. In JSON a name that starts with `[` may be an expression. */
  readonly name: string;
  /** The name's expression where the source language has one (`'${x}': …` in Bicep); then `name` is its printed form in brackets. */
  readonly nameExpression?: Expression;
  readonly value: TemplateNode;
}

/** `[ … ]` */
export interface ArrayNode extends Located {
  readonly kind: "array";
  readonly elements: readonly TemplateNode[];
}

/** A plain value, never an expression. `bigint` is an integer, `number` a floating-point value. */
export interface ScalarNode extends Located {
  readonly kind: "scalar";
  readonly value: ArmScalar;
}

/** A text of a JSON template that starts with `[`: an expression, or an escaped or unfinished one. Read when it is needed. */
export interface TextNode extends Located {
  readonly kind: "text";
  readonly text: string;
}

/** An expression that was never a JSON text. */
export interface ExpressionNode extends Located {
  readonly kind: "expression";
  readonly expression: Expression;
}

/** A value that was worked out before, where something was written that gives it. */
export interface ValueNode extends Located {
  readonly kind: "value";
  readonly value: ArmValue;
}

/**
 * A part of a template with the place where it is written: what the JSON reader and the Bicep front end both produce, and what is
 * expanded.
 */
export type TemplateNode = ObjectNode | ArrayNode | ScalarNode | TextNode | ExpressionNode | ValueNode;

/** The member of that name; letter case is ignored where no name matches exactly, as ARM does for its own names. */
export function memberOf(node: TemplateNode | undefined, name: string): MemberNode | undefined {
  if (node?.kind !== "object") return undefined;
  const exact = node.members.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const member of node.members.values()) if (member.name.toLowerCase() === lower) return member;
  return undefined;
}

/** The value of the member of that name. */
export function valueOf(node: TemplateNode | undefined, name: string): TemplateNode | undefined {
  return memberOf(node, name)?.value;
}
