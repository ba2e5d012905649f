import { describe, expect, it } from "vitest";
import { ArmObject, type ArmValue } from "./arm-value.ts";
import { fromValue, toValue } from "./convert.ts";
import { Sensitive, Unknown, type Value } from "./value.ts";

describe("toValue", () => {
  it.each<[ArmValue, Value]>([
    [null, null],
    [5n, 5],
    [9_007_199_254_740_991n, 9_007_199_254_740_991],
    [9_007_199_254_740_993n, 9_007_199_254_740_993n],
    [1.5, 1.5],
    [Number.NaN, "NaN"],
    [-Infinity, "-Infinity"],
    [
      ["a", [1n]],
      ["a", [1]],
    ],
  ])("%o becomes %o", (value, expected) => {
    expect(toValue(value)).toEqual(expected);
  });

  it("keeps unknown and secret leaves", () => {
    const unknown = new Unknown("scope", "resourceGroup().name");
    expect(toValue([unknown])).toEqual([unknown]);
    expect(toValue(new Sensitive(5n, "parameters('n')"))).toEqual(new Sensitive(5, "parameters('n')"));
  });

  it("makes a member of every name, whatever JavaScript has on objects", () => {
    const value = toValue(
      ArmObject.of([
        ["__proto__", 1n],
        ["constructor", 2n],
      ]),
    );
    expect(JSON.stringify(value)).toBe('{"__proto__":1,"constructor":2}');
    expect(Object.getPrototypeOf(value)).toBeNull();
  });

  it("takes an object of which more exists than is listed for unknown", () => {
    const rest = new Unknown("runtime-function", "reference('x')");
    expect(toValue(new ArmObject(new Map([["a", 1n]]), { rest }))).toBe(rest);
  });

  it("shows no name that is a secret", () => {
    expect(toValue(new ArmObject(new Map([["pw", 1n]]), { secretNames: true }))).toEqual(new Sensitive(null));
  });
});

describe("fromValue", () => {
  it("makes integers of whole numbers and keeps the rest", () => {
    expect(fromValue({ a: 1, b: 1.5, c: [2n, "x", null, true] })).toEqual(
      ArmObject.of([
        ["a", 1n],
        ["b", 1.5],
        ["c", [2n, "x", null, true]],
      ]),
    );
    expect(fromValue(new Sensitive(5))).toEqual(new Sensitive(5n));
  });
});
