import { assertNever } from "../../lib/assert-never.ts";
import { DATE_STATES, type DateState, type DateToken, isComplete } from "./date-states.ts";

/** Thrown for a text that .NET does not take for a date. */
export class DateError extends Error {}

/** What a separator can be. `-` may also start a time zone. */
type Separator = "end" | "space" | "date" | "date-or-offset" | "time" | "am" | "pm" | "time-mark";

const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const LETTER = /\p{L}/u;
const MAX_DIGITS = 8;
const TICKS_PER_SECOND = 10_000_000;

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Reads the pieces of a date text one after the other and keeps what does not depend on the state machine. */
export class DateReader {
  readonly #text: string;
  #at = 0;
  /** Numbers of the date or time that is being read. */
  numbers: number[] = [];
  year = -1;
  month = -1;
  weekday = -1;
  /** `am` or `pm`, once one was read. */
  half: "am" | "pm" | null = null;
  /** Ticks within the second. */
  fraction = 0;
  /** `null` while no time zone was read. */
  offsetMinutes: number | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * The next token; `undefined` for something that is skipped, `iso-time` at the `T` behind a date.
   *
   * @throws DateError
   */
  next(state: DateState): DateToken | "iso-time" | undefined {
    this.skipSpace();
    const character = this.peek();
    if (character === "") return "end";
    if (isDigit(character)) return this.#number(state);
    if (LETTER.test(character)) return this.#word(state);
    if (character === "," || character === ".") {
      this.#at += 1;
      return undefined;
    }
    if ((character === "+" || character === "-") && this.offsetMinutes === null && this.#tryZone()) return undefined;
    throw new DateError();
  }

  /** Whether only white space is left. */
  atEnd(): boolean {
    this.skipSpace();
    return this.#at >= this.#text.length;
  }

  skipSpace(): void {
    while (WHITE_SPACE.test(this.peek())) this.#at += 1;
  }

  peek(): string {
    return this.#text.charAt(this.#at);
  }

  /** Steps over `character` if it comes next. */
  match(character: string): boolean {
    if (this.peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  /** Exactly two digits. */
  twoDigits(): number {
    const digits = this.#text.slice(this.#at, this.#at + 2);
    if (!/^[0-9]{2}$/.test(digits)) throw new DateError();
    this.#at += 2;
    return Number(digits);
  }

  /** The digits behind a decimal point, rounded to ticks; `false` when there are none. */
  readFraction(): boolean {
    const start = this.#at;
    let value = 0;
    for (let unit = 0.1; isDigit(this.peek()); unit *= 0.1) {
      value += Number(this.peek()) * unit;
      this.#at += 1;
    }
    this.fraction = roundHalfEven(value * TICKS_PER_SECOND);
    return this.#at > start;
  }

  /** A time zone such as `+2`, `-0530`, `+05:30`, whose sign comes next. */
  readZone(): void {
    if (this.offsetMinutes !== null) throw new DateError();
    const sign = this.peek() === "-" ? -1 : 1;
    this.#at += 1;
    const [digits, value] = this.#digits();
    let hours = value;
    let minutes = 0;
    if (digits === 3 || digits === 4) {
      hours = Math.floor(value / 100);
      minutes = value % 100;
    } else if (digits !== 1 && digits !== 2) {
      throw new DateError();
    } else if (this.match(":")) {
      const [minuteDigits, minuteValue] = this.#digits();
      if (minuteDigits !== 1 && minuteDigits !== 2) throw new DateError();
      minutes = minuteValue;
    }
    if (minutes >= 60) throw new DateError();
    this.offsetMinutes = sign * (hours * 60 + minutes);
  }

  #tryZone(): boolean {
    const start = this.#at;
    try {
      this.readZone();
      return true;
    } catch (error) {
      if (!(error instanceof DateError)) throw error;
      this.#at = start;
      return false;
    }
  }

  #number(state: DateState): DateToken | "iso-time" {
    const [digits, value] = this.#digits();
    if (this.numbers.length === 3 || digits > MAX_DIGITS) throw new DateError();
    if (state === "NNt" && this.#at < this.#text.length - 1 && (this.peek() === "." || this.peek() === ",")) {
      this.#at += 1;
      this.readFraction();
    }
    if (state === "NNt" || state === "Nt") this.#zoneBehindTime();
    if (digits >= 3) return this.#yearToken(state, value);
    return this.#numberToken(state, value);
  }

  #yearToken(state: DateState, value: number): DateToken {
    if (this.year !== -1) throw new DateError();
    this.year = value;
    const start = this.#at;
    const separator = this.#separator();
    switch (separator) {
      case "end":
        return "year-end";
      case "am":
      case "pm":
        this.#setHalf(separator);
        return "year-space";
      case "space":
        return "year-space";
      case "date":
        return "year-date";
      case "date-or-offset":
        return this.#dateOrOffset(state, ["year-date", "year-space"], start);
      default:
        throw new DateError();
    }
  }

  #numberToken(state: DateState, value: number): DateToken | "iso-time" {
    const start = this.#at;
    const separator = this.#separator();
    this.numbers.push(value);
    switch (separator) {
      case "end":
        return "number-end";
      case "am":
      case "pm":
        this.#setHalf(separator);
        if (state === "NNt" || state === "Nt") this.#zoneBehindTime();
        return "number-ampm";
      case "space":
        return "number-space";
      case "date":
        return "number-date";
      case "date-or-offset":
        return this.#dateOrOffset(state, ["number-date", "number-space"], start);
      case "time":
        return "number-time";
      case "time-mark":
        return "iso-time";
      default:
        return assertNever(separator);
    }
  }

  #word(state: DateState): DateToken | "iso-time" | undefined {
    const start = this.#at;
    while (LETTER.test(this.peek())) this.#at += 1;
    const word = this.#text.slice(start, this.#at).toLowerCase();
    if (word === "z" || word === "gmt") {
      if (this.offsetMinutes !== null) throw new DateError();
      this.offsetMinutes = 0;
      return "zone";
    }
    if (word === "am" || word === "pm") {
      this.#setHalf(word);
      return undefined;
    }
    const month = nameIndex(MONTHS, word);
    if (month >= 0) return this.#monthToken(state, month + 1);
    const weekday = nameIndex(WEEKDAYS, word);
    if (weekday < 0 || this.weekday !== -1) throw new DateError();
    this.weekday = weekday;
    return "weekday";
  }

  #monthToken(state: DateState, month: number): DateToken {
    if (this.month !== -1) throw new DateError();
    this.month = month;
    const start = this.#at;
    switch (this.#separator()) {
      case "end":
        return "month-end";
      case "space":
        return "month-space";
      case "date":
        return "month-date";
      case "date-or-offset":
        return this.#dateOrOffset(state, ["month-date", "month-space"], start);
      default:
        throw new DateError();
    }
  }

  /** A `-` that cannot separate parts of a date any more starts a time zone: it is left for the next token. */
  #dateOrOffset(state: DateState, tokens: readonly [DateToken, DateToken], start: number): DateToken {
    const [asDate, asSpace] = tokens;
    const behindSpace = DATE_STATES[state][asSpace];
    if (DATE_STATES[state][asDate] !== undefined || behindSpace === undefined || !isComplete(behindSpace))
      return asDate;
    this.#at = start;
    return asSpace;
  }

  #separator(): Separator {
    this.skipSpace();
    const character = this.peek();
    if (character === "") return "end";
    if (character === "/") return this.#step("date", 1);
    if (character === "-") return this.#step("date-or-offset", 1);
    if (character === ":") return this.#step("time", 1);
    const word = /^\p{L}+/u.exec(this.#text.slice(this.#at, this.#at + 3))?.[0]?.toLowerCase();
    if (word === "t") return this.#step("time-mark", 1);
    return word === "am" || word === "pm" ? this.#step(word, 2) : "space";
  }

  #step(separator: Separator, length: number): Separator {
    this.#at += length;
    return separator;
  }

  #setHalf(half: "am" | "pm"): void {
    if (this.half !== null) throw new DateError();
    this.half = half;
  }

  #zoneBehindTime(): void {
    const start = this.#at;
    this.skipSpace();
    if ((this.peek() === "+" || this.peek() === "-") && start < this.#text.length - 1) this.readZone();
    else this.#at = start;
  }

  /** How many digits come next, and their value. */
  #digits(): readonly [number, number] {
    const start = this.#at;
    while (isDigit(this.peek())) this.#at += 1;
    const length = this.#at - start;
    return [length, length > MAX_DIGITS ? -1 : Number(this.#text.slice(start, this.#at))];
  }
}

/** The index of the name that `word` is, in full or as its first three letters. */
function nameIndex(names: readonly string[], word: string): number {
  return names.findIndex((name) => name === word || name.slice(0, 3) === word);
}

function isDigit(character: string): boolean {
  return character !== "" && character >= "0" && character <= "9";
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
