import type { Decorator, Element, Expression, Identifier } from "./ast.ts";
import { parseArguments, parseIdentifier, parseMemberName } from "./parse-elements.ts";
import { VALUE, type Parser } from "./parser.ts";

/** The decorators at the next token with the line breaks behind them; each needs one. */
export function parseDecorators(parser: Parser): Element[] {
  const { cursor } = parser;
  const elements: Element[] = [];
  while (cursor.at("@")) {
    elements.push(parseDecorator(parser));
    elements.push(cursor.recover(() => cursor.expect("newLine", "BCP019"), ["newLine"], { consume: true }));
    elements.push(...cursor.readNewLines());
  }
  return elements;
}

/** The decorators among what precedes a declaration. */
export function decoratorsOf(leading: readonly Element[]): Decorator[] {
  return leading.filter((element) => element.kind === "decorator");
}

function parseDecorator(parser: Parser): Decorator {
  const { cursor } = parser;
  const at = cursor.expectCharacter("@");
  const expression = cursor.recover(() => parseDecoratorExpression(parser), ["newLine"]);
  return cursor.node("decorator", [at, expression], { expression });
}

function parseDecoratorExpression(parser: Parser): Expression {
  const { cursor } = parser;
  let current = parseDecoratorStart(parser, parseIdentifier(cursor, "BCP123"));
  while (cursor.at(".")) {
    const dot = cursor.read();
    const name = parseMemberName(cursor);
    current = parseDecoratorMember(parser, [current, dot, name], { base: current, name });
  }
  return current;
}

function parseDecoratorStart(parser: Parser, name: Identifier): Expression {
  const { cursor } = parser;
  if (!cursor.at("(")) return cursor.node("variable", [name], { name });
  const list = parseArguments(parser, VALUE);
  return cursor.node("call", [name, ...list.elements], { name, arguments: list.arguments });
}

interface DecoratorMember {
  readonly base: Expression;
  readonly name: Identifier;
}

function parseDecoratorMember(parser: Parser, elements: readonly Element[], member: DecoratorMember): Expression {
  const { cursor } = parser;
  if (!cursor.at("(")) return cursor.node("property", elements, { ...member, safe: false });
  const list = parseArguments(parser, VALUE);
  return cursor.node("instanceCall", [...elements, ...list.elements], { ...member, arguments: list.arguments });
}
