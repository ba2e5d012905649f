import fc from "fast-check";
import { expect, it } from "vitest";
import { cut, shorten } from "./shorten.ts";

it.each([
  ["short", 5, "short"],
  ["a longer text", 5, "a lon… (8 more characters)"],
  ["ab😀cd", 3, "ab… (4 more characters)"],
  ["", 0, ""],
])("shortens %j to %i characters and counts the rest", (text, maxChars, expected) => {
  expect(shorten(text, maxChars)).toBe(expected);
});

it("never cuts a character in half", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, maxChars) => {
      const kept = cut(text, maxChars);
      expect(kept.length).toBeLessThanOrEqual(maxChars);
      expect(text.startsWith(kept)).toBe(true);
      expect(kept).not.toMatch(/\p{Surrogate}/u);
    }),
  );
});
