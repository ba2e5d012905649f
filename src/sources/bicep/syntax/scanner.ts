import type { Diagnostic } from "../diagnostic.ts";
import { syntaxDiagnostic, type SyntaxCode } from "./messages.ts";
import type { Span } from "./span.ts";

/** The reading position of the lexer and what it found wrong; lives for one file. */
export class Scanner {
  readonly text: string;
  readonly diagnostics: Diagnostic[] = [];
  offset = 0;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  /** The character `ahead` places on; empty behind the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.offset + ahead);
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.offset);
  }

  skipWhile(test: (character: string) => boolean): void {
    while (!this.atEnd && test(this.peek())) this.offset += 1;
  }

  report(code: SyntaxCode, span: Span, detail?: string): void {
    this.diagnostics.push(syntaxDiagnostic(code, span, detail));
  }

  /** The stretch from `start` to the reading position. */
  since(start: number): Span {
    return { offset: start, length: this.offset - start };
  }
}

/** Whether `character` ends a line. */
export function isLineBreak(character: string): boolean {
  return character === "\n" || character === "\r";
}

/** Whether `character` is white space within a line; Bicep knows blanks and tabs only. */
export function isBlank(character: string): boolean {
  return character === " " || character === "\t";
}

/** Whether `character` is a decimal digit. */
export function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

/** Whether `character` may start an identifier. */
export function isIdentifierStart(character: string): boolean {
  return (character >= "a" && character <= "z") || (character >= "A" && character <= "Z") || character === "_";
}

/** Whether `character` may continue an identifier. */
export function isIdentifierPart(character: string): boolean {
  return isIdentifierStart(character) || isDigit(character);
}
