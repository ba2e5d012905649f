import { ExpressionFailure } from "./failure.ts";
import type { Span } from "./ast.ts";

/** ARM's own names of its tokens: its error messages print them. */
export type TokenKind =
  | "Identifier"
  | "Literal"
  | "Integer"
  | "Dot"
  | "Comma"
  | "LeftParenthesis"
  | "RightParenthesis"
  | "LeftSquareBracket"
  | "RightSquareBracket"
  | "EndOfData";

export interface Token {
  readonly kind: TokenKind;
  /** A literal's text without quotes and doubling, else as written. */
  readonly text: string;
  readonly span: Span;
}

const PUNCTUATION: ReadonlyMap<string, TokenKind> = new Map([
  [".", "Dot"],
  [",", "Comma"],
  ["(", "LeftParenthesis"],
  [")", "RightParenthesis"],
  ["[", "LeftSquareBracket"],
  ["]", "RightSquareBracket"],
]);

/* What .NET takes for white space; JavaScript's \s counts U+FEFF as well and leaves out U+0085. */
const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
/* One UTF-16 unit at a time, as in ARM: letters beyond the basic plane are no letters. */
const IDENTIFIER_START = /[\p{L}_$]/u;
const IDENTIFIER_PART = /[\p{L}\p{Nd}_$]/u;
const DIGIT = /\p{Nd}/u;
const SIGN_OR_DIGIT = /[+\-\p{Nd}]/u;

/**
 * Splits the expression `source` (without its outer brackets) into tokens, one at a time.
 *
 * @throws ExpressionFailure syntax, where a character cannot start or continue a token
 */
export class Lexer {
  readonly #source: string;
  readonly base: number;
  #at = 0;

  /** @param base what to add to offsets within `source` to get offsets within the whole text */
  constructor(source: string, base: number) {
    this.#source = source;
    this.base = base;
  }

  /** The next token; `EndOfData` again and again once the text is used up. */
  next(): Token {
    while (this.#at < this.#source.length && WHITE_SPACE.test(this.#character())) this.#at += 1;
    const start = this.#at;
    const first = this.#character();
    if (first === "") return this.#token("EndOfData", start);
    const punctuation = PUNCTUATION.get(first);
    if (punctuation !== undefined) {
      this.#at += 1;
      return this.#token(punctuation, start);
    }
    if (first === "'") return this.#literal(start);
    if (IDENTIFIER_START.test(first)) return this.#identifier(start);
    if (SIGN_OR_DIGIT.test(first)) return this.#integer(start);
    throw this.#unexpected();
  }

  #identifier(start: number): Token {
    this.#skip(IDENTIFIER_PART);
    return this.#token("Identifier", start);
  }

  #literal(start: number): Token {
    for (let from = start + 1; ;) {
      const quote = this.#source.indexOf("'", from);
      if (quote < 0) throw this.#unterminated(start);
      if (this.#source[quote + 1] !== "'") {
        this.#at = quote + 1;
        return { ...this.#token("Literal", start), text: this.#source.slice(start + 1, quote).replaceAll("''", "'") };
      }
      from = quote + 2;
    }
  }

  #integer(start: number): Token {
    this.#at += 1;
    this.#skip(DIGIT);
    const next = this.#character();
    if (next === "." || next === "e" || next === "E") {
      const where = `'${this.#source}' at position '${start}'`;
      throw this.#failure(
        `The language expression ${where} is not valid: float point numbers are not supported.`,
        start,
      );
    }
    if (next !== "" && IDENTIFIER_PART.test(next)) throw this.#unexpected();
    return this.#token("Integer", start);
  }

  #skip(pattern: RegExp): void {
    while (this.#at < this.#source.length && pattern.test(this.#character())) this.#at += 1;
  }

  #character(): string {
    return this.#source.charAt(this.#at);
  }

  #token(kind: TokenKind, start: number): Token {
    const span = { start: this.base + start, end: this.base + this.#at };
    return { kind, text: this.#source.slice(start, this.#at), span };
  }

  #unexpected(): ExpressionFailure {
    const fact = `the string character '${this.#character()}' at position '${this.#at}' is not expected.`;
    return this.#failure(`The language expression '${this.#source}' is not valid: ${fact}`, this.#at);
  }

  #unterminated(start: number): ExpressionFailure {
    const fact =
      `the string constant at position '${start}' is not terminated. ` +
      "String constants must be enclosed within a pair of single quotes.";
    return this.#failure(`The language expression '${this.#source}' is not valid: ${fact}`, start);
  }

  #failure(message: string, start: number): ExpressionFailure {
    const end = Math.max(this.#at, start + 1);
    return new ExpressionFailure("syntax", message, { start: this.base + start, end: this.base + end });
  }
}
