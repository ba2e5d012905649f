import type {
  BinaryOperator,
  BooleanLiteral,
  Expression,
  IntegerLiteral,
  NullLiteral,
  Skipped,
  StringLiteral,
  UnaryOperator,
} from "./ast.ts";
import { isKeyword, isMissing, type Cursor } from "./cursor.ts";
import { parseFor } from "./parse-body.ts";
import { parseArguments, parseIdentifier } from "./parse-elements.ts";
import { parseArray, parseObject } from "./parse-literal.ts";
import { parseParenthesizedOrLambda, parseSingleLambda } from "./parse-lambda.ts";
import { parseSuffixes } from "./parse-suffix.ts";
import { parseString } from "./parse-string.ts";
import type { ExpressionContext, Parser } from "./parser.ts";
import type { Token, TokenType } from "./token.ts";

const OPERAND_ENDS = ["stringRight", "}", ")", "]", "newLine"] as const;
const MAX_INTEGER = 2n ** 64n - 1n;

/** How tightly a binary operator binds; higher binds tighter. All bind to the left. */
const PRECEDENCE: Readonly<Record<BinaryOperator, number>> = {
  "*": 100,
  "/": 100,
  "%": 100,
  "+": 90,
  "-": 90,
  ">": 80,
  ">=": 80,
  "<": 80,
  "<=": 80,
  "==": 70,
  "!=": 70,
  "=~": 70,
  "!~": 70,
  "&&": 50,
  "||": 40,
  "??": 30,
};

/** The expression at the next token; fails when there is none. */
export function parseExpression(parser: Parser, context: ExpressionContext): Expression {
  return parser.cursor.nested(() => parseConditional(parser, context));
}

function parseConditional(parser: Parser, context: ExpressionContext): Expression {
  const { cursor } = parser;
  const condition = parseBinary(parser, context, 0);
  const beforeQuestion = cursor.peekPastNewLines().type === "?" ? cursor.readNewLines() : [];
  const question = cursor.readIf("?");
  if (question === undefined) return condition;
  const branch = (): Expression => parser.expression(context);
  const whenTrue = cursor.recover(branch, [":", ...OPERAND_ENDS]);
  const expectsColon = whenTrue.kind !== "skipped" && cursor.peekPastNewLines().type === ":";
  const beforeColon = expectsColon ? cursor.readNewLines() : [];
  const colon = cursor.recover(() => cursor.expectCharacter(":"), OPERAND_ENDS, { quiet: isMissing(whenTrue) });
  const whenFalse = cursor.recover(branch, OPERAND_ENDS, { quiet: isMissing(colon) });
  const elements = [condition, ...beforeQuestion, question, whenTrue, ...beforeColon, colon, whenFalse];
  return cursor.node("ternary", elements, { condition, whenTrue, whenFalse });
}

function parseBinary(parser: Parser, context: ExpressionContext, precedence: number): Expression {
  const { cursor } = parser;
  let left = parseUnary(parser, context);
  for (;;) {
    const { type } = cursor.peek();
    if (!isBinaryOperator(type) || PRECEDENCE[type] <= precedence) return left;
    const token = cursor.read();
    const right = cursor.recover(() => parseBinary(parser, context, PRECEDENCE[type]), OPERAND_ENDS);
    left = cursor.node("binary", [left, token, right], { left, operator: type, right });
  }
}

function isBinaryOperator(type: TokenType): type is BinaryOperator {
  return Object.hasOwn(PRECEDENCE, type);
}

function parseUnary(parser: Parser, context: ExpressionContext): Expression {
  const { cursor } = parser;
  const operator = readUnaryOperator(cursor);
  if (operator === undefined) return parseMember(parser, context);
  const operand = cursor.recover(() => parseMember(parser, context), OPERAND_ENDS);
  return cursor.node("unary", [operator.token, operand], { operator: operator.operator, operand });
}

/** A unary operator, read when it is the next token. */
export function readUnaryOperator(cursor: Cursor): { token: Token; operator: UnaryOperator } | undefined {
  const { type } = cursor.peek();
  return type === "!" || type === "-" ? { token: cursor.read(), operator: type } : undefined;
}

function parseMember(parser: Parser, context: ExpressionContext): Expression {
  return parseSuffixes(parser, context, parsePrimary(parser, context));
}

function parsePrimary(parser: Parser, context: ExpressionContext): Expression {
  const { cursor } = parser;
  const literal = parseScalarLiteral(parser);
  if (literal !== undefined) return literal;
  switch (cursor.peek().type) {
    case "{":
      return context.literals ? parseObject(parser, context) : cursor.fail("BCP087");
    case "[":
      return parseBracket(parser, context);
    case "(":
      return parseParenthesizedOrLambda(parser, context);
    case "identifier":
      return parseCallOrVariable(parser, context);
    default:
      return cursor.fail("BCP009");
  }
}

function parseBracket(parser: Parser, context: ExpressionContext): Expression {
  if (!context.literals) return parser.cursor.fail("BCP087");
  const isLoop = isKeyword(parser.cursor.peekPastNewLines(1), "for");
  return isLoop ? parseFor(parser, context, false) : parseArray(parser);
}

type ScalarLiteral = BooleanLiteral | IntegerLiteral | NullLiteral | Skipped | StringLiteral;

/** A number, string, `true`, `false` or `null`; `undefined` when something else is next. */
export function parseScalarLiteral(parser: Parser): ScalarLiteral | undefined {
  const { cursor } = parser;
  switch (cursor.peek().type) {
    case "integer":
      return parseInteger(cursor);
    case "true":
    case "false": {
      const token = cursor.read();
      return cursor.node("boolean", [token], { value: token.type === "true" });
    }
    case "null":
      return cursor.node("null", [cursor.read()], {});
    case "stringComplete":
    case "stringLeft":
      return parseString(parser);
    default:
      return undefined;
  }
}

/** Numbers up to the largest unsigned 64-bit one; whether a signed one can hold it depends on what precedes it. */
function parseInteger(cursor: Cursor): IntegerLiteral {
  const value = BigInt(cursor.peek().text);
  if (value > MAX_INTEGER) return cursor.fail("BCP010");
  return cursor.node("integer", [cursor.read()], { value });
}

function parseCallOrVariable(parser: Parser, context: ExpressionContext): Expression {
  const { cursor } = parser;
  const name = parseIdentifier(cursor, "BCP009");
  if (cursor.at("(")) {
    const list = parseArguments(parser, context);
    return cursor.node("call", [name, ...list.elements], { name, arguments: list.arguments });
  }
  if (cursor.at("=>")) return parseSingleLambda(parser, name);
  return cursor.node("variable", [name], { name });
}
