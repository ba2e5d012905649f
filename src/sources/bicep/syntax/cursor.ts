import type { Diagnostic } from "../diagnostic.ts";
import type { Element, Skipped } from "./ast.ts";
import { syntaxDiagnostic, type SyntaxCode } from "./messages.ts";
import { endOf, type Span } from "./span.ts";
import type { Token, TokenType } from "./token.ts";

/**
 * How deep brackets and conditional expressions may be nested, and how many levels a tree may have (a chain of operators or
 * properties is a level per link). Real files stay below 40; the limits keep a hostile file from exhausting the stack.
 */
const MAX_NESTING = 100;
const MAX_HEIGHT = 300;

interface Recovery {
  /** Report nothing: what is missing was reported already. */
  readonly quiet?: boolean;
  /** Skip the terminator as well. */
  readonly consume?: boolean;
}

interface Made<Kind extends string> extends Span {
  readonly kind: Kind;
  readonly children: readonly Element[];
  readonly height: number;
}

/** Thrown where a token is not what the grammar asks for, and caught by the nearest `recover`. */
class ParseFailure extends Error {}

/** The reading position of the parser and what it found wrong; lives for one file. */
export class Cursor {
  readonly diagnostics: Diagnostic[] = [];
  readonly #tokens: readonly Token[];
  /** Of each token: the index of the first token from there on that is no line break. */
  readonly #pastNewLines: Int32Array;
  readonly #failure = new ParseFailure();
  #failed: Diagnostic | undefined;
  #position = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    this.#pastNewLines = new Int32Array(tokens.length);
    for (let index = tokens.length - 1; index >= 0; index -= 1) {
      this.#pastNewLines[index] = tokens[index]?.type === "newLine" ? (this.#pastNewLines[index + 1] ?? index) : index;
    }
  }

  /** The token `ahead` places on; behind the end, the end-of-file token. */
  peek(ahead = 0): Token {
    const token = this.#tokens[this.#position + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error("a lexed file ends with a token");
    return token;
  }

  /** The first token `ahead` places on that is no line break. */
  peekPastNewLines(ahead = 0): Token {
    const index = this.#pastNewLines[this.#position + ahead] ?? this.#tokens.length - 1;
    return this.peek(index - this.#position);
  }

  get atEnd(): boolean {
    return this.peek().type === "endOfFile";
  }

  at(...types: readonly TokenType[]): boolean {
    return !this.atEnd && types.includes(this.peek().type);
  }

  atKeyword(keyword: string): boolean {
    return isKeyword(this.peek(), keyword);
  }

  read(): Token {
    const token = this.peek();
    if (this.#position < this.#tokens.length - 1) this.#position += 1;
    return token;
  }

  readIf(...types: readonly TokenType[]): Token | undefined {
    return this.at(...types) ? this.read() : undefined;
  }

  readKeyword(keyword: string): Token | undefined {
    return this.atKeyword(keyword) ? this.read() : undefined;
  }

  readNewLines(): Token[] {
    const tokens: Token[] = [];
    while (this.at("newLine")) tokens.push(this.read());
    return tokens;
  }

  expect(type: TokenType, code: SyntaxCode): Token {
    return this.at(type) ? this.read() : this.fail(code, type);
  }

  expectCharacter(type: TokenType): Token {
    return this.expect(type, "BCP018");
  }

  expectKeyword(keyword: string, code: SyntaxCode = "BCP012"): Token {
    return this.readKeyword(keyword) ?? this.fail(code, keyword);
  }

  /** Gives up at the next token; the nearest `recover` goes on. */
  fail(code: SyntaxCode, detail?: string, at: Token = this.peek()): never {
    // A line break has no width in diagnostics: the fault is the end of the line.
    const span = at.type === "newLine" ? { offset: at.offset, length: 0 } : at;
    this.#failed = syntaxDiagnostic(code, span, detail);
    throw this.#failure;
  }

  report(code: SyntaxCode, span: Span, detail?: string): void {
    this.diagnostics.push(syntaxDiagnostic(code, span, detail));
  }

  /**
   * Runs `parse`; when it gives up, skips to the next token of `until` and gives back what was skipped. The tokens of the failed
   * attempt become part of it, and only the failure itself is reported.
   */
  recover<Result>(parse: () => Result, until: readonly TokenType[], how: Recovery = {}): Result | Skipped {
    const start = this.#position;
    const reported = this.diagnostics.length;
    const nesting = this.#nesting;
    try {
      return parse();
    } catch (error) {
      if (error !== this.#failure || this.#failed === undefined) throw error;
      this.#nesting = nesting;
      this.diagnostics.length = reported;
      if (how.quiet !== true) this.diagnostics.push(this.#failed);
      return this.#skip(start, until, how.consume === true);
    }
  }

  /** Skips to the next token of `until`, reporting what is skipped. */
  skipTo(code: SyntaxCode, until: readonly TokenType[]): Skipped {
    const skipped = this.#skip(this.#position, until, false);
    this.report(code, skipped);
    return skipped;
  }

  /** Nothing where something belongs: reports it at the next token. */
  missing(code: SyntaxCode, offset = this.peek().offset): Skipped {
    this.report(code, { offset, length: 0 });
    return { kind: "skipped", offset, length: 0, height: 1, children: [] };
  }

  /** One level deeper; fails when that is too deep. */
  nested<Result>(parse: () => Result): Result {
    if (this.#nesting >= MAX_NESTING) this.fail("nesting-limit", String(MAX_NESTING));
    this.#nesting += 1;
    const result = parse();
    this.#nesting -= 1;
    return result;
  }

  /** Makes a node out of its elements in source order (absent ones are left out) and its members by meaning. */
  node<Kind extends string, Members extends object>(
    kind: Kind,
    elements: readonly (Element | undefined)[],
    members: Members,
  ): Made<Kind> & Members {
    const node = makeNode(kind, elements, members);
    if (node.height > MAX_HEIGHT) this.fail("nesting-limit", String(MAX_HEIGHT));
    return node;
  }

  #skip(start: number, until: readonly TokenType[], consume: boolean): Skipped {
    while (!this.atEnd && !this.at(...until)) this.read();
    if (consume && !this.atEnd) this.read();
    const children = this.#tokens.slice(start, this.#position);
    const offset = (this.#tokens[start] ?? this.peek()).offset;
    const last = children.at(-1);
    return {
      kind: "skipped",
      offset,
      length: last === undefined ? 0 : endOf(last) - offset,
      height: 1,
      children,
    };
  }
}

/** Whether `token` is the identifier `keyword`; Bicep's keywords are identifiers everywhere else. */
export function isKeyword(token: Token, keyword: string): boolean {
  return token.type === "identifier" && token.text === keyword;
}

/** Whether nothing stands where `element` should: what follows it is then not reported as well. */
export function isMissing(element: Element): boolean {
  if (element.kind === "identifier") return element.name === "" && element.length === 0;
  return element.kind === "skipped" && element.length === 0;
}

/** A node out of its elements, however high; the span is that of its elements. */
export function makeNode<Kind extends string, Members extends object>(
  kind: Kind,
  elements: readonly (Element | undefined)[],
  members: Members,
): Made<Kind> & Members {
  const children = elements.filter((element) => element !== undefined);
  const offset = children[0]?.offset ?? 0;
  const last = children.at(-1);
  const length = last === undefined ? 0 : endOf(last) - offset;
  return { kind, children, offset, length, height: heightOf(children), ...members };
}

function heightOf(children: readonly Element[]): number {
  let height = 0;
  for (const child of children) {
    if (child.kind !== "token" && child.height > height) height = child.height;
  }
  return height + 1;
}
