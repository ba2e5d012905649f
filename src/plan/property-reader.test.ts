import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Sensitive, Unknown, type Value } from "../expression/value.ts";
import { isWrittenAsNull, PropertyReader, readPath } from "./property-reader.ts";

const body: Value = {
  kind: "OpenAI",
  sku: null,
  Properties: {
    flag: "TRUE",
    off: false,
    count: "12",
    big: 9_007_199_254_740_993n,
    ratio: "1.5",
    list: [{ name: "a" }, new Unknown("parameter", "p"), "x"],
    map: { one: { v: 1 }, two: 2 },
    wait: new Unknown("runtime-function", "utcNow()"),
    hidden: new Sensitive("s"),
    hiddenNull: new Sensitive(null),
    nothing: null,
    twice: 1,
    TWICE: 2,
    same: "x",
    SAME: "x",
  },
};
const reader = new PropertyReader(body);

describe("typed readings", () => {
  it.each([
    ["string", "kind", { state: "known", value: "OpenAI", sensitive: false }],
    ["string", "KIND", { state: "known", value: "OpenAI" }],
    ["string", "properties.off", { state: "unknown", reason: "unexpected-type" }],
    ["string", "properties.map", { state: "unknown", reason: "unexpected-type" }],
    ["string", "properties.missing", { state: "absent" }],
    ["string", "missing.further.down", { state: "absent" }],
    ["string", "kind.further", { state: "absent" }],
    ["string", "sku", { state: "absent" }],
    ["string", "sku.name", { state: "absent" }],
    ["string", "properties.nothing", { state: "absent" }],
    ["string", "properties.hidden", { state: "known", value: "s", sensitive: true }],
    ["string", "properties.hiddenNull", { state: "absent" }],
    ["string", "properties.wait", { state: "unknown", reason: "runtime-function", expression: "utcNow()" }],
    ["string", "properties.wait.below", { state: "unknown", reason: "runtime-function" }],
    ["string", "properties.list[1].name", { state: "unknown", reason: "parameter" }],
    ["string", "properties.list[0].NAME", { state: "known", value: "a" }],
    ["string", "properties.list[9].name", { state: "absent" }],
    ["string", "properties.list.name", { state: "absent" }],
    ["string", "properties.twice", { state: "unknown", reason: "ambiguous" }],
    ["string", "properties.same", { state: "known", value: "x" }],
    ["boolean", "properties.flag", { state: "known", value: true }],
    ["boolean", "properties.off", { state: "known", value: false }],
    ["boolean", "properties.count", { state: "unknown", reason: "unexpected-type" }],
    ["boolean", "properties.twice", { state: "unknown", reason: "ambiguous" }],
    ["number", "properties.count", { state: "known", value: 12 }],
    ["number", "properties.ratio", { state: "known", value: 1.5 }],
    ["number", "properties.big", { state: "known", value: 9_007_199_254_740_992 }],
    ["number", "kind", { state: "unknown", reason: "unexpected-type" }],
    ["value", "constructor", { state: "absent" }],
    ["value", "toString", { state: "absent" }],
    ["value", "__proto__", { state: "absent" }],
  ] as const)("%s at %s", (kind, path, expected) => {
    expect(reader[kind](path)).toMatchObject(expected);
  });

  it("reads a member that is called like one of every object", () => {
    const hostile = JSON.parse('{"__proto__":{"admin":true},"constructor":"x"}') as Value;
    expect(new PropertyReader(hostile).boolean("__proto__.admin")).toMatchObject({ state: "known", value: true });
    expect(new PropertyReader(hostile).string("constructor")).toMatchObject({ state: "known", value: "x" });
    expect(new PropertyReader({}).boolean("__proto__.admin")).toEqual({ state: "absent" });
  });
});

describe("members and entries", () => {
  it("give readers that know their place", () => {
    const members = reader.members("properties.list");
    expect(members.state === "known" && members.value.map((member) => member.at("name"))).toEqual([
      ["properties", "list", 0, "name"],
      ["properties", "list", 1, "name"],
      ["properties", "list", 2, "name"],
    ]);
    const entries = reader.entries("properties.map");
    expect(entries.state === "known" && entries.value.map(({ name, reader: entry }) => [name, entry.path])).toEqual([
      ["one", ["properties", "map", "one"]],
      ["two", ["properties", "map", "two"]],
    ]);
  });

  it.each([
    ["properties.map", "unknown"],
    ["properties.wait", "unknown"],
    ["properties.missing", "absent"],
    ["properties.nothing", "absent"],
  ])("of %s: %s", (path, state) => {
    expect(reader.members(path).state).toBe(state);
  });

  it.each([
    ["properties.list", "unknown"],
    ["properties.wait", "unknown"],
    ["properties.missing", "absent"],
  ])("entries of %s: %s", (path, state) => {
    expect(reader.entries(path).state).toBe(state);
  });
});

describe("null", () => {
  it.each([
    ["sku", true],
    ["sku.name", true],
    ["properties.nothing", true],
    ["properties.missing", false],
    ["kind", false],
    ["properties.wait", false],
  ])("is written at %s: %s", (path, expected) => {
    expect(reader.isNull(path)).toBe(expected);
    expect(isWrittenAsNull(body, path.split("."))).toBe(expected);
  });
});

it("never throws, whatever the body and the path", () => {
  const values = fc.anything({ withBigInt: true, withNullPrototype: true }) as fc.Arbitrary<Value>;
  fc.assert(
    fc.property(values, fc.array(fc.oneof(fc.string(), fc.nat(5))), (value, path) => {
      expect(["known", "unknown", "absent"]).toContain(readPath(value, path).state);
    }),
  );
});
