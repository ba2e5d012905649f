import { describe, expect, it } from "vitest";
import { describe as describeResult } from "../../test/support/expression-agreement.ts";
import { evaluateIn, scopesOf, type WorldName } from "../../test/support/expression-world.ts";
import { ArmObject } from "./arm-value.ts";
import { Evaluator } from "./evaluate.ts";
import { Unknown } from "./value.ts";

const U = "reference('x', '2021-01-01').y";

function shown(expression: string, world: WorldName = "resourceGroup"): string {
  return describeResult(evaluateIn(world, "none", expression));
}

function unknownOf(expression: string, world: WorldName = "resourceGroup"): Unknown {
  const result = evaluateIn(world, "none", expression);
  if (result.ok && result.value instanceof Unknown) return result.value;
  throw new Error(`${expression} is ${describeResult(result)}`);
}

describe("decided without what is unknown", () => {
  it.each([
    [`and(${U}, false())`, "false"],
    [`or(${U}, true())`, "true"],
    [`if(true(), 1, ${U})`, "1"],
    [`coalesce(null(), 'a', ${U})`, '"a"'],
    [`coalesce(concat('a', ${U}), 'b')`, `unknown: concat('a', ${U})`],
    [`contains(createArray(1, ${U}), 1)`, "true"],
    [`contains(createArray(concat('a', ${U})), 'b')`, "false"],
    [`contains(createObject('a', ${U}), 'b')`, "false"],
    [`contains(concat('abc', ${U}), 'bc')`, "true"],
    [`equals(createArray(1, ${U}), createArray(2, ${U}))`, "false"],
    [`equals(concat('st', ${U}), 'xy')`, "false"],
    [`equals(concat('st', ${U}), 5)`, "false"],
    [`empty(concat('st', ${U}))`, "false"],
    [`length(createObject('a', ${U}))`, "1"],
    [`createObject('a', ${U}, 'b', 2).b`, "2"],
    [`startsWith(concat('https://', ${U}), 'HTTPS:')`, "true"],
    [`startsWith(concat('http://', ${U}), 'https:')`, "false"],
    [`take(concat('abc', ${U}), 2)`, '"ab"'],
    [`substring(format('ab{0}', ${U}), 1, 1)`, '"b"'],
    [`toUpper(take(toLower(concat('Abc', ${U})), 3))`, '"ABC"'],
    [`intersection(createObject('a', ${U}), createObject('b', 1))`, "{}"],
    [`reduce(createArray(1, ${U}), 0, lambda('a', 'b', 7))`, "7"],
    [`filter(createArray(1, ${U}), lambda('v', 'i', equals(lambdaVariables('i'), 0)))`, "[1]"],
  ])("%s is %s", (expression, expected) => {
    expect(shown(expression)).toBe(expected);
  });
});

describe("not decided, although Microsoft's offline engine does", () => {
  it.each([
    `contains(createArray(1, ${U}), 2)`,
    `contains(createArray(${U}), ${U})`,
    `equals(${U}, ${U})`,
    `startsWith(concat('http', ${U}), 'https')`,
    `startsWith(concat('a', ${U}), 'a')`,
    `tryGet(createObject(${U}, 1), 'a')`,
  ])("%s", (expression) => {
    expect(shown(expression)).toMatch(/^unknown: /);
  });
});

describe("what an unknown value carries", () => {
  it.each([
    ["concat('st', uniqueString(environment().name))", "st"],
    [`format('https://{0}.{1}/', 'a', ${U})`, "https://a."],
    [`concat('a', 1, true(), ${U}, 'b')`, "a1True"],
    [`toUpper(concat('a', ${U}))`, "A"],
    [`concat(concat('a', ${U}), 'b')`, "a"],
    [`format('{0,5}{1}', ${U}, 'a')`, ""],
    [`concat(${U}, 'a')`, ""],
  ])("%s starts with %j", (expression, prefix) => {
    expect(unknownOf(expression).prefix).toBe(prefix);
  });

  it.each<[string, WorldName, string]>([
    [U, "resourceGroup", "runtime-function"],
    [`concat('a', ${U})`, "resourceGroup", "runtime-function"],
    ["resourceGroup().name", "none", "scope"],
    ["uniqueString(resourceGroup().id)", "none", "scope"],
    ["deployment().name", "resourceGroup", "scope"],
    ["environment().name", "none", "runtime-function"],
    ["resourceId('A/b', 'c')", "none", "scope"],
  ])("%s in %s is unknown for %s", (expression, world, reason) => {
    expect(unknownOf(expression, world).reason).toBe(reason);
  });

  it.each([
    ["resourceId('A.B/c', 'd')", "/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/d"],
    ["subscription().id", "/subscriptions/{subscription}"],
    ["resourceGroup().id", "/subscriptions/{subscription}/resourceGroups/{resourceGroup}"],
    [
      "concat(resourceGroup().id, '/providers/A.B/c/d')",
      "/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/d",
    ],
    [
      "format('{0}/subnets/{1}', resourceId('A.B/c', 'd'), 'e')",
      "/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/d/subnets/e",
    ],
    [
      "extensionResourceId(resourceId('A.B/c', 'd'), 'E.F/g', 'h')",
      "/subscriptions/{subscription}/resourceGroups/{resourceGroup}/providers/A.B/c/d/providers/E.F/g/h",
    ],
    ["subscription().tenantId", "{tenant}"],
    ["concat('a', resourceGroup().location)", null],
    [`resourceId('A.B/c', ${U})`, null],
    ["uniqueString(resourceGroup().id)", null],
  ])("%s has the placeholder %j", (expression, placeholder) => {
    expect(unknownOf(expression, "none").placeholder).toBe(placeholder);
  });

  it("replaces what depends on the place in arguments that are not evaluated", () => {
    expect(shown(`if(${U}, concat(parameters('s'), add(1, 1)), variables('nope'))`)).toBe(
      `unknown: if(${U}, concat('str', add(1, 1)), variables('nope'))`,
    );
    expect(shown(`map(createArray(1, 2), lambda('i', if(${U}, lambdaVariables('i'), 0)))`)).toBe(
      `unknown: createArray(if(${U}, 1, 0), if(${U}, 2, 0))`,
    );
  });

  it("keeps the variables of a lambda that is not called", () => {
    const lambda = "lambda('i', equals(lambdaVariables('i'), lambdaVariables('o')))";
    expect(shown(`map(createArray('a'), lambda('o', filter(${U}, ${lambda})))`)).toBe(
      `unknown: createArray(filter(${U}, lambda('i', equals(lambdaVariables('i'), 'a'))))`,
    );
    expect(shown(`map(createArray('a'), lambda('i', filter(${U}, lambda('i', lambdaVariables('i')))))`)).toBe(
      `unknown: createArray(filter(${U}, lambda('i', lambdaVariables('i'))))`,
    );
  });

  it("leaves out an expression that would be too long", () => {
    const long = `concat(${`${U}, `.repeat(1500)}'x', parameters('s'))`;
    const doubled = `reduce(range(0, 3), ${long}, lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a'))))`;
    const result = evaluateIn("resourceGroup", "none", `createArray(${doubled})[0]`);
    expect(result.ok && result.value instanceof Unknown && (result.value.expression?.length ?? 0) < 82_000).toBe(true);
  });
});

describe("objects of which only a part is known", () => {
  const rest = new Unknown("runtime-function", "reference('/x', '2021-01-01')");
  const open = new ArmObject(new Map([["accessTier", "Hot"]]), { rest });
  const evaluator = new Evaluator();
  const scope = { ...scopesOf(evaluator, "resourceGroup")("output"), runtime: () => ({ value: open }) };

  it.each([
    ["reference('one').AccessTier", '"Hot"'],
    ["reference('one').primaryEndpoints.blob", "unknown: reference('/x', '2021-01-01').primaryEndpoints.blob"],
    ["tryGet(reference('one'), 'accessTier')", '"Hot"'],
    ["tryGet(reference('one'), 'other')", "unknown: tryGet(reference('/x', '2021-01-01'), 'other')"],
    ["contains(reference('one'), 'accessTier')", "true"],
    ["contains(reference('one'), 'other')", "unknown: contains(reference('/x', '2021-01-01'), 'other')"],
    ["empty(reference('one'))", "false"],
    ["length(reference('one'))", "unknown: length(reference('/x', '2021-01-01'))"],
    ["objectKeys(reference('one'))", "unknown: objectKeys(reference('/x', '2021-01-01'))"],
    ["string(reference('one'))", "unknown: string(reference('/x', '2021-01-01'))"],
    [
      "union(createObject('a', 1), reference('one'))",
      "unknown: union(createObject('a', 1), reference('/x', '2021-01-01'))",
    ],
    ["equals(reference('one'), createObject('accessTier', 'Cool'))", "false"],
    [
      "equals(reference('one'), createObject('accessTier', 'Hot'))",
      "unknown: equals(reference('/x', '2021-01-01'), createObject('accessTier', 'Hot'))",
    ],
    ["listKeys('one', 'v').x", "unknown: reference('/x', '2021-01-01').x"],
  ])("%s is %s", (expression, expected) => {
    expect(describeResult(evaluator.text(`[${expression}]`, scope))).toBe(expected);
  });

  it("prints a call with the arguments that the template's host gives it", () => {
    const full = { ...scope, runtime: () => ({ args: ["/full/id", "2023-01-01"] }) };
    expect(describeResult(evaluator.text("[reference('one').x]", full))).toBe(
      "unknown: reference('/full/id', '2023-01-01').x",
    );
  });
});

describe("names that are unknown", () => {
  const evaluator = new Evaluator();
  const scope = scopesOf(evaluator, "resourceGroup")("body");
  const tree = { a: { [`[${U}]`]: 1, b: 2 } };

  it("stand as their expressions", () => {
    expect(describeResult(evaluator.tree(tree, scope))).toBe(
      `unknown: createObject('a', createObject(${U}, 1, 'b', 2))`,
    );
  });

  it("may be any name", () => {
    const result = evaluator.tree(tree, scope);
    const object = result.ok && result.value instanceof ArmObject ? result.value.get("a") : undefined;
    expect(object instanceof ArmObject && [object.isOpen, object.get("b"), object.size]).toEqual([true, 2n, 2]);
  });
});
