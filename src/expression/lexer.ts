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

const PUNCTUATION: Readonly<Record<string, TokenKind>> = {
  ".": "Dot",
  ",": "Comma",
  "(": "LeftParenthesis",
  ")": "RightParenthesis",
  "[": "LeftSquareBracket",
  "]": "RightSquareBracket",
};

const QUOTE = 0x27;
/* What .NET takes for white space; JavaScript's \s counts U+FEFF as well and leaves out U+0085. */
const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
/* One UTF-16 unit at a time, as in ARM: letters beyond the basic plane are no letters. */
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

function isWhiteSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return WHITE_SPACE.test(String.fromCharCode(unit));
}

function isIdentifierStart(unit: number): boolean {
  if (unit >= 0x80) return LETTER.test(String.fromCharCode(unit));
  const letter = unit | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || unit === 0x5f || unit === 0x24;
}

function isDigit(unit: number): boolean {
  return unit < 0x80 ? unit >= 0x30 && unit <= 0x39 : DIGIT.test(String.fromCharCode(unit));
}

function isIdentifierPart(unit: number): boolean {
  return isIdentifierStart(unit) || isDigit(unit);
}

function isSign(unit: number): boolean {
  return unit === 0x2b || unit === 0x2d;
}

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
    this.#skip(isWhiteSpace);
    const start = this.#at;
    if (start >= this.#source.length) return this.#token("EndOfData", start);
    const unit = this.#source.charCodeAt(start);
    if (unit === QUOTE) return this.#literal(start);
    if (isIdentifierStart(unit)) {
      this.#skip(isIdentifierPart);
      return this.#token("Identifier", start);
    }
    const punctuation = PUNCTUATION[this.#source.charAt(start)];
    if (punctuation !== undefined) {
      this.#at += 1;
      return this.#token(punctuation, start);
    }
    if (isDigit(unit) || isSign(unit)) return this.#integer(start);
    throw this.#unexpected();
  }

  #literal(start: number): Token {
    let doubled = false;
    let quote = this.#source.indexOf("'", start + 1);
    while (quote >= 0 && this.#source.charCodeAt(quote + 1) === QUOTE) {
      doubled = true;
      quote = this.#source.indexOf("'", quote + 2);
    }
    if (quote < 0) throw this.#unterminated(start);
    this.#at = quote + 1;
    const text = this.#source.slice(start + 1, quote);
    const span = { start: this.base + start, end: this.base + this.#at };
    return { kind: "Literal", text: doubled ? text.replaceAll("''", "'") : text, span };
  }

  #integer(start: number): Token {
    this.#at += 1;
    this.#skip(isDigit);
    const next = this.#source.charAt(this.#at);
    if (next === "." || next === "e" || next === "E") {
      const where = `'${this.#source}' at position '${start}'`;
      throw this.#failure(
        `The language expression ${where} is not valid: float point numbers are not supported.`,
        start,
      );
    }
    if (next !== "" && isIdentifierPart(next.charCodeAt(0))) throw this.#unexpected();
    return this.#token("Integer", start);
  }

  #skip(belongs: (unit: number) => boolean): void {
    let at = this.#at;
    while (at < this.#source.length && belongs(this.#source.charCodeAt(at))) at += 1;
    this.#at = at;
  }

  #token(kind: TokenKind, start: number): Token {
    const span = { start: this.base + start, end: this.base + this.#at };
    return { kind, text: this.#source.slice(start, this.#at), span };
  }

  #unexpected(): ExpressionFailure {
    const fact = `the string character '${this.#source.charAt(this.#at)}' at position '${this.#at}' is not expected.`;
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
