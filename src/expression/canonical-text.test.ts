import { describe, expect, it } from "vitest";
import { canonicalText } from "./canonical-text.ts";
import { Sensitive, Unknown, type Value } from "./value.ts";

describe("canonical text", () => {
  it.each<readonly [Value, string]>([
    [null, "null"],
    [9_007_199_254_740_993n, "9007199254740993"],
    [{ b: [1, "x"], a: true }, '{"a":true,"b":[1,"x"]}'],
    [new Unknown("parameter", "parameters('p')"), `unknown("parameters('p')")`],
    [new Unknown("scope"), 'unknown("scope")'],
    [{ key: new Sensitive("hunter2") }, '{"key":secret()}'],
    [[new Unknown("scope")], '[unknown("scope")]'],
  ])("number %#", (value, expected) => {
    expect(canonicalText(value)).toBe(expected);
  });

  it("tells a text that looks like an unknown, or like a secret, from a real one", () => {
    expect(canonicalText('unknown("scope")')).not.toBe(canonicalText(new Unknown("scope")));
    expect(canonicalText("secret()")).not.toBe(canonicalText(new Sensitive("x")));
  });

  it("says nothing of a secret", () => {
    expect(canonicalText(new Sensitive("one"))).toBe(canonicalText(new Sensitive("two")));
  });
});
