import type { JsonObject } from "../json.ts";

/** One selected field, with its arguments resolved. */
export interface Field {
  readonly name: string;
  /** Under which the answer stands: the alias, or the name. */
  readonly key: string;
  readonly args: JsonObject;
  /** Empty for a leaf. */
  readonly fields: readonly Field[];
}

/** One operation of a request. */
export interface Operation {
  readonly kind: "query" | "mutation";
  readonly fields: readonly Field[];
}

/** The text is no GraphQL that this simulator reads (one operation, no named fragments, no directives). */
export class GraphqlSyntaxError extends Error {
  override readonly name = "GraphqlSyntaxError";
}

const TOKENS =
  /(?<skip>[\s,]+|#[^\n]*)|(?<text>"(?:[^"\\\n]|\\.)*")|(?<number>-?\d+)|(?<spread>\.\.\.)|(?<sign>[{}()[\]:!=$@])|(?<name>[A-Za-z_]\w*)/uy;

interface Cursor {
  readonly tokens: readonly string[];
  readonly variables: JsonObject;
  next: number;
}

/** Parses one operation and puts `variables` into its arguments. @throws GraphqlSyntaxError */
export function parseOperation(source: string, variables: JsonObject): Operation {
  const cursor: Cursor = { tokens: tokensOf(source), variables, next: 0 };
  const kind = cursor.tokens[0] === "mutation" ? "mutation" : "query";
  if (cursor.tokens[0] !== "{") skipHeader(cursor);
  const fields = readFields(cursor);
  if (cursor.next < cursor.tokens.length) throw new GraphqlSyntaxError(`unexpected ${peek(cursor)}`);
  return { kind, fields };
}

function tokensOf(source: string): readonly string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < source.length) {
    TOKENS.lastIndex = at;
    const match = TOKENS.exec(source);
    if (match === null) throw new GraphqlSyntaxError(`unexpected character at ${String(at)}`);
    if (match.groups?.["skip"] === undefined) tokens.push(match[0]);
    at = TOKENS.lastIndex;
  }
  return tokens;
}

/** `query Name($a: Type!)`: the types of variables are not checked. */
function skipHeader(cursor: Cursor): void {
  if (!["query", "mutation"].includes(take(cursor))) throw new GraphqlSyntaxError("expected query or mutation");
  while (peek(cursor) !== "{") take(cursor);
}

function readFields(cursor: Cursor): readonly Field[] {
  expectToken(cursor, "{");
  const fields: Field[] = [];
  while (peek(cursor) !== "}") {
    if (peek(cursor) === "...") fields.push(...readInlineFragment(cursor));
    else fields.push(readField(cursor));
  }
  take(cursor);
  return fields;
}

function readInlineFragment(cursor: Cursor): readonly Field[] {
  expectToken(cursor, "...");
  if (peek(cursor) === "on") {
    take(cursor);
    take(cursor);
  }
  if (peek(cursor) !== "{") throw new GraphqlSyntaxError("named fragments are not simulated");
  return readFields(cursor);
}

function readField(cursor: Cursor): Field {
  const first = take(cursor);
  const isAlias = peek(cursor) === ":";
  if (isAlias) take(cursor);
  const name = isAlias ? take(cursor) : first;
  if (!/^[A-Za-z_]/u.test(name)) throw new GraphqlSyntaxError(`unexpected ${name}`);
  const args = peek(cursor) === "(" ? readMembers(cursor, "(", ")") : {};
  const fields = peek(cursor) === "{" ? readFields(cursor) : [];
  return { name, key: first, args, fields };
}

function readMembers(cursor: Cursor, open: string, close: string): JsonObject {
  expectToken(cursor, open);
  const members: JsonObject = {};
  while (peek(cursor) !== close) {
    const name = take(cursor);
    expectToken(cursor, ":");
    members[name] = readValue(cursor);
  }
  take(cursor);
  return members;
}

function readValue(cursor: Cursor): unknown {
  const token = peek(cursor);
  if (token === "{") return readMembers(cursor, "{", "}");
  take(cursor);
  if (token === "$") return cursor.variables[take(cursor)];
  if (token === "[") return readItems(cursor);
  if (token.startsWith('"')) return JSON.parse(token);
  if (/^-?\d/u.test(token)) return Number(token);
  const words: JsonObject = { true: true, false: false, null: null };
  return token in words ? words[token] : token;
}

function readItems(cursor: Cursor): readonly unknown[] {
  const items: unknown[] = [];
  while (peek(cursor) !== "]") items.push(readValue(cursor));
  take(cursor);
  return items;
}

function peek(cursor: Cursor): string {
  const token = cursor.tokens[cursor.next];
  if (token === undefined) throw new GraphqlSyntaxError("unexpected end of the document");
  return token;
}

function take(cursor: Cursor): string {
  const token = peek(cursor);
  cursor.next += 1;
  return token;
}

function expectToken(cursor: Cursor, token: string): void {
  const found = take(cursor);
  if (found !== token) throw new GraphqlSyntaxError(`expected ${token}, found ${found}`);
}
