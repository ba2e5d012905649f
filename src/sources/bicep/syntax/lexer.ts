import { isBlank, isDigit, isIdentifierPart, isIdentifierStart, isLineBreak, Scanner } from "./scanner.ts";
import { scanLinePiece, scanVerbatim, scanVerbatimPiece, type StringForm, type StringPiece } from "./string-scanner.ts";
import type { Comment, Directive, LexedFile, Punctuation, Token, TokenType } from "./token.ts";

/** @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/file#bicep-format (limits of the compiler) */
const MAX_IDENTIFIER_LENGTH = 255;
const BYTE_ORDER_MARK = "\uFEFF";
const LONGEST_PUNCTUATION = 3;

const PUNCTUATION: ReadonlySet<string> = new Set<Punctuation>([
  ...([
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "@",
    ",",
    ".",
    "...",
    "?",
    "??",
    ":",
    "::",
    ";",
    "+",
    "-",
    "*",
    "/",
    "%",
  ] as const),
  ...(["!", "!=", "!~", "<", "<=", ">", ">=", "=", "==", "=~", "=>", "&&", "||", "|", "^"] as const),
]);

const DIRECTIVES = ["disable-next-line", "disable-diagnostics", "restore-diagnostics"] as const;

/** What an open brace belongs to: an object within a hole, or the hole of a string. */
type OpenBrace = "object" | StringForm;

interface Scanned {
  readonly type: TokenType;
  readonly value?: string | undefined;
}

/**
 * Cuts a Bicep file into tokens. Never fails: what is not a token becomes `unrecognized` with a diagnostic, and the tokens'
 * text with what precedes it is always the whole file.
 */
export function lex(text: string): LexedFile {
  return new Lexer(text).run();
}

class Lexer {
  readonly #scanner: Scanner;
  readonly #tokens: Token[] = [];
  readonly #comments: Comment[] = [];
  readonly #directives: Directive[] = [];
  /** Braces open around the reading position, as far back as the outermost hole. */
  #braces: OpenBrace[] = [];
  /** Up to where dollar signs are known not to open a string, so that a long run of them is looked at once. */
  #plainDollarsEnd = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  run(): LexedFile {
    const scanner = this.#scanner;
    let previousEnd = 0;
    if (scanner.peek() === BYTE_ORDER_MARK) scanner.offset += 1;
    for (let type: TokenType | undefined; type !== "endOfFile";) {
      this.#skipTrivia();
      const offset = scanner.offset;
      const scanned = this.#scanToken(offset);
      type = scanned.type;
      const text = scanner.text.slice(offset, scanner.offset);
      if (type === "unrecognized") scanner.report(text === '"' ? "BCP103" : "BCP001", scanner.since(offset), text);
      const leading = scanner.text.slice(previousEnd, offset);
      this.#tokens.push({ kind: "token", offset, length: text.length, text, leading, ...scanned });
      previousEnd = scanner.offset;
    }
    return {
      tokens: this.#tokens,
      comments: this.#comments,
      directives: this.#directives,
      diagnostics: scanner.diagnostics,
    };
  }

  #skipTrivia(): void {
    const scanner = this.#scanner;
    for (;;) {
      scanner.skipWhile(isBlank);
      if (scanner.startsWith("//")) this.#skipComment();
      else if (scanner.startsWith("/*")) this.#skipBlockComment();
      else if (scanner.peek() !== "#" || !this.#skipDirective()) return;
    }
  }

  #skipComment(): void {
    const start = this.#scanner.offset;
    this.#scanner.skipWhile((character) => !isLineBreak(character));
    this.#addComment(start);
  }

  #skipBlockComment(): void {
    const scanner = this.#scanner;
    const start = scanner.offset;
    const close = scanner.text.indexOf("*/", start + 2);
    scanner.offset = close < 0 ? scanner.text.length : close + 2;
    if (close < 0) scanner.report("BCP002", scanner.since(start));
    this.#addComment(start);
  }

  #addComment(start: number): void {
    const span = this.#scanner.since(start);
    this.#comments.push({ ...span, text: this.#scanner.text.slice(start, this.#scanner.offset) });
  }

  /** A directive stands first on its line; anything else that starts with `#` is not a token. */
  #skipDirective(): boolean {
    const scanner = this.#scanner;
    const start = scanner.offset;
    const name = DIRECTIVES.find((candidate) => scanner.text.startsWith(candidate, start + 1));
    if (name === undefined || !this.#isFirstOnLine(start)) return false;
    scanner.offset += name.length + 1;
    const codes: string[] = [];
    let end = scanner.offset;
    for (;;) {
      scanner.skipWhile(isBlank);
      const begin = scanner.offset;
      scanner.skipWhile((character) => isIdentifierPart(character) || character === "-");
      if (scanner.offset === begin) break;
      codes.push(scanner.text.slice(begin, scanner.offset));
      end = scanner.offset;
    }
    if (codes.length === 0) scanner.report("BCP226", { offset: scanner.offset, length: 0 });
    this.#directives.push({ name, codes, offset: start, length: end - start });
    return true;
  }

  #isFirstOnLine(offset: number): boolean {
    let start = offset;
    while (start > 0 && isBlank(this.#scanner.text.charAt(start - 1))) start -= 1;
    return start === 0 || isLineBreak(this.#scanner.text.charAt(start - 1)) || this.#startsBehindMark(start);
  }

  #startsBehindMark(start: number): boolean {
    return start === 1 && this.#scanner.text.startsWith(BYTE_ORDER_MARK);
  }

  #scanToken(start: number): Scanned {
    const scanner = this.#scanner;
    if (scanner.atEnd) return { type: "endOfFile" };
    const character = scanner.peek();
    if (isLineBreak(character)) return this.#scanLineBreak();
    if (isIdentifierStart(character)) return this.#scanIdentifier(start);
    if (isDigit(character)) {
      scanner.skipWhile(isDigit);
      return { type: "integer" };
    }
    if (character === "'") return this.#scanString(start);
    if (character === "$") return this.#scanDollars(start);
    if (character === "}" && typeof this.#braces.at(-1) === "number") return this.#scanHoleEnd(start);
    return this.#scanPunctuation();
  }

  /** Line breaks that follow each other directly are one token. Within a hole, a line break ends the string. */
  #scanLineBreak(): Scanned {
    const scanner = this.#scanner;
    if (this.#braces.length === 0) {
      scanner.skipWhile(isLineBreak);
      return { type: "newLine" };
    }
    scanner.report("BCP004", { offset: scanner.offset, length: 0 });
    this.#braces = [];
    return { type: "stringRight", value: undefined };
  }

  #scanIdentifier(start: number): Scanned {
    const scanner = this.#scanner;
    scanner.skipWhile(isIdentifierPart);
    const text = scanner.text.slice(start, scanner.offset);
    if (text === "true" || text === "false" || text === "null") return { type: text };
    if (text.length > MAX_IDENTIFIER_LENGTH) scanner.report("BCP024", scanner.since(start));
    return { type: "identifier" };
  }

  #scanString(start: number): Scanned {
    if (this.#scanner.startsWith("'''")) {
      this.#scanner.offset += 3;
      return scanVerbatim(this.#scanner, start);
    }
    this.#scanner.offset += 1;
    return this.#opened(scanLinePiece(this.#scanner, start, true), 0);
  }

  /** Dollar signs directly before triple quotes open an interpolated multi-line string; any other is not a token. */
  #scanDollars(start: number): Scanned {
    const scanner = this.#scanner;
    if (start < this.#plainDollarsEnd) return this.#unrecognized(start);
    scanner.skipWhile((character) => character === "$");
    const dollars = scanner.offset - start;
    if (!scanner.startsWith("'''")) {
      this.#plainDollarsEnd = scanner.offset;
      return this.#unrecognized(start);
    }
    scanner.offset += 3;
    return this.#opened(scanVerbatimPiece(scanner, start, { dollars, isFirst: true }), dollars);
  }

  #opened(piece: StringPiece, form: StringForm): Scanned {
    if (piece.type === "stringLeft") this.#braces.push(form);
    return piece;
  }

  #scanHoleEnd(start: number): Scanned {
    const form = Number(this.#braces.at(-1));
    this.#scanner.offset += 1;
    const piece =
      form === 0
        ? scanLinePiece(this.#scanner, start, false)
        : scanVerbatimPiece(this.#scanner, start, { dollars: form, isFirst: false });
    if (piece.type === "stringRight") this.#braces.pop();
    return piece;
  }

  #scanPunctuation(): Scanned {
    const scanner = this.#scanner;
    for (let length = LONGEST_PUNCTUATION; length > 0; length -= 1) {
      const text = scanner.text.slice(scanner.offset, scanner.offset + length);
      if (text.length === length && isPunctuation(text)) {
        scanner.offset += length;
        this.#trackBrace(text);
        return { type: text };
      }
    }
    return this.#unrecognized(scanner.offset);
  }

  #unrecognized(start: number): Scanned {
    this.#scanner.offset = start + 1;
    return { type: "unrecognized" };
  }

  #trackBrace(text: Punctuation): void {
    if (text === "{" && this.#braces.length > 0) this.#braces.push("object");
  }
}

function isPunctuation(text: string): text is Punctuation {
  return PUNCTUATION.has(text);
}
