import type { Element, FunctionArgument, Identifier, Skipped, SyntaxNode } from "./ast.ts";
import { isMissing, type Cursor } from "./cursor.ts";
import type { SyntaxCode } from "./messages.ts";
import type { ExpressionContext, Parser } from "./parser.ts";
import type { Token, TokenType } from "./token.ts";

/** The identifier at the next token; fails when there is none. */
export function parseIdentifier(cursor: Cursor, code: SyntaxCode): Identifier {
  const token = cursor.expect("identifier", code);
  return cursor.node("identifier", [token], { name: token.text });
}

/** An identifier without a name, made of what stands in its place. */
export function unnamed(cursor: Cursor, skipped: Skipped): Identifier {
  return cursor.node("identifier", [skipped], { name: "" });
}

/** The identifier at the next token; what stands in its place is skipped up to a token of `until`. */
export function parseName(cursor: Cursor, code: SyntaxCode, until: readonly TokenType[]): Identifier {
  const name = cursor.recover(() => parseIdentifier(cursor, code), until);
  return name.kind === "skipped" ? unnamed(cursor, name) : name;
}

/** The property or function name behind a dot; when there is none, nothing is skipped. */
export function parseMemberName(cursor: Cursor, code: SyntaxCode = "BCP020"): Identifier {
  return cursor.at("identifier") ? parseIdentifier(cursor, code) : unnamed(cursor, cursor.missing(code));
}

/**
 * The elements of an array, object or list between its brackets. Each is separated by line breaks or one comma; a comma at the
 * end of a line is a fault of its own.
 */
export function parseListElements(cursor: Cursor, close: TokenType, parseElement: () => Element): Element[] {
  if (cursor.at(close)) return [];
  const elements: Element[] = cursor.readNewLines();
  while (!cursor.atEnd && !cursor.at(close)) {
    elements.push(parseElement());
    if (!cursor.atEnd && !cursor.at(close)) elements.push(...parseListSeparator(cursor));
  }
  return elements;
}

function parseListSeparator(cursor: Cursor): Element[] {
  if (cursor.at("newLine")) return cursor.readNewLines();
  const comma = cursor.readIf(",");
  if (comma === undefined) return [cursor.missing("BCP236")];
  return cursor.at("newLine") ? [comma, cursor.missing("BCP238"), cursor.read()] : [comma];
}

interface Brackets {
  readonly close: TokenType;
  readonly parseElement: () => Element;
}

/**
 * The arguments of a call or of a parameterised type with the bracket that ends them. They are separated by commas, with line
 * breaks anywhere around them. A bracket is never closed only when the file ends first.
 */
export function parseArgumentElements(cursor: Cursor, { close, parseElement }: Brackets): Element[] {
  if (cursor.at(close)) return [cursor.read()];
  const elements: Element[] = cursor.readNewLines();
  while (!cursor.atEnd && !cursor.at(close)) {
    elements.push(parseElement());
    if (cursor.atEnd || cursor.at(close)) break;
    const separator = parseArgumentSeparator(cursor, close);
    elements.push(...separator.elements);
    if (separator.ends === true) return elements;
    // A comma before the bracket: the argument that is missing behind it is reported.
    if (separator.isComma === true && cursor.at(close)) elements.push(parseElement());
  }
  elements.push(cursor.readIf(close) ?? missingCharacter(cursor, close));
  return elements;
}

interface Separator {
  readonly elements: Element[];
  readonly isComma?: boolean;
  /** Whether the list ends here without its bracket, because the file does. */
  readonly ends?: boolean;
}

function parseArgumentSeparator(cursor: Cursor, close: TokenType): Separator {
  if (cursor.at("newLine")) return parseLineBreakInArguments(cursor, close);
  const comma = cursor.readIf(",");
  if (comma === undefined) return { elements: [cursor.missing("BCP236")] };
  return { elements: [comma, ...cursor.readNewLines()], isComma: true };
}

function parseLineBreakInArguments(cursor: Cursor, close: TokenType): Separator {
  let ahead = 1;
  while (cursor.peek(ahead).type === "newLine" && hasComment(cursor.peek(ahead))) ahead += 1;
  const next = cursor.peek(ahead).type;
  if (next === close) return { elements: cursor.readNewLines() };
  const fault = next === "endOfFile" ? missingCharacter(cursor, close) : cursor.missing("BCP237");
  return next === "endOfFile" ? { elements: [fault], ends: true } : { elements: [fault, ...cursor.readNewLines()] };
}

function missingCharacter(cursor: Cursor, character: TokenType): Skipped {
  const { offset } = cursor.peek();
  cursor.report("BCP018", { offset, length: 0 }, character);
  return { kind: "skipped", offset, length: 0, height: 1, children: [] };
}

function hasComment(token: Token): boolean {
  return token.leading.includes("//") || token.leading.includes("/*");
}

/** What stands between the parentheses of a call, with its parts. */
export interface ArgumentList {
  readonly elements: readonly Element[];
  readonly arguments: readonly FunctionArgument[];
}

/** The parentheses of a call at the next token, with the arguments in them. */
export function parseArguments(parser: Parser, context: ExpressionContext): ArgumentList {
  const { cursor } = parser;
  const open = cursor.expectCharacter("(");
  const inner = parseArgumentElements(cursor, { close: ")", parseElement: () => parseArgument(parser, context) });
  return { elements: [open, ...inner], arguments: inner.filter((element) => element.kind === "argument") };
}

function parseArgument({ cursor, expression }: Parser, context: ExpressionContext): FunctionArgument {
  const value = cursor.recover(() => expression(context), ["newLine", ",", ")"]);
  return cursor.node("argument", [value], { value });
}

/** What stands between parentheses: expressions or types, commas and, where permitted, line breaks. */
export interface ParenthesizedList<Inner> {
  readonly open: Token;
  readonly inner: readonly (Inner | Skipped | Token)[];
  readonly close: Token | Skipped;
}

interface ParenthesizedForm<Inner> {
  readonly parseElement: () => Inner;
  readonly newLines: boolean;
}

const WITHIN_PARENTHESES = ["stringRight", "}", ")", "]", "newLine", ","] as const;

/** Parentheses at the next token with a list in them, whatever it may turn out to be. */
export function parseParenthesized<Inner extends SyntaxNode>(
  cursor: Cursor,
  { parseElement, newLines }: ParenthesizedForm<Inner>,
): ParenthesizedList<Inner> {
  const open = cursor.expectCharacter("(");
  const readNewLines = (): Token[] => (newLines ? cursor.readNewLines() : []);
  const inner: (Inner | Skipped | Token)[] = readNewLines();
  while (!cursor.at(")")) {
    inner.push(cursor.recover(parseElement, WITHIN_PARENTHESES), ...readNewLines());
    const comma = cursor.readIf(",");
    if (comma === undefined) break;
    inner.push(comma, ...readNewLines());
  }
  const last = inner.at(-1);
  const quiet = last !== undefined && isMissing(last);
  const until = ["stringRight", "}", "]", "newLine"] as const;
  const close = cursor.recover(() => cursor.expectCharacter(")"), until, { quiet });
  return { open, inner, close };
}
