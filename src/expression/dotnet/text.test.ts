import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareNames, foldName, toLowerInvariant, toUpperInvariant } from "./casing.ts";
import { TextComparer } from "./collation.ts";
import { CompositeFormatError, parseComposite, writeComposite } from "./composite-format.ts";
import { formatIp, parseIp } from "./ip.ts";

describe("letter case", () => {
  it.each([
    ["straße", "STRAßE"],
    ["ıſÿµ", "ıSŸΜ"],
    ["ΐᾳᾀ", "ΐᾼᾈ"],
    ["𐐨", "𐐀"],
    ["ǆ", "Ǆ"],
  ])("%s is %s in upper case", (text, upper) => {
    expect(toUpperInvariant(text)).toBe(upper);
  });

  it.each([
    ["İΑΣ", "İας".replace("ς", "σ")],
    ["ẞK", "ßk"],
    ["𐐀", "𐐨"],
  ])("%s is %s in lower case", (text, lower) => {
    expect(toLowerInvariant(text)).toBe(lower);
  });

  it("of names leaves out what is no letter case to .NET", () => {
    expect(foldName("aé")).toBe(foldName("AÉ"));
    expect(foldName("ı")).not.toBe(foldName("I"));
    expect(foldName("ſ")).not.toBe(foldName("S"));
  });

  it("does not count in the order of names, surrogates come last", () => {
    expect(["b", "A", "a-b", "😀", "ﬀ", "aa", "_"].toSorted(compareNames)).toEqual([
      "A",
      "a-b",
      "aa",
      "b",
      "_",
      "ﬀ",
      "😀",
    ]);
  });
});

describe("searching and comparing as in the invariant culture", () => {
  const comparer = new TextComparer();
  const free = (): void => undefined;

  it.each([
    ["a", "B", -1],
    ["a", "A", -1],
    ["a-b", "ab", -1],
    ["_a", "a", -1],
    ["e\u0301", "é", 0],
    ["z", "é", 1],
    ["ss", "ß", -1],
    ["aB", "Ab", -1],
    ["a9", "aa", -1],
    ["a", "ab", -1],
  ])("%j and %j compare as %i", (left, right, order) => {
    expect(Math.sign(comparer.compare(left, right))).toBe(order);
  });

  it("letters and digits compare as in ICU", () => {
    const collator = new Intl.Collator("en");
    const text = fc.string({ unit: fc.constantFrom(..."aAbBzZ019"), maxLength: 6 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(Math.sign(comparer.compare(left, right))).toBe(Math.sign(collator.compare(left, right)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["AbC", "bc", 1, 1],
    ["e\u0301", "e", -1, -1],
    ["xé", "e\u0301", 1, 1],
    ["abc", "\u200b", 0, 3],
    ["straße", "SS", -1, -1],
    ["a😀b😀", "😀", 1, 4],
    ["éa", "A", 1, 1],
    ["ａ", "a", -1, -1],
  ])("%j has %j first at %i, last at %i", (text, part, first, last) => {
    expect([comparer.indexOf(text, part, free), comparer.lastIndexOf(text, part, free)]).toEqual([first, last]);
  });

  it.each([
    ["é", "e\u0301", true, true],
    ["e\u0301", "e", false, false],
    ["İx", "i", false, false],
    ["ABC", "abc", true, true],
    ["", "a", false, false],
  ])("%j starts and ends with %j: %s, %s", (text, affix, starts, ends) => {
    expect([comparer.startsWith(text, affix, free), comparer.endsWith(text, affix, free)]).toEqual([starts, ends]);
  });
});

describe("composite formats", () => {
  function write(format: string, ...args: readonly string[]): string {
    return writeComposite(
      parseComposite(format),
      (index) => args[index],
      () => undefined,
    );
  }

  it.each([
    ["{0}{1}{0}", "aba"],
    ["{{{0}}}", "{a}"],
    ["{0,3}|{1,-3}|", "  a|b  |"],
    ["{0 ,3 }", "  a"],
    ["plain", "plain"],
    ["{00}", "a"],
  ])("%j gives %j", (format, expected) => {
    expect(write(format, "a", "b")).toBe(expected);
  });

  it.each(["{", "}", "{0", "{}", "{a}", "{-1}", "{ 0}", "{0,}", "{0,- 5}", "{0:{}", "{0:}}", "{2}", "{1000000}"])(
    "refuses %j",
    (format) => {
      expect(() => write(format, "a", "b")).toThrow(CompositeFormatError);
    },
  );
});

describe("addresses", () => {
  it.each([
    ["10.1", "10.0.0.1"],
    ["010.0.0.1", "8.0.0.1"],
    ["167772160", "10.0.0.0"],
    ["FDAD:3236::0:1", "fdad:3236::1"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
    ["::ffff:10.0.0.1", "::ffff:10.0.0.1"],
    ["fe80::1%eth0", "fe80::1"],
    ["[::1]", "::1"],
    ["::1:2", "::0.1.0.2"],
  ])("%s is %s", (text, expected) => {
    const address = parseIp(text);
    expect(address && formatIp(address)).toBe(expected);
  });

  it.each(["", "a", "1.2.3.4.5", "256.0.0.1", "08.0.0.1", "1::2::3", ":1", "1:2:3", "12345::", "::1.2.3.256"])(
    "%j is none",
    (text) => {
      expect(parseIp(text)).toBeNull();
    },
  );
});
