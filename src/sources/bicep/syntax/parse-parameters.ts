import type {
  Declaration,
  Element,
  ExtensionConfigAssignment,
  Skipped,
  StringLiteral,
  UsingDeclaration,
} from "./ast.ts";
import { isMissing } from "./cursor.ts";
import { decoratorsOf, parseDecorators } from "./parse-decorator.ts";
import { parseName } from "./parse-elements.ts";
import { parseExtension, parseImport, parseWithClause } from "./parse-import.ts";
import { parseRequiredString } from "./parse-string.ts";
import { parseAssignment, parseTypeAlias, parseVariable, type Leading } from "./parse-value.ts";
import { VALUE, type Parser } from "./parser.ts";
import type { Token } from "./token.ts";

type Production = (parser: Parser, leading: Leading) => Declaration;

const DECLARATIONS: Readonly<Record<string, Production>> = {
  using: parseUsing,
  extends: parseExtends,
  param: parseParameterAssignment,
  var: parseVariable,
  import: parseImport,
  extensionConfig: parseExtensionConfig,
  extension: parseExtension,
  type: parseTypeAlias,
};

/** A declaration of a parameters file or a line break at the next token; fails when there is neither. */
export function parseParametersDeclaration(parser: Parser): Declaration | Token {
  const { cursor } = parser;
  const elements = parseDecorators(parser);
  const next = cursor.peek();
  if (next.type === "newLine") return cursor.read();
  if (next.type === "identifier" && Object.hasOwn(DECLARATIONS, next.text)) {
    const production = DECLARATIONS[next.text];
    if (production !== undefined) return production(parser, { elements, decorators: decoratorsOf(elements) });
  }
  return cursor.fail("BCP337");
}

function parseUsing(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const target = parseUsingTarget(parser);
  const quiet = target.path !== "none" && isMissing(target.path);
  const clause =
    cursor.atEnd || cursor.at("newLine")
      ? undefined
      : cursor.recover(() => parseWithClause(parser, "BCP436"), ["newLine"], { quiet });
  const clauseElements = clause === undefined ? [] : clause.kind === "skipped" ? [clause] : clause.elements;
  const config = clause?.kind === "with" ? clause.config : undefined;
  const elements = [...leading.elements, keyword, target.element, ...clauseElements];
  return cursor.node("using", elements, { decorators: leading.decorators, keyword, path: target.path, config });
}

interface UsingTarget {
  readonly element: Element;
  readonly path: UsingDeclaration["path"];
}

function parseUsingTarget(parser: Parser): UsingTarget {
  const { cursor } = parser;
  if (cursor.at("identifier")) {
    const element = cursor.recover(() => cursor.expectKeyword("none"), ["newLine"]);
    return { element, path: element.kind === "token" ? "none" : element };
  }
  const path: StringLiteral | Skipped = cursor.at("stringComplete")
    ? cursor.recover(() => parseRequiredString(parser, "BCP257"), ["newLine"])
    : cursor.missing("BCP354");
  return { element: path, path };
}

function parseExtends(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const path = cursor.recover(() => parseRequiredString(parser, "BCP404"), ["newLine"]);
  const elements = [...leading.elements, keyword, path];
  return cursor.node("extends", elements, { decorators: leading.decorators, keyword, path });
}

function parseParameterAssignment(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP013", ["identifier", "newLine"]);
  const assignment = parseAssignment(cursor, isMissing(name));
  const value = cursor.recover(() => parser.expression(VALUE), ["newLine"], { quiet: isMissing(assignment) });
  const elements = [...leading.elements, keyword, name, assignment, value];
  return cursor.node("parameterAssignment", elements, { decorators: leading.decorators, keyword, name, value });
}

function parseExtensionConfig(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP202", ["identifier", "newLine"]);
  const clause = cursor.recover(() => parseWithClause(parser, "BCP012"), ["newLine"], { quiet: isMissing(name) });
  const clauseElements = clause.kind === "skipped" ? [clause] : clause.elements;
  const config: ExtensionConfigAssignment["config"] = clause.kind === "skipped" ? clause : requireConfig(clause.config);
  const elements = [...leading.elements, keyword, name, ...clauseElements];
  return cursor.node("extensionConfig", elements, { decorators: leading.decorators, keyword, name, config });
}

function requireConfig(config: ExtensionConfigAssignment["config"] | undefined): ExtensionConfigAssignment["config"] {
  if (config === undefined) throw new Error("a with clause has a configuration");
  return config;
}
