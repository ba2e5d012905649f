import { describe, expect, it } from "vitest";
import { Sensitive, Unknown, type Value } from "../../../expression/value.ts";
import type { PlannedResource } from "../../../plan/planned-resource.ts";
import { formatPath } from "../../../plan/property-path.ts";
import { parseResourceId } from "../../../plan/resource-id.ts";
import { compareExpansions } from "./compare-expansions.ts";
import { parsePredictedResources } from "./predicted-resource.ts";

const TYPE = "Microsoft.CognitiveServices/accounts";
const ID = `/subscriptions/s/resourceGroups/rg/providers/${TYPE}/a`;

interface Ours extends Partial<Omit<PlannedResource, "id">> {
  readonly id?: string | Unknown;
}

function planned(after: Value, { id = ID, ...rest }: Ours = {}): PlannedResource {
  return {
    id: typeof id === "string" ? (parseResourceId(id) ?? new Unknown("scope")) : id,
    address: null,
    type: TYPE,
    name: "a",
    apiVersion: "2024-10-01",
    changeType: "create",
    potential: false,
    outside: false,
    before: null,
    after,
    dependsOn: [],
    ...rest,
  };
}

const predicted = (body: object) => ({ id: ID, type: TYPE, name: "a", apiVersion: "2024-10-01", ...body });

function compare(ours: readonly PlannedResource[], theirs: readonly object[]) {
  const comparison = compareExpansions(ours, parsePredictedResources(JSON.stringify({ predictedResources: theirs })));
  const differences = comparison.differences.map(({ path, ours: left, theirs: right }) => [
    formatPath(path),
    left,
    right,
  ]);
  return { equal: comparison.equal, total: comparison.total, differences };
}

const properties = (ours: Value, theirs: unknown) =>
  compare([planned({ properties: { x: ours } })], [predicted({ properties: { x: theirs } })]);

describe("values", () => {
  it.each<[string, Value, unknown]>([
    ["the same text", "a", "a"],
    ["numbers of any size and kind", [1n, 2, 1.5, 9007199254740993n], [1, 2, 1.5, 9007199254740992]],
    ["null", null, null],
    ["empty ones", { a: {}, b: [] }, { a: {}, b: [] }],
    ["names in another order and letter case", { a: 1, B: 2 }, { b: 2, A: 1 }],
    ["a value where theirs is an expression", "known", "[reference('x').y]"],
    ["an object where theirs is an expression", { a: 1 }, "[parameters('x')]"],
    ["two unknowns", new Unknown("runtime-function", "utcNow()"), "[utcNow()]"],
    ["a text in brackets", "[x]", "[x]"],
    ["a secret and its expression", new Sensitive("s"), "[parameters('s')]"],
    ["a secret and its value", new Sensitive("s"), "s"],
    ["what we may not read", new Unknown("environment"), "anything"],
    ["a name that has to be worked out", { "[utcNow()]": 1, b: 2 }, { "[concat(utcNow())]": 1, b: 2 }],
    ["a name that we worked out", { known: 1, b: 2 }, { "[utcNow()]": 1, b: 2 }],
  ])("are equal: %s", (_, ours, theirs) => {
    expect(properties(ours, theirs)).toEqual({ equal: 1, total: 1, differences: [] });
  });

  it.each<[string, Value, unknown, string]>([
    ["another text", "a", "b", "properties.x"],
    ["letter case", "a", "A", "properties.x"],
    ["another number", 1n, 2, "properties.x"],
    ["a number and a text", 1, "1", "properties.x"],
    ["null and nothing", { a: null }, {}, "properties.x.a"],
    ["something of theirs alone", {}, { a: 1 }, "properties.x.a"],
    ["something deep in an array", [{ a: [1, 2] }], [{ a: [1, 3] }], "properties.x[0].a[1]"],
    ["arrays of other lengths", [1], [1, 2], "properties.x"],
    ["an array and an object", [], {}, "properties.x"],
    ["an unknown that they know", new Unknown("runtime-function"), "a", "properties.x"],
    ["another secret", new Sensitive("a"), "b", "properties.x"],
    ["an inherited name", {}, JSON.parse('{"__proto__":1}'), "properties.x.__proto__"],
  ])("differ: %s", (_, ours, theirs, path) => {
    const { equal, differences } = properties(ours, theirs);
    expect(equal).toBe(0);
    expect(differences.map(([at]) => at)).toEqual([path]);
  });

  it("say what both sides have", () => {
    expect(properties("a", "b").differences).toEqual([["properties.x", "a", "b"]]);
    expect(properties({ y: 1 }, {}).differences).toEqual([["properties.x.y", 1, undefined]]);
  });
});

describe("bodies", () => {
  it("leave out what is not printed, and members that are null", () => {
    const ours = planned({ id: ID, type: TYPE, name: "a", dependsOn: ["x"], scope: "s", kind: "OpenAI", sku: null });
    expect(compare([ours], [predicted({ kind: "OpenAI", zones: null })])).toMatchObject({ equal: 1, total: 1 });
  });

  it("have the condition that waits", () => {
    const waiting = planned({ condition: new Unknown("parameter") });
    expect(compare([waiting], [predicted({ condition: "[parameters('x')]" })]).equal).toBe(1);
    expect(compare([planned({})], [predicted({ condition: "[parameters('x')]" })]).equal).toBe(1);
    expect(compare([waiting], [predicted({})]).differences.map(([at]) => at)).toEqual(["condition"]);
  });

  it("have types, names and API versions, whatever their letter case", () => {
    expect(
      compare([planned({})], [predicted({ id: ID.toUpperCase(), name: "A", type: TYPE.toLowerCase() })]).equal,
    ).toBe(1);
    expect(compare([planned({})], [predicted({ apiVersion: "2023-05-01" })]).differences).toEqual([
      ["apiVersion", "2024-10-01", "2023-05-01"],
    ]);
  });
});

describe("resources", () => {
  const other = ID.replace(/a$/, "b");

  it("are joined by id, in any order", () => {
    const ours = [planned({ properties: { n: 1 } }), planned({ properties: { n: 2 } }, { id: other, name: "b" })];
    const theirs = [predicted({ id: other, name: "b", properties: { n: 2 } }), predicted({ properties: { n: 1 } })];
    expect(compare(ours, theirs)).toEqual({ equal: 2, total: 2, differences: [] });
  });

  it("are joined in order when an id occurs more than once", () => {
    const bodies = [1, 2, 3].map((n) => ({ properties: { n } }));
    expect(
      compare(
        bodies.map((body) => planned(body)),
        bodies.map(predicted),
      ),
    ).toMatchObject({ equal: 3, total: 3 });
  });

  it("are joined by name when an id waits, and by type when the name waits", () => {
    const id = new Unknown("scope");
    const ours = [
      planned({ properties: { n: 1 } }, { id }),
      planned({ properties: { n: 2 } }, { id, name: "b" }),
      planned({ properties: { n: 3 } }, { id, name: new Unknown("runtime-function", "utcNow()") }),
      planned({ properties: { n: 4 } }, { id, name: new Unknown("runtime-function") }),
    ];
    const theirs = [
      predicted({ id: "[x]", name: "b", properties: { n: 2 } }),
      predicted({ id: "[x]", name: "[toLower('X')]", properties: { n: 4 } }),
      predicted({ id: "[x]", name: "[utcNow()]", properties: { n: 3 } }),
      predicted({ id: ID, properties: { n: 1 } }),
    ];
    expect(compare(ours, theirs)).toEqual({ equal: 4, total: 4, differences: [] });
  });

  it("count on whichever side they are", () => {
    const outcome = compare([planned({ n: 1 })], [predicted({ id: other, name: "b" })]);
    expect(outcome).toMatchObject({ equal: 0, total: 2 });
    expect(outcome.differences).toEqual([
      ["", { n: 1 }, undefined],
      ["", undefined, expect.objectContaining({ name: "b" })],
    ]);
  });

  it("of one name in two groups are two", () => {
    const elsewhere = ID.replace("/rg/", "/rg2/");
    expect(compare([planned({})], [predicted({ id: elsewhere })])).toMatchObject({ equal: 0, total: 2 });
  });

  it("beside the deployment, deleted ones and those of other extensions do not count", () => {
    const ours = [
      planned({}, { outside: true }),
      planned(null, { changeType: "delete" }),
      planned({}, { id: new Unknown("scope"), type: "Microsoft.Graph/groups@v1.0" }),
    ];
    expect(compare(ours, [{ type: "Microsoft.Graph/groups@v1.0", properties: {} }])).toEqual({
      equal: 0,
      total: 0,
      differences: [],
    });
  });
});

describe("large expansions", () => {
  it("take time in proportion to their size", () => {
    const count = 40_000;
    const ours = Array.from({ length: count }, () =>
      planned({}, { id: new Unknown("scope"), name: new Unknown("scope") }),
    );
    const theirs = Array.from({ length: count }, () => predicted({ id: "[x]", name: "[y]" }));
    const start = performance.now();
    expect(compare(ours, theirs)).toMatchObject({ equal: count, total: count });
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe("snapshots", () => {
  it.each([
    ["", "JSON"],
    ["null", "lists no resources"],
    ["[]", "lists no resources"],
    ["{}", "lists no resources"],
    ['{"predictedResources":[1]}', "another form"],
    ['{"predictedResources":[{}]}', "has no type"],
  ])("refuses %j", (text, message) => {
    expect(() => parsePredictedResources(text)).toThrow(message);
  });

  it("refuses what is too deep", () => {
    const deep = `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`;
    expect(() => parsePredictedResources(`{"predictedResources":[{"type":"t","x":${deep}}]}`)).toThrow("another form");
  });
});

describe("resources with a condition that waits", () => {
  const waiting = { condition: "[equals(environment().name, 'x')]" };

  it("may be absent where we know that it is false", () => {
    expect(compare([], [predicted(waiting)])).toEqual({ equal: 0, total: 0, differences: [] });
    expect(compare([], [predicted({})]).differences).toHaveLength(1);
  });

  it("are not taken for others whose names wait, too", () => {
    const id = "[resourceId('Microsoft.CognitiveServices/accounts', reference('x').y)]";
    const theirs = [
      { ...predicted({ ...waiting, kind: "A" }), id, name: "[reference('x').y]" },
      { ...predicted({ kind: "B" }), id, name: "[reference('x').z]" },
    ];
    const name = new Unknown("runtime-function", "reference('x').w");
    const ours = planned({ kind: "B" }, { id: new Unknown("runtime-function", "resourceId('x')"), name });
    expect(compare([ours], theirs)).toEqual({ equal: 1, total: 1, differences: [] });
  });
});
