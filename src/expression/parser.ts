import type { ExpressionNode, Span } from "./ast.ts";
import { type ExpressionError, ExpressionFailure } from "./failure.ts";
import { Lexer, type Token, type TokenKind } from "./lexer.ts";
import { foldName } from "./dotnet/casing.ts";
import { MAX_EXPRESSION_LENGTH, MAX_NESTING } from "./limits.ts";

/** A template text, read: either the text it stands for, or an expression, or the reason why it is neither. */
export type ParsedText =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "expression"; readonly node: ExpressionNode }
  | { readonly kind: "invalid"; readonly error: ExpressionError }
  /** Nested deeper than `limits.ts` allows. */
  | { readonly kind: "too-deep" };

const MAX_QUOTED_LENGTH = 500;
const MIN_INTEGER = -(2n ** 63n);
const MAX_INTEGER = 2n ** 63n - 1n;

/** Whether a template text is anything but itself: it starts with `[`. The others need no look at all. */
export function mayBeExpression(text: string): boolean {
  return text.charCodeAt(0) === 0x5b;
}

/**
 * Reads a template text. It is an expression only when it starts with `[` and ends with `]`; `[[` at the start of such a text stands
 * for one `[`. Spans count from the start of `text`, brackets included.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions#escape-characters
 * @example parseText("[[x]") // { kind: "literal", text: "[x]" }
 */
export function parseText(text: string): ParsedText {
  if (!mayBeExpression(text) || !text.endsWith("]")) return { kind: "literal", text };
  if (text.startsWith("[[")) return { kind: "literal", text: text.slice(1) };
  return parseExpression(text.slice(1, -1), 1);
}

/**
 * Reads an expression that stands alone, without brackets.
 *
 * @param base what to add to its offsets to get those of the text around it
 */
export function parseExpression(source: string, base = 0): ParsedText {
  try {
    return { kind: "expression", node: new Parser(source, base).parse() };
  } catch (failure) {
    if (failure instanceof ExpressionFailure) return { kind: "invalid", error: failure.toError() };
    if (failure instanceof TooDeep) return { kind: "too-deep" };
    throw failure;
  }
}

class TooDeep extends Error {}

class Parser {
  readonly #source: string;
  readonly #lexer: Lexer;
  #token: Token;
  #previousEnd = 0;
  #depth = 0;

  constructor(source: string, base: number) {
    if (source.length + 2 > MAX_EXPRESSION_LENGTH) {
      const fact = `Limit: '${MAX_EXPRESSION_LENGTH}' and actual: '${source.length}'.`;
      const span = { start: base, end: base + source.length };
      throw new ExpressionFailure("syntax", `The language expression length limit exceeded. ${fact}`, span);
    }
    this.#source = source;
    this.#lexer = new Lexer(source, base);
    this.#token = this.#lexer.next();
  }

  parse(): ExpressionNode {
    const node = this.#expression();
    this.#expect("EndOfData");
    return node;
  }

  #expression(): ExpressionNode {
    const token = this.#token;
    if (token.kind === "Literal") {
      this.#advance();
      return { kind: "text", value: token.text, span: token.span };
    }
    if (token.kind === "Integer") {
      this.#advance();
      return { kind: "integer", value: this.#integer(token), span: token.span };
    }
    this.#depth += 1;
    if (this.#depth > MAX_NESTING) throw new TooDeep();
    const node = this.#access(this.#call());
    this.#depth -= 1;
    return node;
  }

  #call(): ExpressionNode {
    const start = this.#token.span.start;
    let name = this.#expect("Identifier").text;
    if (this.#token.kind === "Dot") {
      this.#advance();
      name += `.${this.#expect("Identifier").text}`;
    }
    this.#expect("LeftParenthesis");
    const args: ExpressionNode[] = [];
    if (this.#token.kind !== "RightParenthesis") {
      args.push(this.#expression());
      while (this.#token.kind === "Comma") {
        this.#advance();
        args.push(this.#expression());
      }
    }
    this.#expect("RightParenthesis");
    return { kind: "call", name, key: foldName(name), args, span: this.#spanFrom(start) };
  }

  #access(call: ExpressionNode): ExpressionNode {
    let node = call;
    const start = call.span.start;
    for (let steps = 0; ; steps += 1) {
      if (steps > MAX_NESTING) throw new TooDeep();
      if (this.#token.kind === "Dot") {
        this.#advance();
        const name = this.#expect("Identifier").text;
        node = { kind: "member", target: node, name, span: this.#spanFrom(start) };
      } else if (this.#token.kind === "LeftSquareBracket") {
        this.#advance();
        const index = this.#expression();
        this.#expect("RightSquareBracket");
        const span = this.#spanFrom(start);
        node =
          index.kind === "text"
            ? { kind: "member", target: node, name: index.value, span }
            : { kind: "index", target: node, index, span };
      } else {
        return node;
      }
    }
  }

  #integer(token: Token): bigint {
    const value = /^[+-]?[0-9]+$/.test(token.text) ? BigInt(token.text.replace("+", "")) : null;
    if (value !== null && value >= MIN_INTEGER && value <= MAX_INTEGER) return value;
    const position = token.span.start - this.#lexer.base;
    const fact = `the value '${token.text}' at position '${position}' cannot be converted to number.`;
    throw new ExpressionFailure(
      "syntax",
      `The language expression '${shortened(this.#source)}' is not valid: ${fact}`,
      token.span,
    );
  }

  #expect(kind: TokenKind): Token {
    const token = this.#token;
    if (token.kind !== kind) {
      const fact = `expected token '${kind}' and actual '${token.kind}'.`;
      throw new ExpressionFailure(
        "syntax",
        `Unable to parse language expression '${shortened(this.#source)}': ${fact}`,
        token.span,
      );
    }
    this.#advance();
    return token;
  }

  #advance(): void {
    this.#previousEnd = this.#token.span.end;
    this.#token = this.#lexer.next();
  }

  #spanFrom(start: number): Span {
    return { start, end: this.#previousEnd };
  }
}

/** `source` as error messages quote it. */
function shortened(source: string): string {
  return source.length > MAX_QUOTED_LENGTH ? `${source.slice(0, MAX_QUOTED_LENGTH)}…` : source;
}
