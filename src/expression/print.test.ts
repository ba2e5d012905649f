import { describe, expect, it } from "vitest";
import { ArmObject, type ArmValue } from "./arm-value.ts";
import { parseExpression } from "./parser.ts";
import { printNode, printValue } from "./print.ts";
import { Sensitive, Unknown } from "./value.ts";

describe("expressions", () => {
  it.each([
    ["concat ( 'a' ,\t'b' )", "concat('a', 'b')"],
    ["CONCAT('it''s')", "CONCAT('it''s')"],
    ["ns . f ( 007 ) . a [ 0 ] [ 'b' ]", "ns.f(7).a[0].b"],
    ["f()['a b']['1']['a-b']['é']['_$']", "f()['a b']['1']['a-b'].é._$"],
    ["f()[''][g('x')]", "f()[''][g('x')]"],
    ["-5", "-5"],
  ])("%s prints as %s", (source, printed) => {
    const parsed = parseExpression(source);
    expect(parsed.kind === "expression" && printNode(parsed.node)).toBe(printed);
  });
});

describe("values", () => {
  it.each<[ArmValue, string]>([
    [null, "null()"],
    [true, "true()"],
    [5n, "5"],
    [9_223_372_036_854_775_807n, "9223372036854775807"],
    [1, "json('1')"],
    [1e21, "json('1E+21')"],
    [-0, "json('-0')"],
    ["it's", "'it''s'"],
    [[1n, ["a"]], "createArray(1, createArray('a'))"],
    [ArmObject.of([["a b", null]]), "createObject('a b', null())"],
    [[new Unknown("runtime-function", "utcNow()")], "createArray(utcNow())"],
    [[new Sensitive("pw", "parameters('pw')")], "createArray(parameters('pw'))"],
  ])("%o prints as %s", (value, printed) => {
    expect(printValue(value, 1000)).toBe(printed);
  });

  it("prints the expression behind a name that is unknown", () => {
    const object = new ArmObject(new Map([["[utcNow()]", 1n]]), { unknownNames: new Set(["[utcNow()]"]) });
    expect(printValue(object, 1000)).toBe("createObject(utcNow(), 1)");
  });

  it("prints what an open object is read from", () => {
    const rest = new Unknown("runtime-function", "reference('x')");
    expect(printValue(new ArmObject(new Map([["a", 1n]]), { rest }), 1000)).toBe("reference('x')");
  });

  it.each<[string, ArmValue]>([
    ["a secret without expression", ["a", new Sensitive("pw")]],
    ["an unknown without expression", [new Unknown("limit")]],
    ["names that are secrets", new ArmObject(new Map([["pw", 1n]]), { secretNames: true })],
    ["a text beyond the length", "x".repeat(1001)],
  ])("has no text for %s", (_, value) => {
    expect(printValue(value, 1000)).toBeNull();
  });
});
