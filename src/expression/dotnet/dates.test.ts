import { describe, expect, it } from "vitest";
import { DateFormatError, formatDate } from "./date-format.ts";
import { parseDate } from "./date-parse.ts";
import { parseDuration } from "./duration.ts";
import type { OffsetTime } from "./ticks.ts";

/* Answers of .NET 10, in the invariant culture. */

function timeOf(text: string): OffsetTime {
  const parsed = parseDate(text);
  if (parsed.kind === "time") return parsed.time;
  throw new Error(`${text} is ${parsed.kind}`);
}

describe("parseDate", () => {
  it.each([
    ["2020-04-07T14:53:14Z", "2020-04-07T14:53:14.0000000+00:00"],
    ["2020-04-07 14:53", "2020-04-07T14:53:00.0000000+00:00"],
    ["7 April 2020", "2020-04-07T00:00:00.0000000+00:00"],
    ["April 7, 2020 2:53 PM", "2020-04-07T14:53:00.0000000+00:00"],
    ["Tue, 07 Apr 2020 14:53:14 GMT", "2020-04-07T14:53:14.0000000+00:00"],
    ["07.04.2020", "2020-07-04T00:00:00.0000000+00:00"],
    ["4/7/49", "2049-04-07T00:00:00.0000000+00:00"],
    ["4/7/50", "1950-04-07T00:00:00.0000000+00:00"],
    ["2020-04", "2020-04-01T00:00:00.0000000+00:00"],
    ["2020-04-07+02:00", "2020-04-07T00:00:00.0000000+02:00"],
    ["2020-04-07T14:53:14 +0530", "2020-04-07T14:53:14.0000000+05:30"],
    ["2020-04-07T14:53:14,5Z", "2020-04-07T14:53:14.5000000+00:00"],
    ["12:30 4/7/2020", "2020-04-07T12:30:00.0000000+00:00"],
    ["1999 April 7", "1999-04-07T00:00:00.0000000+00:00"],
    ["2020-4-7 3 am", "2020-04-07T03:00:00.0000000+00:00"],
  ])("%j is %s", (text, expected) => {
    expect(formatDate(timeOf(text), "o")).toBe(expected);
  });

  it.each([
    "",
    "x",
    "20200407",
    "2020",
    "2021-02-29",
    "2020-04-07T14Z",
    "2020-04-07T24:00:00Z",
    "Wed 7 Apr 2020",
    "13/1/2020",
    "2020-04-07T14:53:14+14:01",
    "0001-01-01T00:00:00+01:00",
    "2020-04-07T14:53:14Z+02:00",
    "2020-04-07T1:2:3Z",
  ])("refuses %j", (text) => {
    expect(parseDate(text)).toEqual({ kind: "invalid" });
  });

  it.each(["14:53", "2 PM", "Apr 7", "4/7", "Tuesday 14:53"])("does not know the year of %j", (text) => {
    expect(parseDate(text)).toEqual({ kind: "needs-today" });
  });
});

describe("formatDate", () => {
  it.each([
    ["2020-04-07T14:53:14.1234567+02:00", "o", "2020-04-07T14:53:14.1234567+02:00"],
    ["2020-04-07T14:53:14.1234567+02:00", "u", "2020-04-07 12:53:14Z"],
    ["2020-04-07T14:53:14.1234567+02:00", "R", "Tue, 07 Apr 2020 12:53:14 GMT"],
    ["2020-04-07T14:53:14Z", "D", "Tuesday, 07 April 2020"],
    ["2020-04-07T14:53:14Z", "F", "Tuesday, 07 April 2020 14:53:14"],
    ["2020-04-07T00:05:09Z", "h:m:s t", "12:5:9 A"],
    ["2020-04-07T14:53:14Z", "yyyyy y yy", "02020 20 20"],
    ["2020-04-07T14:53:14Z", "", "04/07/2020 14:53:14 +00:00"],
    ["2020-04-07T14:53:14.05Z", "ss.FFFK", "14.05+00:00"],
    ["2020-04-07T14:53:14Z", "ss.FFF", "14"],
    ["2020-04-07T14:53:14Z", "'it\\'s' \\d %d", "it's d 7"],
    ["2020-04-07T14:53:14-08:30", "z zz zzz", "-8 -08 -08:30"],
    ["2020-04-07T14:53:14Z", "dddd ddd MMMM MMM g", "Tuesday Tue April Apr A.D."],
  ])("%s as %j is %j", (text, format, expected) => {
    expect(formatDate(timeOf(text), format)).toBe(expected);
  });

  it.each(["U", "z", "Q", "ffffffff", "'x", "\\", "%", "%%"])("refuses %j", (format) => {
    expect(() => formatDate(timeOf("2020-04-07"), format)).toThrow(DateFormatError);
  });
});

describe("parseDuration", () => {
  it.each([
    ["P1D", 864_000_000_000n],
    ["P1M", 25_920_000_000_000n],
    ["P12M", 315_360_000_000_000n],
    ["P1Y", 315_360_000_000_000n],
    ["-PT1.5S", -15_000_000n],
    ["PT.00000001S", 0n],
    ["PT1.S", 10_000_000n],
    [" P1D ", 864_000_000_000n],
  ])("%j has %d ticks", (text, ticks) => {
    expect(parseDuration(text)).toBe(ticks);
  });

  it.each([
    "",
    "P",
    "PT",
    "P1DT",
    "1D",
    "+P1D",
    "P-1D",
    "P1W",
    "P1.5D",
    "PT0.5H",
    "P1H",
    "P1M1Y",
    "p1d",
    "P2147483648D",
    "P10675200D",
  ])("refuses %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
