import type {
  Declaration,
  Element,
  Identifier,
  ImportDeclaration,
  ImportItem,
  ImportList,
  ImportWildcard,
  Skipped,
} from "./ast.ts";
import { isMissing } from "./cursor.ts";
import type { SyntaxCode } from "./messages.ts";
import { parseIdentifier, parseListElements, parseName } from "./parse-elements.ts";
import { parseRequiredObject } from "./parse-literal.ts";
import { parseRequiredString, parseString } from "./parse-string.ts";
import type { Parser } from "./parser.ts";
import type { Leading } from "./parse-value.ts";
import type { Token } from "./token.ts";

/** `import { … } from 'path'` or `import * as name from 'path'`. */
export function parseImport(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const target = parseImportTarget(parser);
  const from = cursor.recover(() => parseFrom(parser), ["newLine"]);
  const clause: FromClause = from.kind === "skipped" ? { kind: "from", elements: [from], path: from } : from;
  const elements = [...leading.elements, keyword, target, ...clause.elements];
  const members = { target, path: clause.path };
  return cursor.node("import", elements, { decorators: leading.decorators, keyword, ...members });
}

interface FromClause {
  readonly kind: "from";
  readonly elements: readonly Element[];
  readonly path: ImportDeclaration["path"];
}

function parseFrom(parser: Parser): FromClause {
  const { cursor } = parser;
  const keyword = cursor.expectKeyword("from");
  const path = cursor.recover(() => parseRequiredString(parser, "BCP097"), ["newLine"]);
  return { kind: "from", elements: [keyword, path], path };
}

function parseImportTarget(parser: Parser): ImportDeclaration["target"] {
  const { cursor } = parser;
  if (cursor.at("{")) return parseImportList(parser);
  if (cursor.at("*")) return cursor.recover(() => parseWildcard(parser), ["newLine"]);
  if (cursor.atEnd || cursor.at("newLine", "identifier")) return cursor.missing("BCP354");
  return unexpected(parser, "BCP354");
}

function unexpected({ cursor }: Parser, code: SyntaxCode): Skipped {
  const skipped: Skipped = cursor.node("skipped", [cursor.read()], {});
  cursor.report(code, skipped);
  return skipped;
}

function parseWildcard({ cursor }: Parser): ImportWildcard {
  const elements = [cursor.read(), cursor.expectKeyword("as")];
  const alias = parseIdentifier(cursor, "BCP356");
  return cursor.node("importWildcard", [...elements, alias], { alias });
}

function parseImportList(parser: Parser): ImportList {
  const { cursor } = parser;
  const open = cursor.expectCharacter("{");
  const elements = parseListElements(cursor, "}", () => parseImportItem(parser));
  const close = cursor.expectCharacter("}");
  const items = elements.filter((element) => element.kind === "importItem");
  return cursor.node("importList", [open, ...elements, close], { items });
}

function parseImportItem(parser: Parser): ImportItem | Skipped {
  const { cursor } = parser;
  const original = parseImportedName(parser);
  const keyword = cursor.readKeyword("as");
  const alias = keyword === undefined ? undefined : parseName(cursor, "BCP325", [",", "newLine"]);
  if (original.kind === "string" && alias === undefined) {
    cursor.report("BCP375", original);
    return cursor.node("skipped", [original], {});
  }
  return cursor.node("importItem", [original, keyword, alias], { original, alias });
}

function parseImportedName(parser: Parser): ImportItem["original"] {
  const { cursor } = parser;
  switch (cursor.peek().type) {
    case "identifier":
      return parseIdentifier(cursor, "BCP355");
    case "stringComplete":
      return parseString(parser);
    case "stringLeft": {
      const skipped: Skipped = cursor.node("skipped", [parseString(parser)], {});
      cursor.report("BCP032", skipped);
      return skipped;
    }
    default:
      return unexpected(parser, "BCP355");
  }
}

/** `extension specification with { … } as name`. */
export function parseExtension(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const specification = parseSpecification(parser);
  const withClause = parseWith(parser, isMissing(specification));
  const asClause = parseAs(
    parser,
    withClause.elements.some((element) => isMissing(element)),
  );
  const elements = [...leading.elements, keyword, specification, ...withClause.elements, ...asClause.elements];
  const members = { specification, config: withClause.config, alias: asClause.alias };
  return cursor.node("extension", elements, { decorators: leading.decorators, keyword, ...members });
}

function parseSpecification(parser: Parser): Extract<Declaration, { kind: "extension" }>["specification"] {
  const { cursor } = parser;
  if (cursor.at("identifier")) return parseIdentifier(cursor, "BCP201");
  return cursor.recover(() => parseRequiredString(parser, "BCP201"), ["newLine"]);
}

interface WithClause {
  readonly kind: "with";
  readonly elements: readonly Element[];
  readonly config: Extract<Declaration, { kind: "extension" }>["config"];
}

function parseWith(parser: Parser, quiet: boolean): WithClause {
  const { cursor } = parser;
  if (cursor.atEnd || cursor.at("newLine") || cursor.atKeyword("as")) {
    return { kind: "with", elements: [], config: undefined };
  }
  const clause = cursor.recover(() => parseWithClause(parser, "BCP305"), ["newLine"], { quiet });
  return clause.kind === "skipped" ? { kind: "with", elements: [clause], config: undefined } : clause;
}

/** `with { … }`; fails with `code` when the keyword is not next. */
export function parseWithClause(parser: Parser, code: SyntaxCode): WithClause {
  const { cursor } = parser;
  const keyword: Token = cursor.expectKeyword("with", code);
  const config = parseRequiredObject(parser, ["newLine"]);
  return { kind: "with", elements: [keyword, config], config };
}

interface AsClause {
  readonly elements: readonly Element[];
  readonly alias: Identifier | undefined;
}

function parseAs({ cursor }: Parser, quiet: boolean): AsClause {
  if (cursor.atEnd || cursor.at("newLine")) return { elements: [], alias: undefined };
  const clause = cursor.recover(
    () => {
      const keyword = cursor.expectKeyword("as");
      return { kind: "as" as const, keyword, alias: parseIdentifier(cursor, "BCP202") };
    },
    ["newLine"],
    { quiet },
  );
  if (clause.kind === "skipped") return { elements: [clause], alias: undefined };
  return { elements: [clause.keyword, clause.alias], alias: clause.alias };
}
