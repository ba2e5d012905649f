import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planned } from "../../test/support/plans.ts";
import { thing } from "../../test/support/synthetic-rules.ts";
import { Sensitive, Unknown, type Value } from "../expression/value.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import { parsePath } from "../plan/property-path.ts";
import { fingerprint } from "./fingerprint.ts";

const resource = planned({ after: thing({}) });

interface Case {
  readonly ruleId?: string;
  readonly target?: string;
  readonly resource?: Partial<PlannedResource>;
  readonly body?: Value;
  readonly path?: string;
}

function of({ ruleId = "test/rule", target = "a.json", resource: changes, body = null, path = "" }: Case): string {
  return fingerprint({
    ruleId,
    target,
    source: "terraform-plan",
    resource: { ...resource, ...changes },
    body,
    path: parsePath(path),
  });
}

describe("fingerprint", () => {
  it("is a version and 32 hexadecimal digits", () => {
    expect(of({})).toMatch(/^v1:[0-9a-f]{32}$/);
  });

  it("stays what earlier reports and alerts know", () => {
    const body = { properties: { rules: [{ name: "a", bad: true }] } };
    expect(of({ body, path: "properties.rules[0].bad" })).toBe("v1:81b5b09df1ecb7e641efe3cd2bd7cc6a");
  });

  it.each<readonly [string, Case, Case]>([
    ["letter case of the property", { path: "properties.Flag" }, { path: "PROPERTIES.flag" }],
    [
      "letter case of the id",
      { resource: { id: planned({ after: { ...thing(), id: thing().id.toUpperCase() } }).id } },
      {},
    ],
    ["letter case of a name without id", nameless("Thing"), nameless("thing")],
    ["the API version", { resource: { apiVersion: "2020-01-01" } }, {}],
    ["the change type", { resource: { changeType: "noChange" } }, {}],
    ["the value", { body: { flag: true }, path: "flag" }, { body: { flag: false }, path: "flag" }],
    ["the place of a named member", list([{ name: "a" }, { name: "b" }], 1), list([{ name: "b" }, { name: "a" }], 0)],
    ["letter case of a member's name", list([{ Name: "A" }], 0), list([{ name: "a" }], 0)],
    ["other members of a named member", list([{ name: "a", x: 1 }], 0), list([{ name: "a", x: 2 }], 0)],
    ["the place of a text", list(["x", "y"], 1), list(["y"], 0)],
    ["the place of a member without a name", list([{ x: 1 }, { y: 2 }], 1), list([{ y: 2 }], 0)],
    [
      "the order within a member without a name",
      list([{ x: 1, y: { a: 1, b: 2 } }], 0),
      list([{ y: { b: 2, a: 1 }, x: 1 }], 0),
    ],
    ["the place of a nested array", list([["a"], ["b"]], 1), list([["b"]], 0)],
    ["a secret within a member", list([{ x: new Sensitive("one") }], 0), list([{ x: new Sensitive("two") }], 0)],
  ])("does not change with %s", (_, left, right) => {
    expect(of(left)).toBe(of(right));
  });

  it.each<readonly [string, Case, Case]>([
    ["the rule", { ruleId: "test/other" }, {}],
    ["the target", { target: "b.json" }, {}],
    ["the id", { resource: { id: planned({ after: thing({}, "other") }).id } }, {}],
    ["the address", { resource: { address: "module.a.thing.x" } }, { resource: { address: "module.b.thing.x" } }],
    ["the property", { path: "a" }, { path: "b" }],
    ["the name of a member", list([{ name: "a" }], 0), list([{ name: "b" }], 0)],
    [
      "the source of a filter with the same name",
      list([{ name: "a", source: "Prompt" }], 0),
      list([{ name: "a", source: "Completion" }], 0),
    ],
    ["the text of a member", list(["a"], 0), list(["b"], 0)],
    [
      "the expression of an unknown member",
      list([new Unknown("parameter", "a")], 0),
      list([new Unknown("parameter", "b")], 0),
    ],
    ["the content of a member without a name", list([{ x: 1 }], 0), list([{ x: 2 }], 0)],
    ["the name of a resource without id", nameless("a"), nameless("b")],
    ["the expression of an unknown id", expression("a"), expression("b")],
  ])("changes with %s", (_, left, right) => {
    expect(of(left)).not.toBe(of(right));
  });

  it("prefers the author's own name for a resource to its id", () => {
    const address = "azurerm_cognitive_account.main";
    const other = planned({ after: thing({}, "other") }).id;
    expect(of({ resource: { address } })).toBe(of({ resource: { address, id: other } }));
  });

  it("can be taken of any body", () => {
    const body = fc.anything({ withBigInt: true }) as fc.Arbitrary<Value>;
    fc.assert(
      fc.property(fc.array(body, { minLength: 1 }), fc.nat(3), (items, index) => {
        expect(of({ body: { list: items }, path: `list[${index}].name` })).toMatch(/^v1:/);
      }),
    );
  });
});

function list(items: readonly Value[], index: number): Case {
  return { body: { properties: { list: items } }, path: `properties.list[${index}].bad` };
}

function nameless(name: string): Case {
  return { resource: { id: new Unknown("not-reported"), name } };
}

function expression(text: string): Case {
  return { resource: { id: new Unknown("unresolved-expression", text) } };
}
