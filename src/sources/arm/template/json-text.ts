import { GateError } from "../../../diagnostics/gate-error.ts";
import type { ArmScalar } from "../../../expression/arm-value.ts";
import type { SourceFile } from "./node.ts";

const DOUBLE_QUOTE = 0x22;
const SINGLE_QUOTE = 0x27;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const BYTE_ORDER_MARK = 0xfeff;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?<fraction>(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
const WORD = /[A-Za-z]+/y;
const WORDS: ReadonlyMap<string, ArmScalar> = new Map<string, ArmScalar>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["/", "/"],
]);
const HEXADECIMAL = /^[0-9a-fA-F]{4}$/;

/** The text of a JSON document with a position in it: reads texts and literals, skips white space and comments. */
export class JsonText {
  at = 0;
  readonly #file: SourceFile;
  readonly #text: string;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#text = file.text;
    if (this.#text.charCodeAt(0) === BYTE_ORDER_MARK) this.at = 1;
  }

  /** The next unit that is neither white space nor comment, and moves to it; -1 at the end. */
  peek(): number {
    const text = this.#text;
    for (;;) {
      const unit = text.charCodeAt(this.at);
      if (unit === SLASH) this.#skipComment();
      else if (unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0) this.at += 1;
      else return this.at < text.length ? unit : -1;
    }
  }

  skipUnit(): void {
    this.at += 1;
  }

  isQuote(unit: number): boolean {
    return unit === DOUBLE_QUOTE || unit === SINGLE_QUOTE;
  }

  /** The text that starts here, its escapes undone. */
  string(): string {
    const start = this.at + 1;
    const quote = this.#text.charAt(this.at);
    const end = this.#text.indexOf(quote, start);
    if (end < 0) this.refuse("a text that does not end");
    const plain = this.#text.slice(start, end);
    if (plain.includes("\\")) return this.#escaped(start, quote.charCodeAt(0));
    this.at = end + 1;
    return plain;
  }

  /** The number, `true`, `false` or `null` that starts here. */
  literal(): ArmScalar {
    NUMBER.lastIndex = this.at;
    const number = NUMBER.exec(this.#text);
    if (number !== null) {
      this.at += number[0].length;
      return number.groups?.["fraction"] === "" ? BigInt(number[0]) : Number(number[0]);
    }
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.#text)?.[0] ?? "";
    const value = WORDS.get(word);
    if (value === undefined) this.refuse(this.at >= this.#text.length ? "it ends too early" : "expected a value");
    this.at += word.length;
    return value;
  }

  /** @throws GateError SOURCE_NOT_JSON always */
  refuse(what: string): never {
    const { line, column } = this.#file.placeOf(Math.min(this.at, this.#text.length));
    throw new GateError(
      "SOURCE_NOT_JSON",
      `${this.#file.name} is not valid JSON (line ${line}, column ${column}): ${what}`,
    );
  }

  #skipComment(): void {
    const kind = this.#text.charAt(this.at + 1);
    if (kind === "/") {
      this.at = this.#lineEnd();
      return;
    }
    if (kind !== "*") this.refuse("expected a comment");
    const end = this.#text.indexOf("*/", this.at + 2);
    if (end < 0) this.refuse("a comment that does not end");
    this.at = end + 2;
  }

  #lineEnd(): number {
    let end = this.at;
    while (end < this.#text.length && this.#text.charCodeAt(end) !== 0x0a && this.#text.charCodeAt(end) !== 0x0d)
      end += 1;
    return end;
  }

  #escaped(start: number, quote: number): string {
    const text = this.#text;
    const parts: string[] = [];
    let from = start;
    for (let at = start; ;) {
      const unit = text.charCodeAt(at);
      if (Number.isNaN(unit)) this.refuse("a text that does not end");
      if (unit === quote) {
        parts.push(text.slice(from, at));
        this.at = at + 1;
        return parts.join("");
      }
      if (unit === BACKSLASH) {
        parts.push(text.slice(from, at), this.#escape(at));
        at += text.charAt(at + 1) === "u" ? 6 : 2;
        from = at;
      } else at += 1;
    }
  }

  #escape(at: number): string {
    const kind = this.#text.charAt(at + 1);
    if (kind === "u") {
      const digits = this.#text.slice(at + 2, at + 6);
      if (HEXADECIMAL.test(digits)) return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain = ESCAPES.get(kind);
    if (plain !== undefined) return plain;
    this.at = at;
    return this.refuse("an escape that JSON does not have");
  }
}
