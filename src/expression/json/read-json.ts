import { ArmObject, type ArmValue } from "../arm-value.ts";
import { LimitReached } from "../limits.ts";

/*
 * JSON as Newtonsoft.Json reads it, which ARM's `json()` is built on: comments, single quotes, names without quotes, trailing commas,
 * hexadecimal and octal numbers, `undefined`, `NaN`. What follows a complete value is not looked at, and an array or object that the
 * text ends in counts as closed.
 * https://www.newtonsoft.com/json/help/html/T_Newtonsoft_Json_JsonTextReader.htm
 */

/** Thrown where a text is no JSON even so. */
class JsonError extends Error {}

const WHITE_SPACE = /[\0\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const NUMBER_PART = /[-+0-9a-fA-FxX.]/;
const NUMBER_END = /[\0\s\u0085,}\])/]/;
const NAME_PART = /[\p{L}\p{Nd}_$]/u;
const WORD_END = /[\s\u0085,}\]/]/;
const MAX_INTEGER_LENGTH = 380;

const WORDS: readonly (readonly [string, ArmValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
  ["undefined", null],
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
];

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["b", "\b"],
  ["t", "\t"],
  ["n", "\n"],
  ["f", "\f"],
  ["r", "\r"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["/", "/"],
]);

/**
 * The value of a JSON text; numbers with a fraction or an exponent are floating-point, the others integers of any size.
 *
 * @returns `undefined` when the text is no JSON
 * @throws LimitReached when arrays and objects are nested deeper than `maxDepth`
 */
export function readJson(text: string, maxDepth: number): ArmValue | undefined {
  try {
    return new JsonReader(text, maxDepth).read();
  } catch (error) {
    if (error instanceof JsonError) return undefined;
    throw error;
  }
}

class JsonReader {
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;
  #depth = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  read(): ArmValue {
    this.#skip();
    return this.#peek() === "," ? null : this.#value();
  }

  #value(): ArmValue {
    const character = this.#peek();
    if (character === '"' || character === "'") return this.#string();
    if (character === "[") return this.#nested(() => this.#array());
    if (character === "{") return this.#nested(() => this.#object());
    if (/[-.0-9]/.test(character)) return this.#number();
    return this.#word();
  }

  #nested(read: () => ArmValue): ArmValue {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) throw new LimitReached("JSON depth");
    this.#at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  /** A comma with nothing before it stands for null, one at the end for nothing. */
  #array(): ArmValue {
    const elements: ArmValue[] = [];
    this.#skip();
    if (this.#match("]")) return elements;
    for (;;) {
      elements.push(this.#peek() === "," ? null : this.#value());
      this.#skip();
      if (this.#peek() === "" || this.#match("]")) return elements;
      if (!this.#match(",")) throw new JsonError();
      this.#skip();
      if (this.#match("]")) return elements;
    }
  }

  #object(): ArmValue {
    const members = new Map<string, ArmValue>();
    this.#skip();
    if (this.#match("}")) return new ArmObject(members);
    for (;;) {
      const name = this.#name();
      this.#skipSpace();
      if (!this.#match(":")) throw new JsonError();
      this.#skip();
      members.set(name, this.#peek() === "," ? null : this.#value());
      this.#skip();
      if (this.#peek() === "" || this.#match("}")) return new ArmObject(members);
      if (!this.#match(",")) throw new JsonError();
      this.#skip();
      if (this.#match("}")) return new ArmObject(members);
    }
  }

  #name(): string {
    if (this.#peek() === '"' || this.#peek() === "'") return this.#string();
    const start = this.#at;
    while (NAME_PART.test(this.#peek())) this.#at += 1;
    if (this.#at === start) throw new JsonError();
    return this.#text.slice(start, this.#at);
  }

  #string(): string {
    const quote = this.#peek();
    this.#at += 1;
    const parts: string[] = [];
    for (let start = this.#at; ;) {
      const character = this.#peek();
      if (character === "") throw new JsonError();
      if (character === quote) {
        parts.push(this.#text.slice(start, this.#at));
        this.#at += 1;
        return parts.join("");
      }
      if (character === "\\") {
        parts.push(this.#text.slice(start, this.#at), this.#escape());
        start = this.#at;
      } else {
        this.#at += 1;
      }
    }
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at + 1);
    if (letter === "u") return this.#unicodeEscape();
    const character = ESCAPES.get(letter);
    if (character === undefined) throw new JsonError();
    this.#at += 2;
    return character;
  }

  /** Half of a surrogate pair becomes U+FFFD. */
  #unicodeEscape(): string {
    const first = this.#codeUnit();
    if (first < 0xd800 || first > 0xdfff) return String.fromCharCode(first);
    if (first <= 0xdbff && this.#text.startsWith("\\u", this.#at)) {
      const start = this.#at;
      const second = this.#codeUnit();
      if (second >= 0xdc00 && second <= 0xdfff) return String.fromCharCode(first, second);
      this.#at = start;
    }
    return "\ufffd";
  }

  #codeUnit(): number {
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new JsonError();
    this.#at += 6;
    return Number.parseInt(digits, 16);
  }

  #number(): ArmValue {
    if (this.#text.startsWith("-I", this.#at)) {
      this.#at += 1;
      return -Number(this.#word());
    }
    const start = this.#at;
    while (NUMBER_PART.test(this.#peek())) this.#at += 1;
    const next = this.#peek();
    if (next !== "" && !NUMBER_END.test(next)) throw new JsonError();
    return numberOf(this.#text.slice(start, this.#at));
  }

  #word(): ArmValue {
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      const next = this.#text.charAt(this.#at + word.length);
      if (next !== "" && !WORD_END.test(next)) break;
      this.#at += word.length;
      return value;
    }
    throw new JsonError();
  }

  /** Over white space and comments. */
  #skip(): void {
    for (;;) {
      this.#skipSpace();
      if (this.#peek() !== "/") return;
      const kind = this.#text.charAt(this.#at + 1);
      if (kind !== "*" && kind !== "/") throw new JsonError();
      const end = kind === "*" ? this.#text.indexOf("*/", this.#at + 2) : endOfLine(this.#text, this.#at);
      if (end < 0) throw new JsonError();
      this.#at = kind === "*" ? end + 2 : end;
    }
  }

  #skipSpace(): void {
    while (WHITE_SPACE.test(this.#peek())) this.#at += 1;
  }

  #match(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }
}

function endOfLine(text: string, start: number): number {
  const end = text.slice(start).search(/[\r\n]/);
  return end < 0 ? text.length : start + end;
}

function numberOf(text: string): ArmValue {
  if (/^0[^.eE]/.test(text)) return fromBase(text);
  if (/^-?[0-9]+$/.test(text)) {
    if (text.length > MAX_INTEGER_LENGTH) throw new JsonError();
    return BigInt(text);
  }
  if (/^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) return Number(text);
  throw new JsonError();
}

/** A leading 0 means octal, 0x hexadecimal; 64 bits in two's complement. */
function fromBase(text: string): bigint {
  const valid = /^0x[0-9a-f]+$/i.test(text) || /^0[0-7]+$/.test(text);
  if (!valid || text.length > MAX_INTEGER_LENGTH) throw new JsonError();
  const value = BigInt(/^0x/i.test(text) ? text.toLowerCase() : `0o${text}`);
  if (value >= 2n ** 64n) throw new JsonError();
  return BigInt.asIntN(64, value);
}
