/** A value of a JSON file. Numbers that are no integers are `number`, integers `bigint`. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** An object of a JSON file; of members with one name the last counts. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

const MAX_DEPTH = 128;

class JsonFault extends Error {}

/**
 * The value of a JSON text as Microsoft's tools read it: comments, commas before a bracket, single quotes and names without
 * quotes are accepted. `undefined` when it is malformed all the same.
 */
export function parseJson(text: string): JsonValue | undefined {
  const reader = new JsonReader(text);
  try {
    const value = reader.readValue(0);
    reader.expectEnd();
    return value;
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}

/** Whether `value` is a JSON object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

class JsonReader {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text.startsWith("\uFEFF") ? text.slice(1) : text;
  }

  readValue(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw new JsonFault();
    const next = this.#next();
    if (next === "{") return this.#readObject(depth);
    if (next === "[") return this.#readArray(depth);
    if (next === '"' || next === "'") return this.#readString();
    return this.#readWord();
  }

  expectEnd(): void {
    if (this.#next() !== "") throw new JsonFault();
  }

  /** The next character that is no white space and not in a comment; empty at the end. */
  #next(): string {
    const skipped = /(?:[\s]|\/\/[^\n\r]*|\/\*[^]*?\*\/)*/uy;
    skipped.lastIndex = this.#offset;
    skipped.test(this.#text);
    this.#offset = skipped.lastIndex;
    return this.#text.charAt(this.#offset);
  }

  #readObject(depth: number): JsonObject {
    const members = new Map<string, JsonValue>();
    this.#offset += 1;
    while (this.#next() !== "}") {
      const name = this.#readName();
      if (this.#next() !== ":") throw new JsonFault();
      this.#offset += 1;
      members.set(name, this.readValue(depth + 1));
      this.#readSeparator("}");
    }
    this.#offset += 1;
    return members;
  }

  #readArray(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.#offset += 1;
    while (this.#next() !== "]") {
      items.push(this.readValue(depth + 1));
      this.#readSeparator("]");
    }
    this.#offset += 1;
    return items;
  }

  #readSeparator(close: string): void {
    const next = this.#next();
    if (next === ",") this.#offset += 1;
    else if (next !== close) throw new JsonFault();
  }

  #readName(): string {
    const next = this.#text.charAt(this.#offset);
    if (next === '"' || next === "'") return this.#readString();
    return this.#match(/[\w$]+/uy);
  }

  #readString(): string {
    const quote = this.#text.charAt(this.#offset);
    let value = "";
    for (this.#offset += 1; ; this.#offset += 1) {
      const character = this.#text.charAt(this.#offset);
      if (character === "") throw new JsonFault();
      if (character === quote) break;
      value += character === "\\" ? this.#readEscape() : character;
    }
    this.#offset += 1;
    return value;
  }

  #readEscape(): string {
    this.#offset += 1;
    const character = this.#text.charAt(this.#offset);
    if (character !== "u") return ESCAPES[character] ?? character;
    const digits = this.#text.slice(this.#offset + 1, this.#offset + 5);
    if (!/^[0-9a-fA-F]{4}$/u.test(digits)) throw new JsonFault();
    this.#offset += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #readWord(): JsonValue {
    const word = this.#match(/[\w+\-.]+/uy);
    if (word === "null") return null;
    if (word === "true" || word === "false") return word === "true";
    if (/^-?\d+$/u.test(word)) return BigInt(word);
    const number = Number(word);
    if (Number.isNaN(number)) throw new JsonFault();
    return number;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#offset;
    const [text] = pattern.exec(this.#text) ?? [];
    if (text === undefined) throw new JsonFault();
    this.#offset += text.length;
    return text;
  }
}

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
