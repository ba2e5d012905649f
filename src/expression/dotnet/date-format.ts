import { type ClockParts, type OffsetTime, partsOf, utcTicks } from "./ticks.ts";

/*
 * Dates as .NET prints a `DateTimeOffset` in the invariant culture.
 * https://learn.microsoft.com/dotnet/standard/base-types/standard-date-and-time-format-strings
 * https://learn.microsoft.com/dotnet/standard/base-types/custom-date-and-time-format-strings
 */

/** Thrown for a format that .NET refuses. */
export class DateFormatError extends Error {}

const DEFAULT_PATTERN = "MM/dd/yyyy HH:mm:ss zzz";

const STANDARD_PATTERNS: Readonly<Record<string, string>> = {
  d: "MM/dd/yyyy",
  D: "dddd, dd MMMM yyyy",
  f: "dddd, dd MMMM yyyy HH:mm",
  F: "dddd, dd MMMM yyyy HH:mm:ss",
  g: "MM/dd/yyyy HH:mm",
  G: "MM/dd/yyyy HH:mm:ss",
  m: "MMMM dd",
  M: "MMMM dd",
  o: "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffzzz",
  O: "yyyy'-'MM'-'dd'T'HH':'mm':'ss.fffffffzzz",
  r: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  s: "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  t: "HH:mm",
  T: "HH:mm:ss",
  u: "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  y: "yyyy MMMM",
  Y: "yyyy MMMM",
};

/** These standard formats show UTC, whatever the offset. */
const IN_UTC = "rRu";
const MAX_FRACTION_DIGITS = 7;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/**
 * `time` in a standard or custom format.
 *
 * @throws DateFormatError
 * @example formatDate({ clockTicks: 0n, offsetMinutes: 60 }, "yyyy zzz") // "0001 +01:00"
 */
export function formatDate(time: OffsetTime, format: string): string {
  if (format.length === 1) {
    const pattern = STANDARD_PATTERNS[format];
    if (pattern === undefined) throw new DateFormatError();
    const shown = IN_UTC.includes(format) ? { clockTicks: utcTicks(time), offsetMinutes: 0 } : time;
    return new DateWriter(shown).write(pattern);
  }
  return new DateWriter(time).write(format === "" ? DEFAULT_PATTERN : format);
}

class DateWriter {
  readonly #parts: ClockParts;
  readonly #offsetMinutes: number;

  constructor(time: OffsetTime) {
    this.#parts = partsOf(time.clockTicks);
    this.#offsetMinutes = time.offsetMinutes;
  }

  write(pattern: string): string {
    let text = "";
    for (let at = 0; at < pattern.length;) {
      const character = pattern.charAt(at);
      if (character === "'" || character === '"') {
        const end = closingQuote(pattern, at);
        text += pattern.slice(at + 1, end).replaceAll(/\\(.)/gs, "$1");
        at = end + 1;
      } else if (character === "\\") {
        if (at + 1 >= pattern.length) throw new DateFormatError();
        text += pattern.charAt(at + 1);
        at += 2;
      } else if (character === "%") {
        const next = pattern.charAt(at + 1);
        if (next === "" || next === "%") throw new DateFormatError();
        text += this.write(next);
        at += 2;
      } else {
        const count = runLength(pattern, at);
        text = this.#append(text, character, count);
        at += count;
      }
    }
    return text;
  }

  #append(text: string, character: string, count: number): string {
    if (character !== "F") return text + this.#specifier(character, count);
    const digits = this.#fraction(count).replace(/0+$/, "");
    return digits === "" && text.endsWith(".") ? text.slice(0, -1) : text + digits;
  }

  #specifier(character: string, count: number): string {
    const { year, month, day, hour, minute, second } = this.#parts;
    switch (character) {
      case "y":
        return count <= 2 ? padded(year % 100, count) : padded(year, count);
      case "M":
        return count > 2 ? nameOf(MONTHS, month - 1, count) : padded(month, count);
      case "d":
        return count > 2 ? nameOf(WEEKDAYS, this.#parts.weekday, count) : padded(day, count);
      case "h":
        return padded(hour % 12 || 12, Math.min(count, 2));
      case "H":
        return padded(hour, Math.min(count, 2));
      case "m":
        return padded(minute, Math.min(count, 2));
      case "s":
        return padded(second, Math.min(count, 2));
      default:
        return this.#otherSpecifier(character, count);
    }
  }

  #otherSpecifier(character: string, count: number): string {
    switch (character) {
      case "f":
        return this.#fraction(count);
      case "t":
        return (this.#parts.hour < 12 ? "AM" : "PM").slice(0, Math.min(count, 2));
      case "g":
        return "A.D.";
      case "z":
        return this.#offset(count);
      case "K":
        return this.#offset(3).repeat(count);
      default:
        return character.repeat(count);
    }
  }

  #fraction(count: number): string {
    if (count > MAX_FRACTION_DIGITS) throw new DateFormatError();
    return padded(this.#parts.fraction, MAX_FRACTION_DIGITS).slice(0, count);
  }

  #offset(count: number): string {
    const minutes = Math.abs(this.#offsetMinutes);
    const hours = `${this.#offsetMinutes < 0 ? "-" : "+"}${padded(Math.floor(minutes / 60), Math.min(count, 2))}`;
    return count > 2 ? `${hours}:${padded(minutes % 60, 2)}` : hours;
  }
}

function closingQuote(pattern: string, start: number): number {
  const quote = pattern.charAt(start);
  for (let at = start + 1; at < pattern.length; at += 1) {
    if (pattern.charAt(at) === quote) return at;
    if (pattern.charAt(at) === "\\") at += 1;
  }
  throw new DateFormatError();
}

function runLength(pattern: string, start: number): number {
  let end = start + 1;
  while (pattern.charAt(end) === pattern.charAt(start)) end += 1;
  return end - start;
}

function nameOf(names: readonly string[], index: number, count: number): string {
  const name = names[index] ?? "";
  return count === 3 ? name.slice(0, 3) : name;
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, "0");
}
