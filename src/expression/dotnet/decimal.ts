/**
 * A number as .NET formats it: the digits, no leading or trailing zeros among them (none at all for zero), and the place of the
 * decimal point: `0.DIGITS × 10^scale`.
 */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly scale: number;
  /** Only a floating-point number keeps the sign of a zero. */
  readonly floating: boolean;
}

/** The exact digits of an integer. */
export function decimalOfInteger(value: bigint): Decimal {
  const text = (value < 0n ? -value : value).toString();
  return value === 0n
    ? { negative: false, digits: "", scale: 0, floating: false }
    : { negative: value < 0n, digits: trimZeros(text), scale: text.length, floating: false };
}

/** The fewest digits from which the finite `value` can be read back. */
export function shortestDecimal(value: number): Decimal {
  return fromExponential(value, Math.abs(value).toExponential());
}

/** All digits of the finite `value`: a binary fraction always has an end. */
export function exactDecimal(value: number): Decimal {
  const negative = value < 0 || Object.is(value, -0);
  if (value === 0) return { negative, digits: "", scale: 0, floating: true };
  const [mantissa, exponent] = binaryParts(Math.abs(value));
  if (exponent >= 0) {
    const text = (mantissa << BigInt(exponent)).toString();
    return { negative, digits: trimZeros(text), scale: text.length, floating: true };
  }
  const text = (mantissa * 5n ** BigInt(-exponent)).toString();
  return { negative, digits: trimZeros(text), scale: text.length + exponent, floating: true };
}

/** What happens to a number exactly between two neighbours. */
export type HalfRule = "away-from-zero" | "to-even";

/** `value` with at most `count` digits. */
export function roundDigits(value: Decimal, count: number, half: HalfRule): Decimal {
  if (count >= value.digits.length) return value;
  const kept = value.digits.slice(0, Math.max(count, 0));
  if (!roundsUp(value, count, half)) {
    const digits = trimZeros(kept);
    return digits === ""
      ? { ...value, negative: value.negative && value.floating, digits, scale: 0 }
      : { ...value, digits };
  }
  const raised = (BigInt(kept === "" ? "0" : kept) + 1n).toString().padStart(kept.length, "0");
  const carried = raised.length > kept.length ? 1 : 0;
  return { ...value, digits: trimZeros(raised), scale: value.scale + carried };
}

function roundsUp(value: Decimal, count: number, half: HalfRule): boolean {
  if (count < 0) return false;
  const exactHalf = value.digits.length === count + 1 && value.digits.charAt(count) === "5";
  if (!exactHalf || half === "away-from-zero") return value.digits.charAt(count) >= "5";
  return count > 0 && Number(value.digits.charAt(count - 1)) % 2 === 1;
}

function fromExponential(value: number, text: string): Decimal {
  const [significand = "0", exponent = "0"] = text.split("e");
  const negative = value < 0 || Object.is(value, -0);
  const digits = trimZeros(significand.replace(".", ""));
  return digits === ""
    ? { negative, digits, scale: 0, floating: true }
    : { negative, digits, scale: Number(exponent) + 1, floating: true };
}

/** `value` = mantissa × 2^exponent. */
function binaryParts(value: number): readonly [bigint, number] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n) & 0x7ff;
  const fraction = bits & 0xfffffffffffffn;
  return exponent === 0 ? [fraction, -1074] : [fraction | 0x10000000000000n, exponent - 1075];
}

function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === "0") end -= 1;
  return digits.slice(0, end);
}
