import { isLineBreak, type Scanner } from "./scanner.ts";
import type { TokenType } from "./token.ts";

const QUOTES = "'''";
const HOLE = "${";
const MAX_CODE_POINT = 0x10ffff;

/**
 * How the string around a hole is written: with how many dollar signs its holes open (`$$'''…$${x}…'''` has two). 0 stands for a
 * string of one line, whose holes open with one.
 */
export type StringForm = number;

/** A piece of a string with its value; `undefined` when it is malformed. */
export interface StringPiece {
  readonly type: TokenType;
  readonly value: string | undefined;
}

interface Escape {
  readonly valid: boolean;
  readonly text: string;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  "\\": "\\",
  "'": "'",
  $: "$",
};

/**
 * Scans a piece of a one-line string, from behind its opening quote or the brace that ends a hole.
 *
 * @param start where the token starts, for diagnostics
 * @param isFirst whether the piece opens the string
 */
export function scanLinePiece(scanner: Scanner, start: number, isFirst: boolean): StringPiece {
  const last: TokenType = isFirst ? "stringComplete" : "stringRight";
  const value = scanLineText(scanner, start);
  if (scanner.atEnd || isLineBreak(scanner.peek())) {
    scanner.report(scanner.atEnd ? "BCP003" : "BCP004", scanner.since(start));
    return { type: last, value: undefined };
  }
  const isLast = scanner.peek() === "'";
  scanner.offset += isLast ? 1 : HOLE.length;
  return { type: isLast ? last : isFirst ? "stringLeft" : "stringMiddle", value };
}

/** The text up to a quote, a hole, or the end of the line; `undefined` with a faulty escape in it. */
function scanLineText(scanner: Scanner, start: number): string | undefined {
  let value = "";
  let valid = true;
  while (!scanner.atEnd && !isLineBreak(scanner.peek()) && scanner.peek() !== "'" && !scanner.startsWith(HOLE)) {
    if (scanner.peek() === "\\") {
      const escape = scanEscape(scanner, start);
      valid &&= escape.valid;
      value += escape.text;
    } else {
      value += scanner.peek();
      scanner.offset += 1;
    }
  }
  return valid ? value : undefined;
}

function scanEscape(scanner: Scanner, start: number): Escape {
  const begin = scanner.offset;
  scanner.offset += 1;
  if (scanner.atEnd) {
    scanner.report("BCP005", scanner.since(start));
    return { valid: false, text: "" };
  }
  const character = scanner.peek();
  scanner.offset += 1;
  if (character === "u") return scanUnicodeEscape(scanner, begin);
  const text = Object.hasOwn(SIMPLE_ESCAPES, character) ? SIMPLE_ESCAPES[character] : undefined;
  if (text !== undefined) return { valid: true, text };
  scanner.report("BCP006", scanner.since(begin));
  return { valid: false, text: "" };
}

function scanUnicodeEscape(scanner: Scanner, begin: number): Escape {
  if (scanner.peek() === "{") {
    scanner.offset += 1;
    const digits = scanner.offset;
    scanner.skipWhile((character) => /[0-9a-fA-F]/u.test(character));
    const codePoint = Number.parseInt(scanner.text.slice(digits, scanner.offset), 16);
    if (scanner.peek() === "}" && scanner.offset > digits) {
      scanner.offset += 1;
      if (codePoint <= MAX_CODE_POINT) return { valid: true, text: String.fromCodePoint(codePoint) };
    }
  }
  if (!scanner.atEnd) scanner.report("BCP133", scanner.since(begin));
  return { valid: false, text: "" };
}

/** Scans a multi-line string without holes, from behind its opening quotes. It ends with the last of the closing quotes. */
export function scanVerbatim(scanner: Scanner, start: number): StringPiece {
  const content = scanner.offset;
  const close = scanner.text.indexOf(QUOTES, content);
  if (close < 0) return unterminated(scanner, start, "stringComplete");
  const end = closeQuotes(scanner, close);
  return { type: "stringComplete", value: withoutFirstLineBreak(scanner.text.slice(content, end)) };
}

/**
 * Scans a piece of a multi-line string with holes, from behind its opening quotes or the brace that ends a hole. Such strings
 * know no escapes; a line break right behind the opening quotes does not count.
 *
 * @param form how many dollar signs open a hole, and whether the piece opens the string
 */
export function scanVerbatimPiece(
  scanner: Scanner,
  start: number,
  form: { readonly dollars: StringForm; readonly isFirst: boolean },
): StringPiece {
  const content = scanner.offset;
  const valueOf = (end: number): string => {
    const value = scanner.text.slice(content, end);
    return form.isFirst ? withoutFirstLineBreak(value) : value;
  };
  let dollars = 0;
  for (; !scanner.atEnd; scanner.offset += 1) {
    const character = scanner.peek();
    if (character === "{" && dollars >= form.dollars) {
      const end = scanner.offset - form.dollars;
      scanner.offset += 1;
      return { type: form.isFirst ? "stringLeft" : "stringMiddle", value: valueOf(end) };
    }
    if (character === "'" && scanner.startsWith(QUOTES)) {
      const end = closeQuotes(scanner, scanner.offset);
      return { type: form.isFirst ? "stringComplete" : "stringRight", value: valueOf(end) };
    }
    dollars = character === "$" ? dollars + 1 : 0;
  }
  return unterminated(scanner, start, form.isFirst ? "stringComplete" : "stringRight");
}

/** Moves behind the closing quotes and gives back where the content ends; more than three quotes belong to the content. */
function closeQuotes(scanner: Scanner, close: number): number {
  scanner.offset = close + QUOTES.length;
  scanner.skipWhile((character) => character === "'");
  return scanner.offset - QUOTES.length;
}

function unterminated(scanner: Scanner, start: number, type: TokenType): StringPiece {
  scanner.offset = scanner.text.length;
  scanner.report("BCP140", scanner.since(start));
  return { type, value: undefined };
}

function withoutFirstLineBreak(content: string): string {
  if (content.startsWith("\r\n")) return content.slice(2);
  return content.startsWith("\n") || content.startsWith("\r") ? content.slice(1) : content;
}
