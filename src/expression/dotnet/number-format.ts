import { type Decimal, decimalOfInteger, exactDecimal, roundDigits, shortestDecimal } from "./decimal.ts";
import { formatPattern } from "./number-pattern.ts";

/*
 * Numbers as .NET prints them in the invariant culture.
 * https://learn.microsoft.com/dotnet/standard/base-types/standard-numeric-format-strings
 */

/** Thrown for a format that .NET refuses. */
export class FormatError extends Error {}

/** Beyond this many digits `sizeGuard` is asked first, so that a tiny template cannot ask for gigabytes. */
export type SizeGuard = (length: number) => void;

const SPECIFIER = /^(?<letter>[A-Za-z])(?<precision>[0-9]{0,9})$/;
const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/**
 * `value` as a floating-point number prints by default: the shortest digits that read back as the same number.
 *
 * @example formatDouble(1e21) // "1E+21"
 */
export function formatDouble(value: number): string {
  return specialNumber(value) ?? roundTrip(value, "E");
}

/**
 * `value` in a standard or custom numeric format.
 *
 * @throws FormatError when the specifier does not exist or does not go with the kind of number
 * @example formatNumber(1234567n, "N0", () => undefined) // "1,234,567"
 */
export function formatNumber(value: bigint | number, format: string, sizeGuard: SizeGuard): string {
  const special = typeof value === "number" ? specialNumber(value) : null;
  if (special !== null) return special;
  if (format === "") return typeof value === "bigint" ? value.toString() : formatDouble(value);
  const groups = SPECIFIER.exec(format)?.groups;
  if (groups === undefined) {
    sizeGuard(format.length);
    return formatPattern(typeof value === "bigint" ? decimalOfInteger(value) : customPrecision(value), format);
  }
  const precision = groups["precision"] === "" ? null : Number(groups["precision"]);
  sizeGuard(precision ?? 0);
  const specifier = { letter: groups["letter"] ?? "", precision };
  return typeof value === "bigint" ? standardInteger(value, specifier) : standardDouble(value, specifier);
}

interface Specifier {
  readonly letter: string;
  readonly precision: number | null;
}

/** Custom patterns see a floating-point number to 15 digits only. */
function customPrecision(value: number): Decimal {
  return roundDigits(exactDecimal(value), 15, "to-even");
}

function standardInteger(value: bigint, specifier: Specifier): string {
  const { letter, precision } = specifier;
  const upper = letter.toUpperCase();
  if (upper === "X" || upper === "B") return bitPattern(value, specifier);
  if (upper === "D") return paddedInteger(value, precision ?? 1);
  if (upper !== "G" && upper !== "R") return standard(decimalOfInteger(value), letter, precision);
  if (isBig(value)) return paddedInteger(value, precision ?? 1);
  if ((precision ?? 0) === 0) return value.toString();
  return standard(decimalOfInteger(value), letter < "a" ? "G" : "g", precision);
}

function isBig(value: bigint): boolean {
  return value < MIN_LONG || value > MAX_LONG;
}

function paddedInteger(value: bigint, width: number): string {
  return sign(value < 0n) + (value < 0n ? -value : value).toString().padStart(width, "0");
}

/** Hexadecimal (`X`) or binary (`B`) digits of the two's complement. */
function bitPattern(value: bigint, { letter, precision }: Specifier): string {
  const hexadecimal = letter.toUpperCase() === "X";
  const big = isBig(value);
  const text = big ? bigBits(value, hexadecimal ? 4 : 1) : BigInt.asUintN(64, value).toString(hexadecimal ? 16 : 2);
  const negativeDigit = hexadecimal ? "f" : "1";
  const padded = text.padStart(precision ?? 1, big && value < 0n ? negativeDigit : "0");
  return letter === "X" ? padded.toUpperCase() : padded;
}

function standardDouble(value: number, { letter, precision }: Specifier): string {
  const exponentLetter = letter < "a" ? "E" : "e";
  const general = letter === "G" || letter === "g";
  if (letter === "R" || letter === "r" || (general && (precision ?? 0) === 0)) return roundTrip(value, exponentLetter);
  return standard(exactDecimal(value), letter, precision);
}

/** With an exponent only beyond 17 places before the point. */
function roundTrip(value: number, exponentLetter: string): string {
  return general(shortestDecimal(value), 17, exponentLetter);
}

function standard(value: Decimal, letter: string, precision: number | null): string {
  const decimals = precision ?? 2;
  const exponentDigits = precision ?? 6;
  switch (letter.toUpperCase()) {
    case "C":
      return currency(value, decimals);
    case "E":
      return signed(value, (rounded) => scientific(rounded, exponentDigits, letter), exponentDigits + 1);
    case "F":
      return signed(value, (rounded) => fixed(rounded, decimals, ""), value.scale + decimals);
    case "G":
      return generalWithPrecision(value, precision ?? 0, letter === "g" ? "e" : "E");
    case "N":
      return signed(value, (rounded) => fixed(rounded, decimals, ","), value.scale + decimals);
    case "P":
      return percent(value, decimals);
    default:
      throw new FormatError();
  }
}

function signed(value: Decimal, body: (rounded: Decimal) => string, digits: number): string {
  const rounded = standardRounding(value, digits);
  return sign(isNegative(rounded)) + body(rounded);
}

function currency(value: Decimal, precision: number): string {
  const rounded = standardRounding(value, value.scale + precision);
  const text = `¤${fixed(rounded, precision, ",")}`;
  return isNegative(rounded) ? `(${text})` : text;
}

function percent(value: Decimal, precision: number): string {
  const hundredfold = value.digits === "" ? value : { ...value, scale: value.scale + 2 };
  return `${signed(hundredfold, (rounded) => fixed(rounded, precision, ","), hundredfold.scale + precision)} %`;
}

function generalWithPrecision(value: Decimal, precision: number, exponentLetter: string): string {
  const rounded = standardRounding(value, precision);
  return general(rounded, precision, exponentLetter);
}

function general(value: Decimal, maxDigits: number, exponentLetter: string): string {
  const start = sign(isNegative(value));
  if (value.scale > maxDigits || value.scale < -3) {
    const rest = value.digits.length > 1 ? `.${value.digits.slice(1)}` : "";
    return `${start}${value.digits.charAt(0)}${rest}${exponent(value.scale - 1, exponentLetter, 2)}`;
  }
  const decimals = Math.max(value.digits.length - value.scale, 0);
  return start + fixed(value, value.digits === "" ? 0 : decimals, "");
}

function scientific(value: Decimal, precision: number, letter: string): string {
  const digits = value.digits.padEnd(precision + 1, "0");
  const rest = precision > 0 ? `.${digits.slice(1, precision + 1)}` : "";
  const power = value.digits === "" ? 0 : value.scale - 1;
  return `${digits.charAt(0)}${rest}${exponent(power, letter, 3)}`;
}

/** `E+004`: the letter, always a sign, at least `width` digits. */
function exponent(power: number, letter: string, width: number): string {
  return `${letter}${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(width, "0")}`;
}

/** The unsigned digits with `decimals` places behind the point. */
function fixed(value: Decimal, decimals: number, separator: string): string {
  const whole = value.scale > 0 ? value.digits.slice(0, value.scale).padEnd(value.scale, "0") : "0";
  const grouped = separator === "" ? whole : groupThousands(whole, separator);
  if (decimals === 0) return grouped;
  const behind = value.scale > 0 ? value.digits.slice(value.scale) : "0".repeat(-value.scale) + value.digits;
  return `${grouped}.${behind.slice(0, decimals).padEnd(decimals, "0")}`;
}

function groupThousands(whole: string, separator: string): string {
  const first = whole.length % 3 || 3;
  const groups = [whole.slice(0, first)];
  for (let at = first; at < whole.length; at += 3) groups.push(whole.slice(at, at + 3));
  return groups.join(separator);
}

/** The digits of an integer beyond 64 bits: as few as show the sign in the first bit. */
function bigBits(value: bigint, bitsPerDigit: 1 | 4): string {
  let bits = 64;
  while (BigInt.asIntN(bits, value) !== value) bits += bitsPerDigit;
  const text = BigInt.asUintN(bits, value).toString(2 ** bitsPerDigit);
  return text.padStart(bits / bitsPerDigit, "0");
}

function standardRounding(value: Decimal, digits: number): Decimal {
  return roundDigits(value, digits, value.floating ? "to-even" : "away-from-zero");
}

function specialNumber(value: number): string | null {
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "Infinity";
  return value === -Infinity ? "-Infinity" : null;
}

function isNegative(value: Decimal): boolean {
  return value.negative && (value.digits !== "" || value.floating);
}

function sign(negative: boolean): string {
  return negative ? "-" : "";
}
