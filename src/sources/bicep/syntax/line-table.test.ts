import { expect, test } from "vitest";
import { LineTable } from "./line-table.ts";

test.each([
  ["", 0, 1, 1],
  ["a\nb", 2, 2, 1],
  ["a\r\nb", 2, 1, 3],
  ["a\r\nb", 3, 2, 1],
  ["a\rb", 2, 2, 1],
  ["\r\n\n\rx", 4, 4, 1],
  ["\uFEFFab", 1, 1, 1],
  ["\uFEFFab", 2, 1, 2],
  ["a\nbc", 99, 2, 98],
])("places an offset of %j", (text, offset, ...expected) => {
  const { line, column } = new LineTable(text).positionOf(offset);
  expect([line, column]).toEqual(expected);
});

test("counts the lines of a file", () => {
  expect(new LineTable("a\n\nb\n").lineCount).toBe(4);
});
