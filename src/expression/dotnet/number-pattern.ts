import { type Decimal, roundDigits } from "./decimal.ts";

/*
 * Custom numeric formats: https://learn.microsoft.com/dotnet/standard/base-types/custom-numeric-format-strings
 * Follows the two passes of .NET's own formatter (dotnet/runtime, Number.Formatting.cs, NumberToStringFormat, MIT): first the
 * section is measured, then it is written.
 */

const NONE = Number.MAX_SAFE_INTEGER;

interface Measure {
  digitCount: number;
  decimalPosition: number;
  firstDigit: number;
  lastDigit: number;
  scientific: boolean;
  thousandPosition: number;
  thousandCount: number;
  thousandSeparators: boolean;
  scaleAdjust: number;
}

/**
 * `value` written by a custom pattern such as `#,##0.00;(0)`.
 *
 * @example formatPattern(decimalOfInteger(1234n), "00-00") // "12-34"
 */
export function formatPattern(value: Decimal, pattern: string): string {
  let section = findSection(pattern, sectionOf(value));
  let measure = measureSection(pattern, section);
  let number: Decimal = { ...value, negative: value.negative && value.floating, scale: 0 };
  if (value.digits !== "") {
    number = rounded(value, measure);
    const zeroSection = findSection(pattern, 2);
    if (number.digits === "" && zeroSection !== section) {
      section = zeroSection;
      measure = measureSection(pattern, section);
      number = { ...number, scale: 0 };
    }
  }
  return new PatternWriter(number, pattern, measure).write(section);
}

function sectionOf(value: Decimal): number {
  if (value.digits === "") return 2;
  return value.negative ? 1 : 0;
}

function rounded(value: Decimal, measure: Measure): Decimal {
  const scale = value.scale + measure.scaleAdjust;
  const places = measure.scientific ? measure.digitCount : scale + measure.digitCount - measure.decimalPosition;
  return roundDigits({ ...value, scale }, places, "away-from-zero");
}

/** Where the section for positive (0), negative (1) or zero (2) numbers starts; the first one where it is missing or empty. */
function findSection(pattern: string, section: number): number {
  let left = section;
  for (let at = 0; at < pattern.length && left > 0;) {
    const character = pattern.charAt(at);
    at = afterElement(pattern, at);
    if (character === "\0") return 0;
    if (character !== ";") continue;
    left -= 1;
    if (left === 0) return at < pattern.length && pattern.charAt(at) !== ";" && pattern.charAt(at) !== "\0" ? at : 0;
  }
  return 0;
}

/** Behind the quoted text, the escaped character or the single character at `at`. */
function afterElement(pattern: string, at: number): number {
  const character = pattern.charAt(at);
  if (character === "\\") return Math.min(at + 2, pattern.length);
  if (character !== "'" && character !== '"') return at + 1;
  const end = pattern.indexOf(character, at + 1);
  return end < 0 ? pattern.length : end + 1;
}

function measureSection(pattern: string, section: number): Measure {
  const measure: Measure = {
    digitCount: 0,
    decimalPosition: -1,
    firstDigit: NONE,
    lastDigit: 0,
    scientific: false,
    thousandPosition: -1,
    thousandCount: 0,
    thousandSeparators: false,
    scaleAdjust: 0,
  };
  for (let at = section; at < pattern.length;) {
    const character = pattern.charAt(at);
    if (character === ";" || character === "\0") break;
    const exponentEnd = exponentEndAt(pattern, at);
    if (exponentEnd > at) measure.scientific = true;
    else measureCharacter(measure, character);
    at = exponentEnd > at ? exponentEnd : afterElement(pattern, at);
  }
  if (measure.decimalPosition < 0) measure.decimalPosition = measure.digitCount;
  if (measure.thousandPosition >= 0) {
    if (measure.thousandPosition === measure.decimalPosition) measure.scaleAdjust -= measure.thousandCount * 3;
    else measure.thousandSeparators = true;
  }
  return measure;
}

function measureCharacter(measure: Measure, character: string): void {
  switch (character) {
    case "#":
      measure.digitCount += 1;
      break;
    case "0":
      if (measure.firstDigit === NONE) measure.firstDigit = measure.digitCount;
      measure.digitCount += 1;
      measure.lastDigit = measure.digitCount;
      break;
    case ".":
      if (measure.decimalPosition < 0) measure.decimalPosition = measure.digitCount;
      break;
    case ",":
      measureComma(measure);
      break;
    case "%":
      measure.scaleAdjust += 2;
      break;
    case "\u2030":
      measure.scaleAdjust += 3;
      break;
    default:
  }
}

function measureComma(measure: Measure): void {
  if (measure.digitCount === 0 || measure.decimalPosition >= 0) return;
  if (measure.thousandPosition === measure.digitCount) {
    measure.thousandCount += 1;
    return;
  }
  if (measure.thousandPosition >= 0) measure.thousandSeparators = true;
  measure.thousandPosition = measure.digitCount;
  measure.thousandCount = 1;
}

/** Behind an exponent (`E0`, `e+00`, `E-0`) that starts at `at`; `at` itself where there is none. */
function exponentEndAt(pattern: string, at: number): number {
  const letter = pattern.charAt(at);
  if (letter !== "E" && letter !== "e") return at;
  const signed = pattern.charAt(at + 1) === "+" || pattern.charAt(at + 1) === "-";
  let end = at + (signed ? 2 : 1);
  if (pattern.charAt(end) !== "0") return at;
  while (pattern.charAt(end) === "0") end += 1;
  return end;
}

class PatternWriter {
  readonly #number: Decimal;
  readonly #pattern: string;
  readonly #measure: Measure;
  readonly #firstDigit: number;
  readonly #lastDigit: number;
  readonly #separators: number[] = [];
  #digitPosition: number;
  #adjust: number;
  #used = 0;
  #decimalWritten = false;
  #exponentWritten = false;
  readonly #text: string[] = [];

  constructor(number: Decimal, pattern: string, measure: Measure) {
    this.#number = number;
    this.#pattern = pattern;
    this.#measure = measure;
    const { decimalPosition, firstDigit, lastDigit, scientific } = measure;
    this.#firstDigit = firstDigit < decimalPosition ? decimalPosition - firstDigit : 0;
    this.#lastDigit = lastDigit > decimalPosition ? decimalPosition - lastDigit : 0;
    this.#digitPosition = scientific ? decimalPosition : Math.max(number.scale, decimalPosition);
    this.#adjust = scientific ? 0 : number.scale - decimalPosition;
    if (measure.thousandSeparators) this.#placeSeparators();
  }

  write(section: number): string {
    const { negative, scale } = this.#number;
    const signed = negative && section === 0;
    if (signed && scale !== 0) this.#text.push("-");
    for (let at = section; at < this.#pattern.length;) {
      const character = this.#pattern.charAt(at);
      if (character === ";" || character === "\0") break;
      if (this.#adjust > 0 && "#0.".includes(character)) this.#leadingDigits();
      at = this.#element(character, at);
    }
    const text = this.#text.join("");
    return signed && scale === 0 && text !== "" ? `-${text}` : text;
  }

  #placeSeparators(): void {
    const total = this.#digitPosition + Math.min(this.#adjust, 0);
    const digits = Math.max(this.#firstDigit, total);
    for (let position = 3; position < digits; position += 3) this.#separators.push(position);
  }

  #leadingDigits(): void {
    while (this.#adjust > 0) {
      this.#digit(this.#nextDigit() ?? "0");
      this.#digitPosition -= 1;
      this.#adjust -= 1;
    }
  }

  /** Writes what stands at `at`, and says where the next element starts. */
  #element(character: string, at: number): number {
    const end = afterElement(this.#pattern, at);
    switch (character) {
      case "#":
      case "0":
        this.#placeholder();
        break;
      case ".":
        this.#point();
        break;
      case ",":
        break;
      case "'":
      case '"':
        this.#text.push(this.#pattern.slice(at + 1, end).replace(character, ""));
        break;
      case "\\":
        this.#text.push(this.#pattern.slice(at + 1, end));
        break;
      case "E":
      case "e":
        return this.#exponent(character, at);
      default:
        this.#text.push(character);
    }
    return end;
  }

  #placeholder(): void {
    let digit: string | undefined;
    if (this.#adjust < 0) {
      this.#adjust += 1;
      digit = this.#digitPosition <= this.#firstDigit ? "0" : undefined;
    } else {
      digit = this.#nextDigit() ?? (this.#digitPosition > this.#lastDigit ? "0" : undefined);
    }
    if (digit !== undefined) this.#digit(digit);
    this.#digitPosition -= 1;
  }

  #digit(digit: string): void {
    this.#text.push(digit);
    if (this.#digitPosition > 1 && this.#separators.at(-1) === this.#digitPosition - 1) {
      this.#text.push(",");
      this.#separators.pop();
    }
  }

  #point(): void {
    if (this.#digitPosition !== 0 || this.#decimalWritten) return;
    const digitsLeft = this.#used < this.#number.digits.length;
    if (this.#lastDigit >= 0 && !(this.#measure.decimalPosition < this.#measure.digitCount && digitsLeft)) return;
    this.#text.push(".");
    this.#decimalWritten = true;
  }

  #exponent(letter: string, at: number): number {
    const end = exponentEndAt(this.#pattern, at);
    if (!this.#measure.scientific) {
      this.#text.push(letter);
      return at + 1;
    }
    if (end === at) {
      this.#text.push(letter);
      return at + 1;
    }
    if (this.#exponentWritten) {
      this.#text.push(this.#pattern.slice(at, end));
      return end;
    }
    this.#exponentWritten = true;
    const signCharacter = this.#pattern.charAt(at + 1);
    const width = Math.min(end - at - (signCharacter === "0" ? 1 : 2), 10);
    const power = this.#number.digits === "" ? 0 : this.#number.scale - this.#measure.decimalPosition;
    const sign = power < 0 ? "-" : signCharacter === "+" ? "+" : "";
    this.#text.push(`${letter}${sign}${String(Math.abs(power)).padStart(width, "0")}`);
    return end;
  }

  #nextDigit(): string | undefined {
    if (this.#used >= this.#number.digits.length) return undefined;
    this.#used += 1;
    return this.#number.digits.charAt(this.#used - 1);
  }
}
