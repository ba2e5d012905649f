import { byPlace, type Diagnostic } from "../diagnostic.ts";
import type { Declaration, Element, Program } from "./ast.ts";
import { Cursor, makeNode } from "./cursor.ts";
import { lex } from "./lexer.ts";
import { LineTable } from "./line-table.ts";
import { parseNestedResource, parseTemplateDeclaration } from "./parse-declaration.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseParametersDeclaration } from "./parse-parameters.ts";
import { parseType } from "./parse-type.ts";
import type { Parser } from "./parser.ts";
import type { Comment, Directive, Token } from "./token.ts";

/** What a Bicep file is for: declaring a deployment, or giving parameters to one. */
export type FileKind = "template" | "parameters";

/** A file that was read. With diagnostics, some of its nodes are `skipped`; the rest is usable all the same. */
export interface SyntaxTree {
  readonly kind: FileKind;
  readonly text: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly directives: readonly Directive[];
  readonly lines: LineTable;
  /** In the order of their places. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a Bicep file. Never fails: a line that cannot be read becomes one diagnostic, with the code and on the line that
 * Microsoft's compiler gives it, and reading goes on behind it. Takes time in proportion to the length of the text.
 *
 * @example
 * parse("param name string", "template").program.declarations[0]?.kind; // "parameter"
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/file
 */
export function parse(text: string, kind: FileKind): SyntaxTree {
  const { tokens, comments, directives, diagnostics } = lex(text);
  const parser = createParser(new Cursor(tokens));
  const parseDeclaration = kind === "template" ? parseTemplateDeclaration : parseParametersDeclaration;
  const program = parseProgram(parser, parseDeclaration);
  return {
    kind,
    text,
    program,
    comments,
    directives,
    lines: new LineTable(text),
    diagnostics: [...diagnostics, ...parser.cursor.diagnostics].sort(byPlace),
  };
}

function createParser(cursor: Cursor): Parser {
  const parser: Parser = {
    cursor,
    expression: (context) => parseExpression(parser, context),
    type: () => parseType(parser),
    nestedResource: () => cursor.nested(() => parseNestedResource(parser)),
  };
  return parser;
}

function parseProgram(parser: Parser, parseDeclaration: (parser: Parser) => Declaration | Token): Program {
  const { cursor } = parser;
  const elements: Element[] = [];
  const declarations: Declaration[] = [];
  while (!cursor.atEnd) {
    const element = cursor.recover(() => parseDeclaration(parser), ["newLine"]);
    elements.push(element);
    if (element.kind === "token" || element.kind === "skipped") continue;
    declarations.push(element);
    if (element.kind === "missingDeclaration") continue;
    const end = cursor.recover(() => parseDeclarationEnd(cursor), ["newLine"], { consume: true });
    if (end !== undefined) elements.push(end);
  }
  return makeNode("program", [...elements, cursor.peek()], { declarations });
}

function parseDeclarationEnd(cursor: Cursor): Element | undefined {
  return cursor.atEnd ? undefined : cursor.expect("newLine", "BCP019");
}
