import type { ArrayItem, ArrayLiteral, Element, ObjectLiteral, ObjectProperty, Skipped, Spread } from "./ast.ts";
import { isKeyword, isMissing } from "./cursor.ts";
import { parseIdentifier, parseListElements } from "./parse-elements.ts";
import { parseRequiredString } from "./parse-string.ts";
import { VALUE, type ExpressionContext, type Parser } from "./parser.ts";
import type { TokenType } from "./token.ts";

/** An array at its bracket. */
export function parseArray(parser: Parser): ArrayLiteral {
  const { cursor } = parser;
  const open = cursor.expectCharacter("[");
  const parseElement = (): Element => cursor.recover(() => parseItem(parser), ["newLine", "]"]);
  const elements = parseListElements(cursor, "]", parseElement);
  const close = cursor.expectCharacter("]");
  const items = elements.filter((element) => element.kind === "item" || element.kind === "spread");
  return cursor.node("array", [open, ...elements, close], { items });
}

function parseItem(parser: Parser): ArrayItem | Spread {
  const { cursor } = parser;
  if (cursor.at("...")) return parseSpread(parser, [",", "newLine", "]"]);
  const value = parser.expression(VALUE);
  return cursor.node("item", [value], { value });
}

function parseSpread({ cursor, expression }: Parser, until: readonly TokenType[]): Spread {
  const dots = cursor.read();
  const value = cursor.recover(() => expression(VALUE), until);
  return cursor.node("spread", [dots, value], { value });
}

/** An object at its brace; with `context.resources`, resources may be declared between its members. */
export function parseObject(parser: Parser, context: ExpressionContext): ObjectLiteral {
  const { cursor } = parser;
  const open = cursor.expectCharacter("{");
  const parseElement = (): Element => cursor.recover(() => parseMember(parser, context), ["newLine", "}"]);
  const elements = parseListElements(cursor, "}", parseElement);
  const close = cursor.expectCharacter("}");
  const members = elements.filter((element) => element.kind === "member" || element.kind === "spread");
  const resources = elements.filter((element) => element.kind === "resource");
  return cursor.node("object", [open, ...elements, close], { members, resources });
}

function parseMember(parser: Parser, context: ExpressionContext): Element {
  const { cursor } = parser;
  if (context.resources && isNestedResource(parser)) return parser.nestedResource();
  if (cursor.at("...")) return parseSpread(parser, [",", "newLine", "}"]);
  return parseProperty(parser);
}

/** `resource` is a property name as well; a name behind it makes it a declaration. */
function isNestedResource({ cursor }: Parser): boolean {
  return cursor.at("@") || (isKeyword(cursor.peek(), "resource") && cursor.peek(1).type === "identifier");
}

function parseProperty(parser: Parser): ObjectProperty {
  const { cursor } = parser;
  const key = cursor.recover(() => parsePropertyKey(parser), [":", "newLine", "}"]);
  const colon = cursor.recover(() => cursor.expectCharacter(":"), ["newLine", "}"], { quiet: isMissing(key) });
  const value = cursor.recover(() => parser.expression(VALUE), ["newLine", "}"], { quiet: isMissing(colon) });
  return cursor.node("member", [key, colon, value], { key, value });
}

function parsePropertyKey(parser: Parser): ObjectProperty["key"] {
  if (parser.cursor.at("identifier")) return parseIdentifier(parser.cursor, "BCP022");
  if (parser.cursor.at("stringComplete", "stringLeft")) return parseRequiredString(parser, "BCP022");
  return parser.cursor.fail("BCP022");
}

/** An object where nothing else may stand, skipped up to `until` when there is none. */
export function parseRequiredObject(
  parser: Parser,
  until: readonly TokenType[],
  quiet = false,
): ObjectLiteral | Skipped {
  return parser.cursor.recover(() => parseObject(parser, VALUE), until, { quiet });
}
