import type { Element, Expression, Identifier, InstanceCall, PropertyAccess } from "./ast.ts";
import { parseArguments, parseMemberName, unnamed } from "./parse-elements.ts";
import type { ExpressionContext, Parser } from "./parser.ts";
import type { Token } from "./token.ts";

/** `base` with everything that is applied to it: properties, indexes, calls, nested resources, `!`. */
export function parseSuffixes(parser: Parser, context: ExpressionContext, base: Expression): Expression {
  let current = base;
  for (;;) {
    const next = parseSuffix(parser, context, current);
    if (next === undefined) return current;
    current = next;
  }
}

function parseSuffix(parser: Parser, context: ExpressionContext, base: Expression): Expression | undefined {
  const { cursor } = parser;
  switch (cursor.peek().type) {
    case "[":
      return parseIndex(parser, context, base);
    case ".":
      return parseDot(parser, context, base);
    case "::": {
      const colons = cursor.read();
      const name = parseMemberName(cursor);
      return cursor.node("nestedResource", [base, colons, name], { base, name });
    }
    case "!":
      return cursor.node("nonNull", [base, cursor.read()], { operand: base });
    default:
      return undefined;
  }
}

function parseIndex({ cursor, expression }: Parser, context: ExpressionContext, base: Expression): Expression {
  const open = cursor.read();
  const question = cursor.readIf("?");
  const hat = cursor.readIf("^");
  const index = cursor.at("]") ? cursor.missing("BCP117") : expression(context);
  const close = cursor.expectCharacter("]");
  const members = { base, safe: question !== undefined, fromEnd: hat !== undefined, index };
  return cursor.node("index", [base, open, question, hat, index, close], members);
}

function parseDot(parser: Parser, context: ExpressionContext, base: Expression): InstanceCall | PropertyAccess {
  const { cursor } = parser;
  const dot = cursor.read();
  const question = cursor.readIf("?");
  const name = parseMemberName(cursor);
  if (cursor.at("(")) {
    const callee = question === undefined ? name : unsafeName(parser, question, name);
    const list = parseArguments(parser, context);
    const elements: Element[] = [base, dot, callee, ...list.elements];
    return cursor.node("instanceCall", elements, { base, name: callee, arguments: list.arguments });
  }
  return cursor.node("property", [base, dot, question, name], { base, safe: question !== undefined, name });
}

/** A call cannot be made safe: the name counts as missing. */
function unsafeName({ cursor }: Parser, question: Token, name: Identifier): Identifier {
  cursor.report("BCP322", question);
  return unnamed(cursor, cursor.node("skipped", [question, name], {}));
}
