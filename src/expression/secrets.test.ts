import { describe, expect, it } from "vitest";
import { scopesOf } from "../../test/support/expression-world.ts";
import { ArmObject } from "./arm-value.ts";
import { toValue } from "./convert.ts";
import { Evaluator } from "./evaluate.ts";
import type { Evaluation } from "./evaluation.ts";
import { foldName } from "./dotnet/casing.ts";
import type { Scope } from "./scope.ts";
import { Symbols } from "./symbols.ts";
import { Sensitive, Unknown, type Value } from "./value.ts";

const SECRET = "canary-7Q";
const U = "reference('x', '2021-01-01').y";

const evaluator = new Evaluator();
const scope: Scope = {
  ...scopesOf(evaluator, "resourceGroup")("output"),
  parameters: Symbols.of([
    ["pw", new Sensitive(SECRET, "parameters('pw')")],
    ["json", new Sensitive(`{"${SECRET}": [1, "${SECRET}"]}`, "parameters('json')")],
    ["none", new Sensitive(null, "parameters('none')")],
    ["flag", new Sensitive(true, "parameters('flag')")],
    ["count", new Sensitive(2n, "parameters('count')")],
    [
      "object",
      ArmObject.of([
        ["user", new Sensitive("u", "parameters('object').user")],
        ["open", "o"],
      ]),
    ],
    ["vault", new Unknown("key-vault", "parameters('vault')", true)],
  ]),
};

function evaluate(expression: string): Evaluation {
  return evaluator.text(`[${expression}]`, scope);
}

function valueOf(expression: string): Value {
  const result = evaluate(expression);
  if (!result.ok) throw new Error(result.error.message);
  return toValue(result.value);
}

describe("what is computed from a secret", () => {
  it.each<[string, Value]>([
    ["parameters('pw')", new Sensitive(SECRET, "parameters('pw')")],
    ["concat('a', parameters('pw'))", new Sensitive(`a${SECRET}`, "concat('a', parameters('pw'))")],
    ["toUpper(parameters('pw'))", new Sensitive(SECRET.toUpperCase(), "toUpper(parameters('pw'))")],
    ["add(parameters('count'), 1)", new Sensitive(3, "add(parameters('count'), 1)")],
    ["split(parameters('pw'), '-')[1]", new Sensitive("7Q", "split(parameters('pw'), '-')[1]")],
    ["createArray(1, parameters('pw'))", [1, new Sensitive(SECRET, "parameters('pw')")]],
    ["createObject('a', 1, 'b', parameters('pw')).a", 1],
    ["union(parameters('object'), createObject('c', 3)).open", "o"],
    ["items(parameters('object'))[1].value", new Sensitive("u", "parameters('object').user")],
    ["first(createArray(parameters('pw')))", new Sensitive(SECRET, "parameters('pw')")],
    ["map(createArray('x'), lambda('v', parameters('pw')))[0]", new Sensitive(SECRET, "parameters('pw')")],
    ["if(true(), parameters('pw'), 'x')", new Sensitive(SECRET, "parameters('pw')")],
    ["coalesce(null(), parameters('pw'))", new Sensitive(SECRET, "parameters('pw')")],
    ["coalesce(parameters('none'), 'x')", "x"],
    ["union(createObject('a', 1), createObject('a', parameters('none'))).a", 1],
    ["tryGet(createObject('a', parameters('none')), 'a', 'b')", null],
    ["createArray(1, 2, 3)[parameters('count')]", new Sensitive(3)],
    ["json(parameters('json'))", new Sensitive(null)],
    ["createObject(parameters('pw'), 1)", new Sensitive(null)],
    ["toObject(createArray('x'), lambda('v', parameters('pw')))", new Sensitive(null)],
  ])("%s is a secret in its own leaf", (expression, expected) => {
    expect(valueOf(expression)).toEqual(expected);
  });

  it("stays a secret in every leaf that comes out of it", () => {
    expect(valueOf("objectKeys(json(parameters('json')))")).toEqual([new Sensitive(SECRET)]);
    expect(valueOf("items(json(parameters('json')))[0].value[0]")).toEqual(new Sensitive(1));
  });

  it.each<[string, Value]>([
    ["length(parameters('pw'))", SECRET.length],
    ["empty(parameters('pw'))", false],
    ["equals(parameters('pw'), 'x')", false],
    [`equals(parameters('pw'), '${SECRET}')`, true],
    ["contains(parameters('pw'), 'canary')", true],
    ["contains(createArray('x'), parameters('pw'))", false],
    ["startsWith(parameters('pw'), 'canary')", true],
    ["less(parameters('count'), 3)", true],
    ["not(parameters('flag'))", false],
    ["and(parameters('flag'), true())", true],
    [`or(${U}, parameters('flag'))`, true],
    ["if(parameters('flag'), 'a', 'b')", "a"],
    ["filter(createArray(1, 2), lambda('v', equals(lambdaVariables('v'), parameters('count'))))", [2]],
    ["length(split(parameters('pw'), '-'))", 2],
  ])("%s is none: a length, a comparison or a condition", (expression, expected) => {
    expect(valueOf(expression)).toEqual(expected);
  });
});

describe("what waits for a secret", () => {
  it.each([
    [`concat('a', parameters('pw'), ${U})`, true],
    [`if(${U}, parameters('pw'), 'x')`, true],
    [`if(${U}, 'x', 'y')`, false],
    ["concat('a', parameters('vault'))", true],
    ["createArray(parameters('vault'))[0]", true],
    ["parameters('vault').x", true],
    ["length(parameters('vault'))", false],
    ["equals(parameters('vault'), 'x')", false],
    [`union(createObject('a', parameters('pw')), createObject('a', ${U})).a`, true],
    [`createArray(parameters('pw'))[${U}]`, true],
    [`format('{0}{1}', parameters('pw'), ${U})`, true],
  ])("%s is sensitive: %s", (expression, sensitive) => {
    expect(valueOf(expression)).toMatchObject({ sensitive });
  });
});

describe("a secret is never shown", () => {
  it.each([
    "int(parameters('pw'))",
    "json(parameters('pw'))",
    "fail(parameters('pw'))",
    "parameters(parameters('pw'))",
    "variables(parameters('pw'))",
    "createObject('a', 1)[parameters('pw')]",
    "createArray(1)[parameters('pw')]",
    "json(parameters('json')).nope",
    "createObject(parameters('pw'), 1, parameters('pw'), 2)",
    "toObject(createArray(1, 2), lambda('v', parameters('pw')))",
    "resourceId('Microsoft.A/b/c', parameters('pw'))",
    "resourceId(parameters('pw'), 'Microsoft.A/b/c', 'a')",
    "subscriptionResourceId(parameters('pw'), 'Microsoft.A/b', 'c')",
    "dateTimeAdd(parameters('pw'), 'P1D')",
    "parseCidr(parameters('pw'))",
    "uri(parameters('pw'), 'a')",
    "format(concat('{', parameters('pw')), 1)",
    "padLeft('a', 3, parameters('pw'))",
    "tryGet(createObject('a', createObject('b', 1)), 'a', parameters('pw'))",
  ])("in the refusal of %s", (expression) => {
    const result = evaluate(expression);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain(SECRET);
  });

  it.each([
    `concat('a', parameters('pw'), ${U})`,
    `equals(parameters('pw'), ${U})`,
    `contains(parameters('pw'), ${U})`,
    `if(${U}, parameters('pw'), concat(parameters('pw')))`,
    `createArray(json(parameters('json')), ${U})`,
    `map(${U}, lambda('v', concat(parameters('pw'), lambdaVariables('v'))))`,
    `union(json(parameters('json')), createObject('x', ${U}))`,
    `startsWith(concat(parameters('pw'), ${U}), 'a')`,
    `resourceId('Microsoft.A/b/c', parameters('pw'), ${U})`,
    "reference(parameters('pw'), '2021-01-01')",
    "dateTimeAdd(concat('14:53', take(parameters('pw'), 0)), 'P1D', parameters('pw'))",
    "uri(concat('file:///', parameters('pw')), 'a')",
    "parseUri(concat('file:///', parameters('pw')))",
    "resourceGroup(parameters('pw'))",
    "pickZones(parameters('pw'), 'b', 'c')",
    `take(${U}, parameters('count'))`,
  ])("in what is left of %s", (expression) => {
    const result = evaluate(expression);
    expect(result.ok).toBe(true);
    const unknowns: string[] = [];
    collect(result.ok ? toValue(result.value) : null, unknowns);
    expect(unknowns.join()).not.toContain(SECRET);
  });
});

/** All texts that a printer may show of `value`. */
function collect(value: Value, texts: string[]): void {
  if (value instanceof Unknown) texts.push(value.expression ?? "", value.prefix, value.placeholder ?? "");
  else if (value instanceof Sensitive) texts.push(value.expression ?? "");
  else if (typeof value === "string") texts.push(value);
  else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      texts.push(name);
      collect(member, texts);
    }
  }
}

describe("a template's own function", () => {
  it("hands secrets on", () => {
    const functions = new Map([
      [
        foldName("ns.twice"),
        {
          name: "ns.twice",
          parameters: [{ name: "x", type: "string" }],
          output: { type: "string", value: "[concat(parameters('x'), parameters('x'))]" },
        },
      ],
    ]);
    const result = evaluator.text("[ns.twice(parameters('pw'))]", { ...scope, functions });
    expect(result).toEqual({
      ok: true,
      value: new Sensitive(SECRET + SECRET, "concat(parameters('pw'), parameters('pw'))"),
    });
  });
});
