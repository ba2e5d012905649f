/*
 * Letter case as .NET sees it: one character for one character, the same in every culture. JavaScript's own conversions follow
 * the full Unicode rules instead (`ß` becomes `SS`, a final `Σ` becomes `ς`).
 */

const NOT_ASCII = /[^\0-\x7f]/;
const DOTLESS_I = "ı";
const DOTTED_I = "İ";
const LONG_S = "ſ";

/**
 * `text` in upper case as `String.ToUpperInvariant` gives it.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.string.toupperinvariant
 * @example toUpperInvariant("straße") // "STRAßE"
 */
export function toUpperInvariant(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toUpperCase();
  return Array.from(text, (character) => (character === DOTLESS_I ? character : upperOf(character))).join("");
}

/**
 * `text` in lower case as `String.ToLowerInvariant` gives it.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.string.tolowerinvariant
 * @example toLowerInvariant("İΑΣ") // "İας" in JavaScript, "İασ" here
 */
export function toLowerInvariant(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => {
    return character === DOTTED_I ? character : sameLength(character, character.toLowerCase());
  }).join("");
}

/**
 * The key under which two names that ordinal comparison without case takes for one are equal.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.stringcomparison#system-stringcomparison-ordinalignorecase
 */
export function foldName(name: string): string {
  if (!NOT_ASCII.test(name)) return name.toUpperCase();
  return Array.from(name, (character) => {
    return character === DOTLESS_I || character === LONG_S ? character : upperOf(character);
  }).join("");
}

/**
 * Orders two names by their code points, letter case aside.
 *
 * @returns negative, zero or positive
 */
export function compareNames(left: string, right: string): number {
  const a = foldName(left);
  const b = foldName(right);
  if (a === b) return 0;
  let at = 0;
  while (a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return inCodePointOrder(a.charCodeAt(at)) - inCodePointOrder(b.charCodeAt(at));
}

/** A UTF-16 unit, moved so that surrogates come behind all others; 0 behind the end of a text. */
function inCodePointOrder(unit: number): number {
  if (Number.isNaN(unit)) return 0;
  if (unit < 0xd800) return unit + 1;
  return unit > 0xdfff ? unit + 1 - 0x800 : unit + 1 + 0x2000;
}

function upperOf(character: string): string {
  return titleForm(character) ?? sameLength(character, character.toUpperCase());
}

function sameLength(character: string, changed: string): string {
  return changed.length === character.length ? changed : character;
}

/** The Greek letters with iota subscript, whose single-character upper form JavaScript never gives. */
function titleForm(character: string): string | undefined {
  const code = character.charCodeAt(0);
  if (code < 0x1f80 || code > 0x1ff3) return undefined;
  if (code <= 0x1faf) return String.fromCharCode(code | 8);
  if (code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3) return String.fromCharCode(code + 9);
  return undefined;
}
