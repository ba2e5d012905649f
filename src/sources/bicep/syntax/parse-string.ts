import type { Element, Expression, Skipped, StringLiteral } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import type { SyntaxCode } from "./messages.ts";
import { SCALAR, type Parser } from "./parser.ts";
import type { Token } from "./token.ts";

const HOLE_ENDS = ["stringMiddle", "stringRight", "newLine"] as const;

/** A string at the next token, with the expressions in its holes; `skipped` when it is not terminated or malformed. */
export function parseString(parser: Parser): StringLiteral | Skipped {
  const { cursor } = parser;
  const first = cursor.read();
  const elements: Element[] = [first];
  let piece = first;
  while (piece.type === "stringLeft" || piece.type === "stringMiddle") {
    elements.push(parseHole(parser));
    if (!cursor.at("stringMiddle", "stringRight")) return broken(cursor, elements);
    piece = cursor.read();
    elements.push(piece);
  }
  const segments = segmentsOf(elements);
  if (segments === undefined) return broken(cursor, elements);
  const holes = elements.filter((element): element is Expression => element.kind !== "token");
  return cursor.node("string", elements, { segments, holes });
}

function parseHole({ cursor, expression }: Parser): Element {
  const inner = cursor.recover(() => expression(SCALAR), HOLE_ENDS);
  if (cursor.at(...HOLE_ENDS)) return inner;
  const rest = cursor.skipTo("BCP064", HOLE_ENDS);
  return cursor.node("skipped", [inner, rest], {});
}

function broken(cursor: Cursor, elements: readonly Element[]): Skipped {
  return cursor.node("skipped", elements, {});
}

function segmentsOf(elements: readonly Element[]): string[] | undefined {
  const tokens = elements.filter((element): element is Token => element.kind === "token");
  const segments = tokens.map((token) => token.value).filter((value) => value !== undefined);
  return segments.length === tokens.length ? segments : undefined;
}

/**
 * A string where nothing else may stand; fails when there is none or it is malformed. What stands in its place then is skipped to
 * the end of the line, even past an equals sign, as in the compiler.
 */
export function parseRequiredString(parser: Parser, code: SyntaxCode): StringLiteral {
  const { cursor } = parser;
  const start = cursor.peek();
  if (!cursor.at("stringComplete", "stringLeft")) {
    cursor.skipTo("BCP064", HOLE_ENDS);
    return cursor.fail(code, undefined, start);
  }
  const literal = parseString(parser);
  return literal.kind === "skipped" ? cursor.fail(code, undefined, start) : literal;
}
