import type {
  Declaration,
  Decorator,
  Element,
  MissingDeclaration,
  ResourceDeclaration,
  Skipped,
  TestDeclaration,
} from "./ast.ts";
import { isKeyword, isMissing, type Cursor } from "./cursor.ts";
import { parseBody } from "./parse-body.ts";
import type { SyntaxCode } from "./messages.ts";
import { decoratorsOf, parseDecorators } from "./parse-decorator.ts";
import { parseName } from "./parse-elements.ts";
import { parseExtension, parseImport } from "./parse-import.ts";
import { parseTypedLambda } from "./parse-lambda.ts";
import { parseRequiredObject } from "./parse-literal.ts";
import { parseRequiredString } from "./parse-string.ts";
import { parseDeclaredType } from "./parse-type.ts";
import { parseAssignment, parseTypeAlias, parseVariable, type Leading } from "./parse-value.ts";
import { RESOURCE_BODY, VALUE, type Parser } from "./parser.ts";
import type { Token } from "./token.ts";

type Production = (parser: Parser, leading: Leading) => Declaration;

const DECLARATIONS: Readonly<Record<string, Production>> = {
  targetScope: parseTargetScope,
  metadata: parseMetadata,
  type: parseTypeAlias,
  param: parseParameter,
  var: parseVariable,
  func: parseFunction,
  resource: parseResource,
  output: parseOutput,
  module: parseModule,
  test: parseTest,
  import: parseImportOrExtension,
  extension: parseExtension,
  assert: parseAssert,
};

/** A declaration of a template file or a line break at the next token; fails when there is neither. */
export function parseTemplateDeclaration(parser: Parser): Declaration | Token {
  return parseDecorated(parser, DECLARATIONS);
}

/** A resource within the body of another. */
export function parseNestedResource(parser: Parser): Element {
  return parser.cursor.recover(() => parseDecorated(parser, { resource: parseResource }), ["newLine"]);
}

function parseDecorated(parser: Parser, productions: Readonly<Record<string, Production>>): Declaration | Token {
  const { cursor } = parser;
  const elements = parseDecorators(parser);
  const decorators = decoratorsOf(elements);
  const next = cursor.peek();
  if (next.type === "newLine") return cursor.read();
  if (next.type === "identifier" && Object.hasOwn(productions, next.text)) {
    const production = productions[next.text];
    if (production !== undefined) return production(parser, { elements, decorators });
  }
  if (elements.length === 0) return cursor.fail("BCP007");
  return missingDeclaration(cursor, elements, decorators);
}

/** Decorators that fit some declarations only, with the code that says which. */
const EXPECTED_AFTER: Readonly<Record<string, SyntaxCode>> = {
  allowed: "BCP147",
  batchSize: "BCP153",
  discriminator: "BCP292",
  maxLength: "BCP292",
  maxValue: "BCP292",
  metadata: "BCP292",
  minLength: "BCP292",
  minValue: "BCP292",
  onlyIfNotExists: "BCP149",
  retryOn: "BCP149",
  sealed: "BCP292",
  secure: "BCP292",
};

function expectedAfter({ expression }: Decorator): SyntaxCode {
  const name = expression.kind === "call" || expression.kind === "instanceCall" ? expression.name.name : "";
  return (Object.hasOwn(EXPECTED_AFTER, name) ? EXPECTED_AFTER[name] : undefined) ?? "BCP132";
}

/** Decorators with nothing behind them; reported unless they are faulty themselves. */
function missingDeclaration(
  cursor: Cursor,
  elements: readonly Element[],
  decorators: readonly Decorator[],
): MissingDeclaration {
  const node: MissingDeclaration = cursor.node("missingDeclaration", elements, { decorators });
  const last = decorators.at(-1);
  const isFaulty = (cursor.diagnostics.at(-1)?.offset ?? -1) >= node.offset;
  if (last !== undefined && !isFaulty) cursor.report(expectedAfter(last), last);
  return node;
}

function parseTargetScope(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const assignment = parseAssignment(cursor, false);
  const value = cursor.recover(() => parser.expression(VALUE), ["newLine"]);
  const elements = [...leading.elements, keyword, assignment, value];
  return cursor.node("targetScope", elements, { decorators: leading.decorators, keyword, value });
}

function parseMetadata(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP266", ["=", "newLine"]);
  const assignment = parseAssignment(cursor, isMissing(name));
  const value = cursor.recover(() => parser.expression(VALUE), ["newLine"], { quiet: isMissing(assignment) });
  const elements = [...leading.elements, keyword, name, assignment, value];
  return cursor.node("metadata", elements, { decorators: leading.decorators, keyword, name, value });
}

function parseParameter(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP013", ["identifier", "newLine"]);
  const quietType = { quiet: isMissing(name) };
  const type = cursor.recover(() => parseDeclaredType(parser, false), ["=", "{", "newLine"], quietType);
  const initial = cursor.recover(() => parseDefault(parser), ["newLine"], { quiet: isMissing(type) });
  const initialElements = initial.kind === "skipped" ? [initial] : initial.elements;
  const members = { name, type, default: initial.kind === "skipped" ? undefined : initial.value };
  const elements = [...leading.elements, keyword, name, type, ...initialElements];
  return cursor.node("parameter", elements, { decorators: leading.decorators, keyword, ...members });
}

interface Default {
  readonly kind: "default";
  readonly elements: readonly Element[];
  readonly value: Exclude<Parameter["default"], undefined> | undefined;
}

type Parameter = Extract<Declaration, { kind: "parameter" }>;

function parseDefault(parser: Parser): Default {
  const { cursor } = parser;
  if (cursor.atEnd || cursor.at("newLine")) return { kind: "default", elements: [], value: undefined };
  if (!cursor.at("=")) return cursor.fail("BCP008");
  const assignment = cursor.read();
  const value = cursor.recover(() => parser.expression(VALUE), ["newLine"]);
  return { kind: "default", elements: [assignment, value], value };
}

function parseFunction(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP015", ["=", "newLine"]);
  const lambda = cursor.recover(() => parseTypedLambda(parser), ["newLine"], { quiet: isMissing(name) });
  const elements = [...leading.elements, keyword, name, lambda];
  return cursor.node("function", elements, { decorators: leading.decorators, keyword, name, lambda });
}

function parseOutput(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP016", ["identifier", "newLine"]);
  const quietType = { quiet: isMissing(name) };
  const type = cursor.recover(() => parseDeclaredType(parser, true), ["=", "newLine"], quietType);
  const assignment = parseAssignment(cursor, isMissing(type));
  const value = cursor.recover(() => parser.expression(VALUE), ["newLine"], { quiet: isMissing(assignment) });
  const elements = [...leading.elements, keyword, name, type, assignment, value];
  return cursor.node("output", elements, { decorators: leading.decorators, keyword, name, type, value });
}

const NAME_ENDS = ["stringComplete", "stringLeft", "newLine"] as const;

function parseResource(parser: Parser, leading: Leading): ResourceDeclaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP017", NAME_ENDS);
  const parseTypeText = (): ResourceDeclaration["type"] => parseRequiredString(parser, "BCP068");
  const type = cursor.recover(parseTypeText, ["=", "newLine"], { quiet: isMissing(name) });
  const existing = cursor.readKeyword("existing");
  const assignment = parseBodyAssignment(cursor, isMissing(type));
  const newLines = assignment.kind === "skipped" ? [] : readNewLinesBeforeIf(cursor);
  const parseValue = (): ResourceDeclaration["value"] => parseBody(parser, RESOURCE_BODY);
  const value = cursor.recover(parseValue, ["newLine"], { quiet: isMissing(assignment) });
  const elements = [...leading.elements, keyword, name, type, existing, assignment, ...newLines, value];
  const members = { name, type, existing: existing !== undefined, value };
  return cursor.node("resource", elements, { decorators: leading.decorators, keyword, ...members });
}

function parseModule(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP096", NAME_ENDS);
  const quietPath = { quiet: isMissing(name) };
  const path = cursor.recover(() => parseRequiredString(parser, "BCP097"), ["=", "newLine"], quietPath);
  const assignment = parseBodyAssignment(cursor, isMissing(path));
  const newLines = readNewLinesBeforeIf(cursor);
  const parseValue = (): ResourceDeclaration["value"] => parseBody(parser, VALUE);
  const value = cursor.recover(parseValue, ["newLine"], { quiet: isMissing(assignment) });
  const elements = [...leading.elements, keyword, name, path, assignment, ...newLines, value];
  return cursor.node("module", elements, { decorators: leading.decorators, keyword, name, path, value });
}

function parseTest(parser: Parser, leading: Leading): TestDeclaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP346", NAME_ENDS);
  const quietPath = { quiet: isMissing(name) };
  const path = cursor.recover(() => parseRequiredString(parser, "BCP347"), ["=", "newLine"], quietPath);
  const assignment = parseBodyAssignment(cursor, isMissing(path));
  const value = parseRequiredObject(parser, ["newLine"], isMissing(assignment));
  const elements = [...leading.elements, keyword, name, path, assignment, value];
  return cursor.node("test", elements, { decorators: leading.decorators, keyword, name, path, value });
}

function parseAssert(parser: Parser, leading: Leading): Declaration {
  const { cursor } = parser;
  const keyword = cursor.read();
  const name = parseName(cursor, "BCP344", ["identifier", "newLine"]);
  const assignment = parseAssignment(cursor, isMissing(name));
  const value = cursor.recover(() => parser.expression(VALUE), ["newLine"], { quiet: isMissing(assignment) });
  const elements = [...leading.elements, keyword, name, assignment, value];
  return cursor.node("assert", elements, { decorators: leading.decorators, keyword, name, value });
}

/** `import 'specification'` is the old form of `extension`. */
function parseImportOrExtension(parser: Parser, leading: Leading): Declaration {
  const next = parser.cursor.peek(1).type;
  const isOldForm = next === "stringComplete" || next === "stringLeft";
  return isOldForm ? parseExtension(parser, leading) : parseImport(parser, leading);
}

/** `if` may stand on the line behind the equals sign. */
function readNewLinesBeforeIf(cursor: Cursor): Element[] {
  return isKeyword(cursor.peekPastNewLines(), "if") ? cursor.readNewLines() : [];
}

function parseBodyAssignment(cursor: Cursor, quiet: boolean): Element | Skipped {
  return cursor.recover(() => cursor.expectCharacter("="), ["{", "newLine"], { quiet });
}
