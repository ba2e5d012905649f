import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Sensitive, Unknown, type Value } from "../expression/value.ts";
import { propertyChanges } from "./delta.ts";
import { formatPath } from "./property-path.ts";

/** Each difference as `change path`. */
function changes(before: Value, after: Value): readonly string[] {
  return propertyChanges(before, after).map(({ change, path }) => `${change} ${formatPath(path)}`);
}

describe("property changes", () => {
  const rows: readonly (readonly [name: string, before: Value, after: Value, expected: readonly string[]])[] = [
    ["the same", { a: 1, b: [1, { c: null }] }, { a: 1, b: [1, { c: null }] }, []],
    ["a value", { a: 1 }, { a: 2 }, ["modify a"]],
    ["a new member", { a: 1 }, { a: 1, b: 2 }, ["create b"]],
    ["a member gone", { a: 1, b: 2 }, { a: 1 }, ["delete b"]],
    ["null is not the same as gone", { a: null, b: null }, { a: null }, ["delete b"]],
    ["null is not the same as a value", { a: null }, { a: 1 }, ["modify a"]],
    ["letter case of member names", { disableLocalAuth: true }, { DisableLocalAuth: true }, []],
    ["a value under a name in other letter case", { Kind: "a" }, { kind: "b" }, ["modify Kind"]],
    ["order of members", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ["a whole object that comes", {}, { acls: { a: 1, b: 2 } }, ["create acls"]],
    ["a whole array that goes", { rules: [1, 2] }, {}, ["delete rules"]],
    ["an object for a text", { a: "x" }, { a: { b: 1 } }, ["modify a"]],
    ["an array for an object", { a: {} }, { a: [] }, ["modify a"]],
    ["a name that needs quotes", { tags: { "a.b": 1 } }, { tags: { "a.b": 2 } }, ["modify tags['a.b']"]],
    [
      "members of an array by name, whatever their order",
      {
        rules: [
          { name: "a", v: 1 },
          { name: "b", v: 2 },
        ],
      },
      {
        rules: [
          { name: "B", v: 2 },
          { name: "a", v: 3 },
        ],
      },
      ["modify rules[1].v", "modify rules[0].name"],
    ],
    [
      "members of an array by a name in other letter case",
      { rules: [{ Name: "a" }, { Name: "b" }] },
      { rules: [{ name: "b" }, { name: "a" }] },
      [],
    ],
    [
      "a member of an array that comes and one that goes",
      { rules: [{ id: "a" }] },
      { rules: [{ id: "b" }] },
      ["create rules[0]", "delete rules[0]"],
    ],
    ["members without a name by position", { a: [1, 2] }, { a: [1, 3, 4] }, ["modify a[1]", "create a[2]"]],
    [
      "members by position when two have the same name",
      {
        a: [
          { name: "x", v: 1 },
          { name: "x", v: 2 },
        ],
      },
      {
        a: [
          { name: "x", v: 1 },
          { name: "x", v: 3 },
        ],
      },
      ["modify a[1].v"],
    ],
    ["an unknown value", { a: 1 }, { a: new Unknown("runtime-function", "utcNow()") }, ["modify a"]],
    [
      "two unknowns that wait for the same",
      { a: new Unknown("parameter", "p") },
      { a: new Unknown("parameter", "p") },
      [],
    ],
    ["two unknowns without an expression", { a: new Unknown("scope") }, { a: new Unknown("scope") }, ["modify a"]],
    ["the same secret", { a: new Sensitive("s") }, { a: new Sensitive("s") }, []],
    ["another secret", { a: new Sensitive("s") }, { a: new Sensitive("t") }, ["modify a"]],
    ["a body that cannot be seen", new Unknown("not-reported"), { a: 1 }, ["modify "]],
  ];

  it.each(rows)("%s", (_, before, after, expected) => {
    expect([...changes(before, after)].sort()).toEqual([...expected].sort());
  });

  it("gives both values", () => {
    expect(propertyChanges({ a: 1, b: 2 }, { b: 3, c: 4 })).toEqual([
      { path: ["a"], change: "delete", before: 1, after: undefined },
      { path: ["b"], change: "modify", before: 2, after: 3 },
      { path: ["c"], change: "create", before: undefined, after: 4 },
    ]);
  });

  const body = fc.object({ maxDepth: 4, values: [fc.string(), fc.boolean(), fc.integer(), fc.constant(null)] });

  it("finds nothing between a body and itself", () => {
    fc.assert(
      fc.property(body, (value) => {
        expect(changes(value as Value, value as Value)).toEqual([]);
      }),
    );
  });

  it("finds the same number of differences in both directions", () => {
    fc.assert(
      fc.property(body, body, (left, right) => {
        expect(changes(left as Value, right as Value)).toHaveLength(changes(right as Value, left as Value).length);
      }),
    );
  });

  it("does not mind the order of members", () => {
    fc.assert(
      fc.property(body, (value) => {
        expect(changes(value as Value, reversed(value as Value))).toEqual([]);
      }),
    );
  });
});

function reversed(value: Value): Value {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, reversed(item as Value)]),
  );
}
