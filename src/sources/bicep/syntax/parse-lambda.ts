import type {
  Element,
  Expression,
  Identifier,
  Lambda,
  LocalVariable,
  Skipped,
  SyntaxNode,
  TypedLambda,
  TypedVariable,
} from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseMemberName, parseParenthesized, type ParenthesizedList } from "./parse-elements.ts";
import { VALUE, type ExpressionContext, type Parser } from "./parser.ts";
import type { Token } from "./token.ts";

/** A line break behind `=>` ends the lambda when one of these follows: the body is then missing, not on the next line. */
const DECLARATION_KEYWORDS: ReadonlySet<string> = new Set([
  "assert",
  "import",
  "metadata",
  "param",
  "var",
  "resource",
  "output",
  "module",
  "type",
]);

const BODY_ENDS = ["newLine", ")"] as const;

interface LambdaBody {
  readonly newLines: readonly Token[];
  readonly body: Expression;
}

/** `(inner)`, or a lambda when an arrow follows. */
export function parseParenthesizedOrLambda(parser: Parser, context: ExpressionContext): Expression {
  const { cursor } = parser;
  const list = parseParenthesized(cursor, { parseElement: () => parser.expression(context), newLines: true });
  const arrow = cursor.readIf("=>");
  if (arrow === undefined) {
    const inner = innerOf(cursor, list);
    return cursor.node("parenthesized", [list.open, inner, list.close], { inner });
  }
  const { newLines, body } = parseLambdaBody(parser);
  const elements = list.inner.map((element) => toLocalVariable(cursor, element));
  const variables = elements.filter((element): element is LocalVariable => element.kind === "localVariable");
  return cursor.node("lambda", [list.open, ...elements, list.close, arrow, ...newLines, body], { variables, body });
}

/** `name => body`, at the arrow. */
export function parseSingleLambda(parser: Parser, name: Identifier): Lambda {
  const { cursor } = parser;
  const variable = cursor.node("localVariable", [name], { name });
  const arrow = cursor.read();
  const { newLines, body } = parseLambdaBody(parser);
  return cursor.node("lambda", [variable, arrow, ...newLines, body], { variables: [variable], body });
}

/** `(name type, …) type => body`, the rest of a function declaration. */
export function parseTypedLambda(parser: Parser): TypedLambda {
  const { cursor } = parser;
  const parseElement = (): TypedVariable => parseTypedVariable(parser);
  const { open, inner, close } = parseParenthesized(cursor, { parseElement, newLines: true });
  const returnType = cursor.recover(() => parser.type(), BODY_ENDS);
  const arrow = cursor.recover(() => cursor.expectCharacter("=>"), BODY_ENDS);
  const { newLines, body } = parseLambdaBody(parser, arrow.kind !== "skipped");
  const parameters = inner.filter((element): element is TypedVariable => element.kind === "typedVariable");
  const elements = [open, ...inner, close, returnType, arrow, ...newLines, body];
  return cursor.node("typedLambda", elements, { parameters, returnType, body });
}

function parseTypedVariable({ cursor, type }: Parser): TypedVariable {
  const name = parseMemberName(cursor, "BCP015");
  const variableType = cursor.recover(() => type(), ["newLine", ",", ")"]);
  return cursor.node("typedVariable", [name, variableType], { name, type: variableType });
}

function parseLambdaBody({ cursor, expression }: Parser, mayBreak = true): LambdaBody {
  const next = cursor.peekPastNewLines();
  const newLines = mayBreak && !DECLARATION_KEYWORDS.has(next.text) ? cursor.readNewLines() : [];
  return { newLines, body: cursor.recover(() => expression(VALUE), BODY_ENDS) };
}

/** The variables of a lambda or loop are read as expressions first, because only what follows tells them apart. */
export function toLocalVariable(cursor: Cursor, element: Element): Element {
  if (element.kind === "token" || element.kind === "skipped") return element;
  if (element.kind !== "variable") return cursor.node("skipped", [element], {});
  return cursor.node("localVariable", [element.name], { name: element.name });
}

/**
 * What the parentheses hold: an expression or a type, as they were read. Line breaks within them are not permitted, as the
 * compiler has it.
 */
export function innerOf<Inner extends SyntaxNode>(
  cursor: Cursor,
  { open, inner }: ParenthesizedList<Inner>,
): Inner | Skipped {
  const [first] = inner;
  if (first === undefined) return cursor.missing("BCP243", open.offset + open.length);
  if (inner.length === 1 && !isToken(first)) return first;
  const skipped: Skipped = cursor.node("skipped", inner, {});
  cursor.report("BCP243", skipped);
  return skipped;
}

function isToken(element: Element): element is Token {
  return element.kind === "token";
}
