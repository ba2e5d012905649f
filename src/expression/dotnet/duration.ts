import { TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND } from "./ticks.ts";

const PATTERN =
  /^[\t\n\r ]*(?<sign>-?)P(?:(?<years>[0-9]+)Y)?(?:(?<months>[0-9]+)M)?(?:(?<days>[0-9]+)D)?(?<time>T(?:(?<hours>[0-9]+)H)?(?:(?<minutes>[0-9]+)M)?(?:(?<seconds>[0-9]*)(?<fraction>\.[0-9]*)?S)?)?[\t\n\r ]*$/;
const PARTS = ["years", "months", "days", "hours", "minutes", "seconds"] as const;
const UNITS = [TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MINUTE, TICKS_PER_SECOND];
const MAX_PART = 2_147_483_647n;
const DAYS_PER_YEAR = 365n;
const DAYS_PER_MONTH = 30n;
const MONTHS_PER_YEAR = 12n;
const MAX_TICKS = 2n ** 63n - 1n;
const FRACTION_DIGITS = 7;

/**
 * An XML duration in ticks of 100 nanoseconds, as `XmlConvert.ToTimeSpan` counts it: a year has 365 days, a month 30, twelve months
 * a year.
 *
 * @returns `undefined` when the text is no duration, or one that ticks cannot count
 * @see https://learn.microsoft.com/dotnet/api/system.xml.xmlconvert.totimespan
 * @example parseDuration("-PT1.5S") // -15_000_000n
 */
export function parseDuration(text: string): bigint | undefined {
  const groups = PATTERN.exec(text)?.groups;
  if (groups === undefined || isIncomplete(groups)) return undefined;
  const parts = PARTS.map((name) => partOf(groups[name]));
  if (parts.some((part) => part > MAX_PART)) return undefined;
  const [years = 0n, months = 0n, ...others] = parts;
  const days = (years + months / MONTHS_PER_YEAR) * DAYS_PER_YEAR + (months % MONTHS_PER_YEAR) * DAYS_PER_MONTH;
  const fraction = (groups["fraction"] ?? ".").slice(1, 1 + FRACTION_DIGITS).padEnd(FRACTION_DIGITS, "0");
  const ticks = others.reduce(
    (sum, part, index) => sum + part * (UNITS[index] ?? 0n),
    days * TICKS_PER_DAY + BigInt(fraction),
  );
  if (ticks > MAX_TICKS) return undefined;
  return groups["sign"] === "-" ? -ticks : ticks;
}

function partOf(digits: string | undefined): bigint {
  return digits === undefined || digits === "" ? 0n : digits.length > 20 ? MAX_PART + 1n : BigInt(digits);
}

/** There must be a part, also behind a `T`, and a digit before or behind a decimal point. */
function isIncomplete(groups: Record<string, string | undefined>): boolean {
  const date = groups["years"] ?? groups["months"] ?? groups["days"];
  const time = groups["hours"] ?? groups["minutes"] ?? groups["seconds"];
  if (groups["time"] === undefined) return date === undefined;
  if (time === undefined) return true;
  return groups["seconds"] === "" && (groups["fraction"] ?? ".").length < 2;
}
