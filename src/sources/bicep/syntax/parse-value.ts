import type { Declaration, Decorator, Element, Skipped, TypeExpression } from "./ast.ts";
import { isMissing, type Cursor } from "./cursor.ts";
import { parseName } from "./parse-elements.ts";
import { parseDeclaredType } from "./parse-type.ts";
import { VALUE, type Parser } from "./parser.ts";
import type { Token } from "./token.ts";

/** What precedes a declaration: its decorators with the line breaks between them. */
export interface Leading {
  readonly elements: readonly Element[];
  readonly decorators: readonly Decorator[];
}

/** The equals sign of a declaration. */
export function parseAssignment(cursor: Cursor, quiet: boolean): Token | Skipped {
  return cursor.recover(() => cursor.expectCharacter("="), ["newLine"], { quiet });
}

/** `var name type? = value` */
export function parseVariable(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP015", ["identifier", "newLine"]);
  const type = parseVariableType(parser, isMissing(name));
  const assignment = parseAssignment(cursor, isMissing(type ?? name));
  const value = cursor.recover(() => parser.expression(VALUE), ["newLine"], { quiet: isMissing(assignment) });
  const elements = [...leading.elements, keyword, name, type, assignment, value];
  return cursor.node("variableDeclaration", elements, { decorators: leading.decorators, keyword, name, type, value });
}

function parseVariableType(parser: Parser, quiet: boolean): TypeExpression | undefined {
  const { cursor } = parser;
  if (cursor.atEnd || cursor.at("newLine", "=")) return undefined;
  return cursor.recover(() => parseDeclaredType(parser, false), ["=", "newLine"], { quiet });
}

/** `type name = …` */
export function parseTypeAlias(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP325", ["=", "newLine"]);
  const quiet = isMissing(name);
  const assignment = parseAssignment(cursor, quiet);
  const value = cursor.recover(() => parseDeclaredType(parser, false), ["=", "{", "newLine"], { quiet });
  const elements = [...leading.elements, keyword, name, assignment, value];
  return cursor.node("typeDeclaration", elements, { decorators: leading.decorators, keyword, name, value });
}
