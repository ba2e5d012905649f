import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameText } from "./arm-text.ts";
import { assertNever } from "./assert-never.ts";
import { canonicalJson, type CanonicalInput } from "./canonical-json.ts";
import { compareText } from "./compare-text.ts";
import { didYouMean, suggestion } from "./did-you-mean.ts";
import { isRecord } from "./is-record.ts";
import { lineAndColumn } from "./line-and-column.ts";
import { plural } from "./plural.ts";
import { sentences } from "./sentences.ts";
import { sha256 } from "./sha256.ts";
import { wrap } from "./wrap.ts";

describe("text of ARM", () => {
  it.each([
    ["Enabled", "ENABLED", true],
    ["", "", true],
    ["a", "b", false],
    ["a", "ab", false],
    ["é", "É", true],
  ])("%j is %j: %s", (left, right, same) => {
    expect(sameText(left, right)).toBe(same);
    expect(sameText(right, left)).toBe(same);
  });
});

describe("canonical JSON", () => {
  it.each<readonly [string, CanonicalInput, string]>([
    ["null", null, "null"],
    ["a number", 1.5, "1.5"],
    ["a large integer", 9_007_199_254_740_993n, "9007199254740993"],
    ["a text with quotes", 'a"b', String.raw`"a\"b"`],
    ["members by name", { b: 1, a: { d: [], c: {} } }, '{"a":{"c":{},"d":[]},"b":1}'],
    ["members by code unit, not by locale", { ä: 1, z: 2, Z: 3 }, '{"Z":3,"z":2,"ä":1}'],
    ["an array in its order", [2, 1], "[2,1]"],
  ])("writes %s", (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it("is JSON of the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value as CanonicalInput))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("is the same for the same members in any order", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(object));
      }),
    );
  });
});

describe("order of texts", () => {
  it("is total and does not depend on a locale", () => {
    expect(["b", "a", "Ä", "B", "a"].sort(compareText)).toEqual(["B", "a", "a", "b", "Ä"]);
    expect(compareText("a", "a")).toBe(0);
  });
});

describe("did you mean", () => {
  it.each([
    ["failon", ["failOn", "gate"], "failOn"],
    ["FAILON", ["failOn"], "failOn"],
    ["gat", ["gate", "onOpen"], "gate"],
    ["ex", ["gate", "onOpen"], undefined],
    [
      "network/openai-public-acess",
      ["network/openai-public-access", "identity/openai-local-auth-enabled"],
      "network/openai-public-access",
    ],
    ["something else entirely", ["gate"], undefined],
    ["x", [], undefined],
    ["", ["gate"], undefined],
  ])("%j of %j: %s", (text, candidates, meant) => {
    expect(didYouMean(text, candidates)).toBe(meant);
    expect(suggestion(text, candidates)).toBe(meant === undefined ? "" : `; did you mean ${meant}?`);
  });
});

describe("line and column", () => {
  it.each([
    ["abc", 0, 1, 1],
    ["abc", 3, 1, 4],
    ["a\nb", 2, 2, 1],
    ["a\r\nb", 3, 2, 1],
    ["a\rb", 2, 2, 1],
    ["a\n\nb", 3, 3, 1],
    ["😀x", 2, 1, 3],
    ["a\nb", 99, 2, 2],
  ])("of %j at %i", (text, offset, line, column) => {
    expect(lineAndColumn(text, offset)).toEqual({ line, column });
  });
});

describe("wrapping", () => {
  it.each([
    ["fits", 10, 0, ["fits"]],
    ["one two three", 7, 0, ["one two", "three"]],
    ["one two three", 7, 4, ["one two", "three"]],
    ["one two three", 8, 5, ["one two", "three"]],
    ["unbreakablelongword", 5, 0, ["unbreakablelongword"]],
    ["a unbreakablelongword b", 5, 0, ["a", "unbreakablelongword", "b"]],
    ["", 5, 0, [""]],
  ])("%j at %i", (text, width, hang, lines) => {
    expect(wrap(text, width, hang)).toEqual(lines);
  });

  it("loses nothing, and goes over the width only for one word", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 5, max: 30 }), fc.nat(4), (list, width, hang) => {
        const lines = wrap(list.join(" "), width, hang);
        expect(lines.join(" ")).toBe(list.join(" "));
        for (const [index, line] of lines.entries())
          expect(!line.includes(" ") || line.length <= (index === 0 ? width : width - hang)).toBe(true);
      }),
    );
  });

  it("takes a very long text in its stride", () => {
    const text = "word ".repeat(200_000);
    expect(wrap(text, 80).length).toBeGreaterThan(10_000);
  });
});

describe("small things", () => {
  it.each([
    [0, "0 findings"],
    [1, "1 finding"],
    [2, "2 findings"],
  ])("%i: %s", (count, text) => {
    expect(plural(count, "finding")).toBe(text);
  });

  it("takes irregular plurals", () => {
    expect(plural(2, "policy", "policies")).toBe("2 policies");
  });

  it.each([
    [{}, true],
    [Object.create(null), true],
    [[], false],
    [null, false],
    ["x", false],
    [undefined, false],
  ])("%j is a record: %s", (value, expected) => {
    expect(isRecord(value)).toBe(expected);
  });

  it("hashes the UTF-8 bytes of a text", () => {
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("ä")).toBe("33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc");
  });

  it("names the case that the types ruled out", () => {
    expect(() => assertNever("odd" as never)).toThrow("unexpected case: odd");
  });
});

describe("sentences", () => {
  it.each([
    [["a", "b"], "a. b."],
    [["a.", "b!"], "a. b!"],
    [["cut off…", "b?"], "cut off… b?"],
  ])("%j", (texts, expected) => {
    expect(sentences(...texts)).toBe(expected);
  });
});
