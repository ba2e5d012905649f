import { describe, expect, it } from "vitest";
import { canonicalJson } from "../lib/canonical-json.ts";
import { toCanonical } from "./canonical-value.ts";
import { Sensitive, Unknown, type Value } from "./value.ts";

const text = (value: Value) => canonicalJson(toCanonical(value));

describe("canonical value", () => {
  it.each<readonly [Value, string]>([
    [null, "null"],
    [9_007_199_254_740_993n, "9007199254740993"],
    [{ b: [1, "x"], a: true }, '{"a":true,"b":[1,"x"]}'],
    [new Unknown("parameter", "parameters('p')"), `{"$unknown":"parameters('p')"}`],
    [new Unknown("scope"), '{"$unknown":"scope"}'],
    [{ key: new Sensitive("hunter2") }, '{"key":{"$secret":true}}'],
    [{ $ref: 1, $$ref: 2 }, '{"$$$ref":2,"$$ref":1}'],
  ])("number %#", (value, expected) => {
    expect(text(value)).toBe(expected);
  });

  it("tells a text that looks like an unknown, or like a secret, from a real one", () => {
    expect(text({ $unknown: "scope" })).not.toBe(text(new Unknown("scope")));
    expect(text({ $secret: true })).not.toBe(text(new Sensitive("x")));
  });

  it("says nothing of a secret", () => {
    expect(text(new Sensitive("one"))).toBe(text(new Sensitive("two")));
  });
});
