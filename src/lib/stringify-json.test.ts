import { expect, it } from "vitest";
import { stringifyJson } from "./stringify-json.ts";

it("writes what JSON.stringify writes", () => {
  const value = { a: [1, "x", null, { b: true }], c: "\uFDD01" };
  expect(stringifyJson(value)).toBe(JSON.stringify(value, null, 2));
});

it("writes integers beyond those of JavaScript", () => {
  expect(stringifyJson({ a: [9223372036854775807n, -9223372036854775808n], b: 1 })).toBe(
    '{\n  "a": [\n    9223372036854775807,\n    -9223372036854775808\n  ],\n  "b": 1\n}',
  );
});

it("takes no text for an integer", () => {
  expect(stringifyJson([1n, "\uFDD02"])).toBe('[\n  1,\n  "\uFFFD2"\n]');
});
