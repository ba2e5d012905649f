/*
 * Points in time as .NET counts them: ticks of 100 nanoseconds since the start of the year 1, in the proleptic Gregorian calendar.
 * https://learn.microsoft.com/dotnet/api/system.datetimeoffset
 */

export const TICKS_PER_SECOND = 10_000_000n;
export const TICKS_PER_MINUTE = 60n * TICKS_PER_SECOND;
export const TICKS_PER_HOUR = 60n * TICKS_PER_MINUTE;
export const TICKS_PER_DAY = 24n * TICKS_PER_HOUR;
/** The last tick of the year 9999. */
export const MAX_TICKS = 3_155_378_975_999_999_999n;
/** 1970-01-01T00:00:00Z */
export const EPOCH_TICKS = 621_355_968_000_000_000n;

/** A moment with the offset it was written in. */
export interface OffsetTime {
  /** The clock's reading at that offset. */
  readonly clockTicks: bigint;
  readonly offsetMinutes: number;
}

/** What a clock and a calendar show. */
export interface ClockParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Ticks within the second. */
  readonly fraction: number;
  /** 0 = Sunday */
  readonly weekday: number;
}

/** The moment on the clock of UTC. */
export function utcTicks(time: OffsetTime): bigint {
  return time.clockTicks - BigInt(time.offsetMinutes) * TICKS_PER_MINUTE;
}

/** Whether a number of ticks lies within the years 1 to 9999. */
export function isRepresentable(ticks: bigint): boolean {
  return ticks >= 0n && ticks <= MAX_TICKS;
}

/** Ticks at the start of a day; `null` for a day that no calendar has. */
export function dateTicks(year: number, month: number, day: number): bigint | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return BigInt(daysBefore(year, month) + day - 1) * TICKS_PER_DAY;
}

/** The parts of a reading. */
export function partsOf(ticks: bigint): ClockParts {
  const days = Number(ticks / TICKS_PER_DAY);
  const inDay = ticks % TICKS_PER_DAY;
  const seconds = Number(inDay / TICKS_PER_SECOND);
  return {
    ...calendarDay(days),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    fraction: Number(inDay % TICKS_PER_SECOND),
    weekday: (days + 1) % 7,
  };
}

/** How many days a month has. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from the start of the year 1 to the start of a month. */
function daysBefore(year: number, month: number): number {
  const past = year - 1;
  let days = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  for (let each = 1; each < month; each += 1) days += daysInMonth(year, each);
  return days;
}

function calendarDay(days: number): { year: number; month: number; day: number } {
  let year = Math.floor(days / 366) + 1;
  while (daysBefore(year + 1, 1) <= days) year += 1;
  let left = days - daysBefore(year, 1);
  let month = 1;
  while (left >= daysInMonth(year, month)) {
    left -= daysInMonth(year, month);
    month += 1;
  }
  return { year, month, day: left + 1 };
}
