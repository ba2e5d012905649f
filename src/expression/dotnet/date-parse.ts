import { DateError, DateReader } from "./date-reader.ts";
import { type CompleteState, DATE_STATES, type DateState, type DateToken, isComplete } from "./date-states.ts";
import {
  dateTicks,
  isRepresentable,
  type OffsetTime,
  partsOf,
  TICKS_PER_HOUR,
  TICKS_PER_MINUTE,
  TICKS_PER_SECOND,
  utcTicks,
} from "./ticks.ts";

/** The date and time that a text stands for. */
export type ParsedDate =
  | { readonly kind: "time"; readonly time: OffsetTime }
  /** The year, or the whole date, is that of the day on which the text is read. */
  | { readonly kind: "needs-today" }
  | { readonly kind: "invalid" };

const MAX_OFFSET_MINUTES = 14 * 60;
/** Two-digit years up to this one belong to the 21st century. */
const LAST_TWO_DIGIT_YEAR = 49;
const LEAP_YEAR = 2000;

/**
 * Reads a date as `DateTimeOffset.Parse` does in the invariant culture; a text without a time zone is taken for UTC. Month comes
 * before day.
 *
 * @see https://learn.microsoft.com/dotnet/api/system.datetimeoffset.parse
 * @example parseDate("April 7, 2020 2:53 PM")
 */
export function parseDate(text: string): ParsedDate {
  try {
    return new DateParser(text).parse();
  } catch (error) {
    if (error instanceof DateError) return { kind: "invalid" };
    throw error;
  }
}

const ENDS: ReadonlySet<DateToken> = new Set(["end", "number-end", "month-end"]);

class DateParser {
  readonly #reader: DateReader;
  #date: readonly [year: number | null, month: number, day: number] | null = null;
  #time: readonly number[] | null = null;

  constructor(text: string) {
    this.#reader = new DateReader(text);
  }

  parse(): ParsedDate {
    let state: DateState = "begin";
    for (let last = false; !last;) {
      const token = this.#reader.next(state);
      if (token === "iso-time") return this.#isoTime(state);
      if (token === undefined) {
        last = state === "begin" && this.#anything() && this.#reader.atEnd();
        continue;
      }
      const next: DateState | CompleteState | undefined = DATE_STATES[state][token];
      if (next === undefined) throw new DateError();
      state = isComplete(next) ? this.#finish(next) : next;
      last = ENDS.has(token) || (isComplete(next) && this.#reader.atEnd());
    }
    if (state !== "begin" || !this.#anything()) throw new DateError();
    return this.#result();
  }

  #anything(): boolean {
    return this.#date !== null || this.#time !== null;
  }

  /** The time behind the `T` of `yyyy-MM-ddT`. */
  #isoTime(state: DateState): ParsedDate {
    const reader = this.#reader;
    if (state !== "YN" && state !== "YNd") throw new DateError();
    const [month = 0, day = 0] = reader.numbers;
    const time = [this.#spacedDigits()];
    reader.skipSpace();
    if (!reader.match(":")) throw new DateError();
    time.push(this.#spacedDigits());
    reader.skipSpace();
    if (reader.match(":")) time.push(this.#seconds());
    if ("+-".includes(reader.peek() || " ")) reader.readZone();
    else if (reader.match("Z") || reader.match("z")) reader.offsetMinutes = 0;
    if (!reader.atEnd()) throw new DateError();
    this.#date = [reader.year, month, day];
    this.#time = time;
    return this.#result();
  }

  #seconds(): number {
    const seconds = this.#spacedDigits();
    const fraction = this.#reader.match(".") || this.#reader.match(",");
    if (fraction && !this.#reader.readFraction()) throw new DateError();
    this.#reader.skipSpace();
    return seconds;
  }

  #spacedDigits(): number {
    this.#reader.skipSpace();
    return this.#reader.twoDigits();
  }

  #finish(state: CompleteState): DateState {
    const { numbers } = this.#reader;
    if (state.startsWith("time")) {
      if (this.#time !== null || (state === "time N" && this.#reader.half === null)) throw new DateError();
      if (numbers.length > state.length - 5) this.#leadingDate(state);
      this.#time = this.#reader.numbers;
    } else {
      if (this.#date !== null) throw new DateError();
      this.#date = this.#dateOf(state);
    }
    this.#reader.numbers = [];
    return "begin";
  }

  /** `1/10 5 AM`: two numbers of a date came before the hour. */
  #leadingDate(state: CompleteState): void {
    const { numbers } = this.#reader;
    const count = state.length - 5;
    if (this.#date !== null || state !== "time N" || numbers.length !== 3) throw new DateError();
    this.#date = [null, numbers[0] ?? 0, numbers[1] ?? 0];
    this.#reader.numbers = numbers.slice(-count);
  }

  #dateOf(state: CompleteState): readonly [number | null, number, number] {
    const { numbers, year, month } = this.#reader;
    const [first = 0, second = 0, third = 0] = numbers;
    switch (state) {
      case "date NN":
        return [null, first, second];
      case "date NNN":
        return [fullYear(third), first, second];
      case "date YNN":
      case "date NNY":
        return [year, first, second];
      case "date YN":
        return [year, first, 1];
      case "date YM":
        return [year, month, 1];
      case "date YMN":
        return [year, month, first];
      default:
        return monthDate(state, month, numbers);
    }
  }

  #result(): ParsedDate {
    const clock = this.#clockTicks();
    if (this.#date === null) return { kind: "needs-today" };
    const [year, month, day] = this.#date;
    if (year === null) {
      if (dateTicks(LEAP_YEAR, month, day) === null || this.#reader.offsetMinutes !== null) throw new DateError();
      return { kind: "needs-today" };
    }
    const start = dateTicks(year, month, day);
    if (start === null) throw new DateError();
    const time = { clockTicks: start + clock, offsetMinutes: this.#reader.offsetMinutes ?? 0 };
    const { weekday } = this.#reader;
    if (weekday !== -1 && weekday !== partsOf(start).weekday) throw new DateError();
    if (Math.abs(time.offsetMinutes) > MAX_OFFSET_MINUTES) throw new DateError();
    if (!isRepresentable(time.clockTicks) || !isRepresentable(utcTicks(time))) throw new DateError();
    return { kind: "time", time };
  }

  #clockTicks(): bigint {
    const [hour = 0, minute = 0, second = 0] = this.#time ?? [];
    const adjusted = adjustHour(hour, this.#reader.half);
    if (adjusted > 23 || minute > 59 || second > 59) throw new DateError();
    const ticks = BigInt(adjusted) * TICKS_PER_HOUR + BigInt(minute) * TICKS_PER_MINUTE;
    return ticks + BigInt(second) * TICKS_PER_SECOND + BigInt(this.#reader.fraction);
  }
}

/** A month by name with one or two numbers: the day, the year, or both. */
function monthDate(
  state: CompleteState,
  month: number,
  numbers: readonly number[],
): readonly [number | null, number, number] {
  const [first = 0, second = 0] = numbers;
  if (state === "date MN") return [null, month, first];
  if (state === "date NM") return [fullYear(first), month, 1];
  const yearLast = dateTicks(fullYear(second), month, first) !== null;
  return yearLast ? [fullYear(second), month, first] : [fullYear(first), month, second];
}

function adjustHour(hour: number, half: "am" | "pm" | null): number {
  if (half === "am") {
    if (hour > 12) throw new DateError();
    return hour === 12 ? 0 : hour;
  }
  return half === "pm" && hour < 12 ? hour + 12 : hour;
}

function fullYear(year: number): number {
  if (year >= 100) return year;
  return year > LAST_TWO_DIGIT_YEAR ? 1900 + year : 2000 + year;
}
