import type { Element, ObjectType, Skipped, TupleType, TypeArgument, TypeExpression } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { decoratorsOf, parseDecorators } from "./parse-decorator.ts";
import {
  parseArgumentElements,
  parseIdentifier,
  parseListElements,
  parseMemberName,
  parseParenthesized,
} from "./parse-elements.ts";
import { parseScalarLiteral, readUnaryOperator } from "./parse-expression.ts";
import { innerOf } from "./parse-lambda.ts";
import { parseRequiredString } from "./parse-string.ts";
import { SCALAR, type Parser } from "./parser.ts";

const OPERAND_ENDS = ["stringRight", "}", ")", "]", "newLine"] as const;

/** The type at the next token; fails when there is none. */
export function parseType(parser: Parser): TypeExpression {
  return parser.cursor.nested(() => parseUnion(parser));
}

/**
 * The type of a declaration: besides any other, `resource 'type@version'`.
 *
 * @param mayOmit whether the text behind `resource` may be left out, as in outputs
 */
export function parseDeclaredType(parser: Parser, mayOmit: boolean): TypeExpression {
  const { cursor } = parser;
  if (!cursor.atKeyword("resource") || cursor.peek(1).type === "<") return parseType(parser);
  const keyword = cursor.read();
  const omitted = mayOmit && !cursor.at("stringComplete", "stringLeft");
  const type = omitted ? undefined : cursor.recover(() => parseRequiredString(parser, "BCP068"), ["=", "newLine"]);
  return cursor.node("resourceType", [keyword, type], { type });
}

function parseUnion(parser: Parser): TypeExpression {
  const { cursor } = parser;
  const leading = atPipe(cursor) ? readPipe(cursor) : [];
  const first = parsePostfixed(parser);
  if (leading.length === 0 && !atPipe(cursor)) return first;
  const members: TypeExpression[] = [first];
  const elements: Element[] = [...leading, first];
  while (atPipe(cursor)) {
    elements.push(...readPipe(cursor));
    const member = parseUnionMember(parser);
    members.push(member);
    elements.push(member);
  }
  return cursor.node("unionType", elements, { members });
}

function atPipe(cursor: Cursor): boolean {
  return cursor.at("|") || (cursor.at("newLine") && cursor.peek(1).type === "|");
}

function readPipe(cursor: Cursor): Element[] {
  return [...cursor.readNewLines(), cursor.read()];
}

/** A member stands on the line of its bar. What cannot be read as one skips the rest of the file, as in the compiler. */
function parseUnionMember(parser: Parser): TypeExpression {
  const { cursor } = parser;
  if (cursor.at("newLine")) return cursor.missing("BCP300");
  return cursor.recover(() => parsePostfixed(parser), []);
}

function parsePostfixed(parser: Parser): TypeExpression {
  const { cursor } = parser;
  let type = parseUnary(parser);
  for (;;) {
    const token = cursor.readIf("?", "!");
    if (token === undefined) return type;
    const kind = token.type === "?" ? "nullableType" : "nonNullableType";
    type = cursor.node(kind, [type, token], { type });
  }
}

function parseUnary(parser: Parser): TypeExpression {
  const { cursor } = parser;
  const operator = readUnaryOperator(cursor);
  if (operator === undefined) return parseMember(parser);
  const operand = cursor.recover(() => parseMember(parser), OPERAND_ENDS);
  return cursor.node("unaryType", [operator.token, operand], { operator: operator.operator, operand });
}

function parseMember(parser: Parser): TypeExpression {
  const { cursor } = parser;
  let base = parsePrimary(parser);
  for (;;) {
    if (cursor.at("[")) base = parseBrackets(parser, base);
    else if (cursor.at(".")) base = parseDot(parser, base);
    else return base;
  }
}

function parseBrackets(parser: Parser, base: TypeExpression): TypeExpression {
  const { cursor } = parser;
  const open = cursor.read();
  if (cursor.at("]")) return cursor.node("arrayType", [base, open, cursor.read()], { item: base });
  const star = cursor.readIf("*");
  if (star !== undefined) {
    return cursor.node("typeItems", [base, open, star, cursor.expectCharacter("]")], { base });
  }
  const index = parser.expression(SCALAR);
  return cursor.node("typeIndex", [base, open, index, cursor.expectCharacter("]")], { base, index });
}

function parseDot(parser: Parser, base: TypeExpression): TypeExpression {
  const { cursor } = parser;
  const dot = cursor.read();
  const star = cursor.readIf("*");
  if (star !== undefined) return cursor.node("typeAdditional", [base, dot, star], { base });
  const name = parseMemberName(cursor);
  if (!cursor.at("<")) return cursor.node("typeProperty", [base, dot, name], { base, name });
  const list = parseTypeArguments(parser);
  const elements: Element[] = [base, dot, name, ...list.elements];
  return cursor.node("typeInstantiation", elements, { base, name, arguments: list.arguments });
}

function parsePrimary(parser: Parser): TypeExpression {
  const { cursor } = parser;
  switch (cursor.peek().type) {
    case "{":
      return parseObjectType(parser);
    case "[":
      return parseTupleType(parser);
    case "(":
      return parseParenthesizedType(parser);
    case "identifier":
      return parseNamedType(parser);
    default:
      return parseLiteralType(parser);
  }
}

function parseLiteralType(parser: Parser): TypeExpression {
  const literal = parseScalarLiteral(parser);
  return literal ?? parser.cursor.fail("BCP279");
}

function parseParenthesizedType(parser: Parser): TypeExpression {
  const { cursor } = parser;
  const list = parseParenthesized(cursor, { parseElement: () => parser.type(), newLines: false });
  const inner = innerOf<TypeExpression>(cursor, list);
  return cursor.node("parenthesizedType", [list.open, inner, list.close], { inner });
}

function parseNamedType(parser: Parser): TypeExpression {
  const { cursor } = parser;
  const name = parseIdentifier(cursor, "BCP325");
  if (!cursor.at("<")) return cursor.node("typeName", [name], { name });
  const list = parseTypeArguments(parser);
  const elements: Element[] = [name, ...list.elements];
  return cursor.node("typeInstantiation", elements, { base: undefined, name, arguments: list.arguments });
}

interface TypeArgumentList {
  readonly elements: readonly Element[];
  readonly arguments: readonly TypeArgument[];
}

function parseTypeArguments(parser: Parser): TypeArgumentList {
  const { cursor } = parser;
  const open = cursor.expectCharacter("<");
  const inner = parseArgumentElements(cursor, { close: ">", parseElement: () => parseTypeArgument(parser) });
  return { elements: [open, ...inner], arguments: inner.filter((element) => element.kind === "typeArgument") };
}

function parseTypeArgument({ cursor, type }: Parser): TypeArgument {
  const value = cursor.recover(() => type(), ["newLine", ",", ">"]);
  return cursor.node("typeArgument", [value], { value });
}

function parseObjectType(parser: Parser): ObjectType {
  const { cursor } = parser;
  const open = cursor.expectCharacter("{");
  const elements = parseListElements(cursor, "}", () => parseTypeMember(parser));
  const close = cursor.expectCharacter("}");
  const members = elements.filter((element) => element.kind === "typeMember" || element.kind === "typeMemberRest");
  return cursor.node("objectType", [open, ...elements, close], { members });
}

function parseTypeMember(parser: Parser): ObjectType["members"][number] {
  const { cursor } = parser;
  const leading = parseDecorators(parser);
  const decorators = decoratorsOf(leading);
  const star = cursor.readIf("*");
  const key = star ?? cursor.recover(() => parseTypeMemberKey(parser), [":", "newLine", "}"]);
  const isMissingKey = key.kind === "skipped" && key.length === 0;
  const colon = cursor.recover(() => cursor.expectCharacter(":"), ["newLine", "}"], { quiet: isMissingKey });
  const quiet = colon.kind === "skipped" && colon.length === 0;
  const type = cursor.recover(() => parser.type(), ["newLine", "}"], { quiet });
  const elements = [...leading, key, colon, type];
  if (key.kind === "token") return cursor.node("typeMemberRest", elements, { decorators, type });
  return cursor.node("typeMember", elements, { decorators, key, type });
}

function parseTypeMemberKey(parser: Parser): Exclude<ObjectType["members"][number], { kind: "typeMemberRest" }>["key"] {
  const { cursor } = parser;
  if (cursor.at("identifier")) return parseIdentifier(cursor, "BCP022");
  if (cursor.at("stringComplete", "stringLeft")) return parseRequiredString(parser, "BCP022");
  return cursor.fail("BCP317");
}

function parseTupleType(parser: Parser): TupleType {
  const { cursor } = parser;
  const open = cursor.expectCharacter("[");
  const elements = parseListElements(cursor, "]", () => parseTupleItem(parser));
  const close = cursor.expectCharacter("]");
  const items = elements.filter((element) => element.kind === "tupleItem");
  return cursor.node("tupleType", [open, ...elements, close], { items });
}

function parseTupleItem(parser: Parser): Element | Skipped {
  const { cursor } = parser;
  return cursor.recover(() => {
    const leading = parseDecorators(parser);
    const type = parser.type();
    return cursor.node("tupleItem", [...leading, type], { decorators: decoratorsOf(leading), type });
  }, ["newLine", "]"]);
}
