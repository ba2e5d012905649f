import { Defect } from "../service.ts";

/** The value only exists at run time, so a what-if leaves the text of the expression in its place. */
export class RunTimeOnly extends Error {
  override readonly name = "RunTimeOnly";
}

/** A template function with its evaluated arguments. */
export type TemplateFunction = (args: readonly unknown[]) => unknown;

const TOKENS = /(?<text>'(?:[^']|'')*')|(?<number>-?\d+)|(?<name>[A-Za-z_]\w*)|(?<sign>[()[\],.])|(?<space>\s+)/uy;

const RUN_TIME = /^(?:reference|list\w*|utcnow|newguid|deployer|getsecret)$/u;

interface Cursor {
  readonly source: string;
  readonly tokens: readonly string[];
  next: number;
}

/** Whether `text` is an expression rather than a literal. */
export function isExpression(text: string): boolean {
  return text.startsWith("[") && !text.startsWith("[[") && text.endsWith("]");
}

/**
 * The value of `source`, the text between the brackets. Deliberately small, and written apart from the product's evaluator.
 *
 * @throws RunTimeOnly when only a deployment knows the value
 * @throws Defect for a function that the simulator does not have: the scenario must can its answer
 */
export function evaluate(source: string, functions: Readonly<Record<string, TemplateFunction>>): unknown {
  const cursor: Cursor = { source, tokens: tokensOf(source), next: 0 };
  const value = readValue(cursor, functions);
  if (cursor.next < cursor.tokens.length) throw cannot(source);
  return value;
}

function tokensOf(source: string): readonly string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < source.length) {
    TOKENS.lastIndex = at;
    const match = TOKENS.exec(source);
    if (match === null) throw cannot(source);
    if (match.groups?.["space"] === undefined) tokens.push(match[0]);
    at = TOKENS.lastIndex;
  }
  return tokens;
}

function readValue(cursor: Cursor, functions: Readonly<Record<string, TemplateFunction>>): unknown {
  let value = readPrimary(cursor, functions);
  for (;;) {
    const sign = cursor.tokens[cursor.next];
    if (sign === ".") {
      cursor.next += 1;
      value = memberOf(value, take(cursor), cursor.source);
    } else if (sign === "[") {
      cursor.next += 1;
      value = memberOf(value, String(readValue(cursor, functions)), cursor.source);
      expectSign(cursor, "]");
    } else {
      return value;
    }
  }
}

function readPrimary(cursor: Cursor, functions: Readonly<Record<string, TemplateFunction>>): unknown {
  const token = take(cursor);
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (/^-?\d/u.test(token)) return Number(token);
  expectSign(cursor, "(");
  const name = token.toLowerCase();
  const known = functions[name];
  if (known === undefined && RUN_TIME.test(name)) throw new RunTimeOnly(cursor.source);
  const args: unknown[] = [];
  while (cursor.tokens[cursor.next] !== ")") {
    if (args.length > 0) expectSign(cursor, ",");
    args.push(readValue(cursor, functions));
  }
  cursor.next += 1;
  if (known === undefined) throw cannot(cursor.source);
  return known(args);
}

function take(cursor: Cursor): string {
  const token = cursor.tokens[cursor.next];
  if (token === undefined) throw cannot(cursor.source);
  cursor.next += 1;
  return token;
}

function expectSign(cursor: Cursor, sign: string): void {
  if (take(cursor) !== sign) throw cannot(cursor.source);
}

function memberOf(value: unknown, name: string, source: string): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items[Number(name)];
  }
  if (typeof value !== "object" || value === null) throw cannot(source);
  const wanted = name.toLowerCase();
  return Object.entries(value).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function cannot(source: string): Defect {
  return new Defect(`the simulator cannot evaluate [${source}]: can the answer of this what-if (arm.whatIfReturns)`);
}
