import { describe, expect, it } from "vitest";
import { MAX_NESTING } from "./limits.ts";
import { parseExpression, parseText } from "./parser.ts";

describe("which texts are expressions", () => {
  it.each([
    ["", ""],
    ["plain", "plain"],
    ["[", "["],
    ["[x", "[x"],
    ["[[", "[["],
    ["[[x]", "[x]"],
    ["[[[x]", "[[x]"],
    ["[[x", "[[x"],
    [" [concat('a')]", " [concat('a')]"],
    ["[concat('a')] ", "[concat('a')] "],
  ])("%j is the text %j", (text, literal) => {
    expect(parseText(text)).toEqual({ kind: "literal", text: literal });
  });

  it.each(["[concat('a')]", "['a']", "[1]", "[ concat('a') ]"])("%j is an expression", (text) => {
    expect(parseText(text).kind).toBe("expression");
  });
});

describe("spans", () => {
  it("count from the start of the text, brackets included", () => {
    expect(parseText("[a( 'b' ).c]")).toEqual({
      kind: "expression",
      node: {
        kind: "member",
        name: "c",
        span: { start: 1, end: 11 },
        target: {
          kind: "call",
          name: "a",
          key: "A",
          span: { start: 1, end: 9 },
          args: [{ kind: "text", value: "b", span: { start: 4, end: 7 } }],
        },
      },
    });
  });

  it.each([
    ["[concat('a'))]", 12, 13],
    ["[concat('a']", 11, 11],
    ['[concat("a")]', 8, 9],
    ["['a]", 1, 2],
    ["[1x()]", 2, 3],
    ["[a.b.c()]", 4, 5],
    ["[99999999999999999999]", 1, 21],
    ["[]", 1, 1],
  ])("the fault in %j lies at %i to %i", (text, start, end) => {
    expect(parseText(text)).toMatchObject({ kind: "invalid", error: { code: "syntax", span: { start, end } } });
  });
});

describe("what ARM refuses, in its own words", () => {
  it.each([
    [
      "concat('a'",
      "Unable to parse language expression 'concat('a'': expected token 'RightParenthesis' and actual 'EndOfData'.",
    ],
    ["true", "Unable to parse language expression 'true': expected token 'LeftParenthesis' and actual 'EndOfData'."],
    [
      "concat(,'a')",
      "Unable to parse language expression 'concat(,'a')': expected token 'Identifier' and actual 'Comma'.",
    ],
    ["1e3", "The language expression '1e3' at position '0' is not valid: float point numbers are not supported."],
    [
      "'x",
      "The language expression ''x' is not valid: the string constant at position '0' is not terminated. String constants must be enclosed within a pair of single quotes.",
    ],
    ["0x1", "The language expression '0x1' is not valid: the string character 'x' at position '1' is not expected."],
    [
      "f(--1)",
      "The language expression 'f(--1)' is not valid: the value '-' at position '2' cannot be converted to number.",
    ],
  ])("%j", (source, message) => {
    expect(parseExpression(source)).toMatchObject({ kind: "invalid", error: { message } });
  });

  it("refuses a text beyond ARM's length limit", () => {
    const parsed = parseText(`['${"x".repeat(81_920)}']`);
    expect(parsed).toMatchObject({
      kind: "invalid",
      error: {
        message: "The language expression length limit exceeded. Limit: '81920' and actual: '81922'.",
        span: { start: 1, end: 81923 },
      },
    });
  });

  it("quotes no more than the start of a long text", () => {
    const parsed = parseText(`[concat(${"'x',".repeat(5000)}]`);
    expect(parsed.kind === "invalid" && parsed.error.message.length).toBeLessThan(700);
  });
});

describe("nesting", () => {
  it.each([
    ["calls", `${"f(".repeat(MAX_NESTING + 1)}${")".repeat(MAX_NESTING + 1)}`],
    ["members", `f()${".a".repeat(MAX_NESTING + 2)}`],
    ["open calls", "f(".repeat(40_000)],
  ])("beyond the limit is not read further: %s", (_, source) => {
    expect(parseExpression(source)).toEqual({ kind: "too-deep" });
  });

  it("up to the limit is read", () => {
    expect(parseExpression(`${"f(".repeat(MAX_NESTING)}${")".repeat(MAX_NESTING)}`).kind).toBe("expression");
  });
});
