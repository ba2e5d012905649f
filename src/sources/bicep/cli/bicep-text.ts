import { isArray, isObject, type Value } from "../../../expression/value.ts";

/** What asks for a value that the deployment's caller would supply: to Microsoft's engine as unknown as to us. */
const EXTERNAL_INPUT = "externalInput('portcullis.unknown', ";

/** Deeper values are not written: the compiler refuses deep expressions. */
const MAX_DEPTH = 64;

/**
 * A value as Bicep. In the place of each part that is unknown or secret stands an external input, so that nobody need know it.
 *
 * @returns `null` when the value is too deep
 * @example printBicep({ a: [1, "it's"] }) // "{\n'a': [\n1\n'it\\'s'\n]\n}"
 */
export function printBicep(value: Value, name: string, depth = 0): string | null {
  if (depth > MAX_DEPTH) return null;
  if (isArray(value)) return lines("[]", value, (item) => printBicep(item, name, depth + 1));
  if (isObject(value))
    return lines("{}", Object.entries(value), ([key, item]) => {
      const text = printBicep(item, name, depth + 1);
      return text === null ? null : `${quote(key)}: ${text}`;
    });
  if (typeof value === "string") return quote(value);
  if (typeof value === "object" && value !== null) return `${EXTERNAL_INPUT}${quote(name)})`;
  return typeof value === "number" && !Number.isSafeInteger(value) ? `json('${value}')` : printScalar(value);
}

/** `int` has 64 bits with a sign; the smallest cannot be written. */
function printScalar(value: null | boolean | number | bigint): string {
  const isLarge = typeof value === "bigint" && (value > 9223372036854775807n || value < -9223372036854775807n);
  return isLarge ? `json('${value}')` : String(value);
}

/** A text between quotes. */
export function quote(text: string): string {
  const escaped = text.replaceAll(/[\\'\p{Cc}\u2028\u2029]|\$\{/gu, (found) => {
    if (found === "${") return String.raw`\${`;
    const named = ESCAPES[found];
    return named ?? `\\u{${found.charCodeAt(0).toString(16)}}`;
  });
  return `'${escaped}'`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\\": String.raw`\\`,
  "'": String.raw`\'`,
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
};

function lines<Item>(brackets: string, items: readonly Item[], print: (item: Item) => string | null): string | null {
  const texts: string[] = [];
  for (const item of items) {
    const text = print(item);
    if (text === null) return null;
    texts.push(text);
  }
  return texts.length === 0 ? brackets : [brackets.charAt(0), ...texts, brackets.charAt(1)].join("\n");
}
