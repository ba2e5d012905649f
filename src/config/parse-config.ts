import * as v from "valibot";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { GateError } from "../diagnostics/gate-error.ts";
import { suggestion } from "../lib/did-you-mean.ts";
import { isRecord } from "../lib/is-record.ts";
import { type Config, configSchema, KEYS, LATER_KEYS } from "./schema.ts";

/** A parsed configuration, and a way to point at a place in it. */
export interface ParsedConfig {
  readonly config: Config;
  /** `name:line:column` of a key or value. */
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}

/**
 * Reads the text of a configuration file.
 *
 * @throws GateError CONFIG_INVALID with file, line and column of the first thing that is wrong, NOT_AVAILABLE for a key of a later version
 */
export function parseConfig(text: string, name: string): ParsedConfig {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error !== undefined)
    throw new GateError("CONFIG_INVALID", `${at(error.pos[0])}: ${error.message.split("\n", 1)[0]}`, { cause: error });
  const placeOf = (path: readonly PropertyKey[]) => at(offsetOf(document, path));
  const json = toJson(document, at);
  for (const key of LATER_KEYS) {
    if (typeof json === "object" && json !== null && key in json)
      throw new GateError("NOT_AVAILABLE", `${placeOf([key])}: ${key} is not available yet`);
  }
  const list = misplacedList(json);
  if (list !== undefined)
    throw new GateError("CONFIG_INVALID", `${placeOf(list)}: ${list.at(-1) ?? "the file"} is a list; expected a map`);
  const result = v.safeParse(configSchema, json ?? {});
  if (!result.success) throw toError(result.issues.find(isUnknownKey) ?? result.issues[0], placeOf);
  return { config: result.output, placeOf };
}

function toJson(document: Document, at: (offset: number) => string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : "not readable";
    throw new GateError("CONFIG_INVALID", `${at(offsetOfBrokenAlias(document))}: ${problem}`, { cause });
  }
}

/** Where the first alias stands that names nothing; the start of the file when all do. */
function offsetOfBrokenAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** The path of a list in a place where the schema would take it for an empty map. */
function misplacedList(json: unknown): readonly string[] | undefined {
  const top = isRecord(json) ? json : {};
  const rules = isRecord(top["rules"]) ? Object.entries(top["rules"]) : [];
  const maps: (readonly [path: readonly string[], value: unknown])[] = [
    [[], json],
    [["rules"], top["rules"]],
    [["platform"], top["platform"]],
    ...rules.map(([name, rule]) => [["rules", name], rule] as const),
    ...rules.map(([name, rule]) => [["rules", name, "options"], isRecord(rule) ? rule["options"] : null] as const),
  ];
  return maps.find(([, value]) => Array.isArray(value))?.[0];
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return keyOffset(document, path.slice(0, length)) ?? node.range[0];
  }
  return 0;
}

/** Where the key itself stands, when the last step of the path is one. */
function keyOffset(document: Document, path: readonly PropertyKey[]): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

type Issue = v.BaseIssue<unknown>;

function toError(issue: Issue, placeOf: (path: readonly PropertyKey[]) => string): GateError {
  const inner = deepest(issue);
  const path = [...(issue.path ?? []), ...(inner === issue ? [] : (inner.path ?? []))].map(({ key }) =>
    typeof key === "number" ? key : String(key),
  );
  return new GateError("CONFIG_INVALID", `${placeOf(path)}: ${problemOf(inner, path)}`);
}

/** Of a union of shapes, the issue of the shape that got furthest. */
function deepest(issue: Issue): Issue {
  const nested = issue.type === "union" ? issue.issues : undefined;
  const best = nested?.toSorted((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0))[0];
  return best === undefined || best.path === undefined ? issue : best;
}

/** An unknown key explains more than the missing one that it was meant to be. */
function isUnknownKey(issue: Issue): boolean {
  return issue.type === "strict_object" && issue.received !== "undefined" && (issue.path?.length ?? 0) > 0;
}

function problemOf(issue: Issue, path: readonly PropertyKey[]): string {
  const key = String(path.at(-1) ?? "the file");
  const words = expectedWords(issue.expected);
  if (issue.type === "strict_object" && path.length > 0) {
    if (issue.received === "undefined") return `${words.join(", ")} is missing`;
    return `unknown key ${key}${suggestion(
      key,
      KEYS.filter((known) => known !== key),
    )}`;
  }
  if (words.length > 0)
    return `${key} is ${issue.received}; expected ${words.join(", ")}${suggestion(String(issue.input), words)}`;
  return issue.message.startsWith("Invalid")
    ? `${key} is ${issue.received}; expected ${issue.expected ?? "something else"}`
    : `${key}: ${issue.message}`;
}

/** The words in `("a" | "b")` or `"a"`. */
function expectedWords(expected: string | null): readonly string[] {
  return [...(expected ?? "").matchAll(/"(?<word>[^"]+)"/g)].map((match) => match.groups?.["word"] ?? "");
}
