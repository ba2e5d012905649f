import type {
  DeclarationBody,
  Element,
  ForExpression,
  IfCondition,
  LocalVariable,
  Parenthesized,
  Skipped,
} from "./ast.ts";
import { isKeyword, isMissing, type Cursor } from "./cursor.ts";
import { parseIdentifier, parseParenthesized } from "./parse-elements.ts";
import { innerOf, toLocalVariable } from "./parse-lambda.ts";
import { parseObject } from "./parse-literal.ts";
import { SCALAR, VALUE, type ExpressionContext, type Parser } from "./parser.ts";
import type { Token, TokenType } from "./token.ts";

/** The value of a resource or module: an object, a condition or a loop. */
export function parseBody(parser: Parser, context: ExpressionContext): DeclarationBody {
  const { cursor } = parser;
  const next = cursor.peek();
  if (isKeyword(next, "if")) return parseIf(parser, context, []);
  if (next.type === "{") return parseObject(parser, context);
  return next.type === "[" ? parseFor(parser, context, true) : cursor.fail("BCP118");
}

/** `if (condition) { … }`. Within a loop, its bracket ends what is skipped. */
function parseIf(parser: Parser, context: ExpressionContext, until: readonly TokenType[]): IfCondition {
  const { cursor } = parser;
  const keyword = cursor.expectKeyword("if");
  const inner: ExpressionContext = { ...context, resources: false };
  const condition = cursor.recover(() => parseCondition(parser, inner), [...until, "{", "newLine"]);
  const isClosed = condition.kind === "parenthesized" && condition.children.at(-1)?.kind === "token";
  const body = cursor.recover(() => parseObject(parser, context), [...until, "newLine"], { quiet: !isClosed });
  const members = { condition: condition.kind === "parenthesized" ? condition.inner : condition, body };
  return cursor.node("if", [keyword, condition, body], members);
}

function parseCondition(parser: Parser, context: ExpressionContext): Parenthesized {
  const { cursor } = parser;
  const list = parseParenthesized(cursor, { parseElement: () => parser.expression(context), newLines: true });
  const inner = innerOf(cursor, list);
  return cursor.node("parenthesized", [list.open, inner, list.close], { inner });
}

interface LoopVariables {
  readonly element: Element;
  readonly item: LocalVariable | undefined;
  readonly index: LocalVariable | undefined;
  /** Whether they are malformed, so that what is missing behind them is not reported as well. */
  readonly faulty: boolean;
}

/**
 * A loop at its bracket.
 *
 * @param isDeclaration whether it is the value of a resource or module, whose body is an object or condition
 */
export function parseFor(parser: Parser, context: ExpressionContext, isDeclaration: boolean): ForExpression {
  const { cursor } = parser;
  const open = [cursor.expectCharacter("["), ...cursor.readNewLines(), cursor.expectKeyword("for")];
  const { element, item, index, faulty } = parseLoopVariables(parser);
  const inKeyword = cursor.recover(() => cursor.expectKeyword("in"), ["]", "newLine"], { quiet: faulty });
  const source = cursor.recover(() => parser.expression(VALUE), [":", "]", "newLine"], { quiet: isMissing(inKeyword) });
  const colon = cursor.recover(() => cursor.expectCharacter(":"), ["]", "newLine"], { quiet: isMissing(source) });
  const quiet = isMissing(colon);
  const body = cursor.recover(() => parseLoopBody(parser, context, isDeclaration), ["]", "newLine"], { quiet });
  const newLines = body.kind === "skipped" ? [] : cursor.readNewLines();
  const close = parseLoopEnd(cursor, body);
  const elements = [...open, element, inKeyword, source, colon, body, ...newLines, close];
  return cursor.node("for", elements, { item, index, source, body });
}

function parseLoopEnd(cursor: Cursor, body: Element): Token | Skipped {
  return cursor.recover(() => cursor.expectCharacter("]"), ["]", "newLine"], { quiet: isMissing(body) });
}

function parseLoopBody(parser: Parser, context: ExpressionContext, isDeclaration: boolean): ForExpression["body"] {
  const { cursor } = parser;
  if (!isDeclaration) return parser.expression({ ...context, literals: true });
  if (cursor.at("{")) return parseObject(parser, context);
  return cursor.atKeyword("if") ? parseIf(parser, context, ["]"]) : cursor.fail("BCP167");
}

function parseLoopVariables(parser: Parser): LoopVariables {
  const { cursor } = parser;
  if (cursor.at("identifier")) {
    const name = parseIdentifier(cursor, "BCP136");
    const item: LocalVariable = cursor.node("localVariable", [name], { name });
    return { element: item, item, index: undefined, faulty: false };
  }
  if (cursor.at("(")) return parseLoopVariablePair(parser);
  return { element: cursor.missing("BCP162"), item: undefined, index: undefined, faulty: true };
}

function parseLoopVariablePair({ cursor, expression }: Parser): LoopVariables {
  const reported = cursor.diagnostics.length;
  const parts = parseParenthesized(cursor, { parseElement: () => expression(SCALAR), newLines: false });
  const inner = parts.inner.map((element) => toLocalVariable(cursor, element));
  const variables = inner.filter((element): element is LocalVariable => element.kind === "localVariable");
  const [item, index] = variables;
  const elements = [parts.open, ...inner, parts.close];
  if (cursor.diagnostics.length === reported && variables.length === 2) {
    return { element: cursor.node("loopVariables", elements, {}), item, index, faulty: false };
  }
  const element: Skipped = cursor.node("skipped", elements, {});
  if (cursor.diagnostics.length === reported) cursor.report("BCP249", element, String(variables.length));
  return { element, item, index, faulty: true };
}
