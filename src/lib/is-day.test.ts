import { expect, it } from "vitest";
import { isDay } from "./is-day.ts";

it.each([
  ["2027-01-31", true],
  ["2028-02-29", true],
  ["2027-02-29", false],
  ["2027-04-31", false],
  ["2027-02-30", false],
  ["2027-13-01", false],
  ["2027-00-10", false],
  ["2027-1-1", false],
  ["27-01-01", false],
  ["2027-01-01T00:00:00Z", false],
  ["2027-01-01 ", false],
  ["today", false],
  ["", false],
])("%j is a day: %s", (text, expected) => {
  expect(isDay(text)).toBe(expected);
});
