import { describe, expect, it } from "vitest";
import { describe as describeResult } from "../../test/support/expression-agreement.ts";
import { evaluateIn, scopesOf } from "../../test/support/expression-world.ts";
import { ArmObject } from "./arm-value.ts";
import { Evaluator } from "./evaluate.ts";
import type { CopyLoop, Place, Scope } from "./scope.ts";
import type { TemplateValue } from "./template-value.ts";

const evaluator = new Evaluator();
const scopeAt = scopesOf(evaluator, "resourceGroup");

function shown(text: string, scope: Scope = scopeAt("output")): string {
  return describeResult(evaluator.text(text, scope));
}

describe("numbers", () => {
  it.each([
    ["[json('1.0')]", "1.0"],
    ["[equals(1, json('1.0'))]", "false"],
    ["[add(9007199254740993, 0)]", "9007199254740993"],
    ["[json('123456789012345678901234567890')]", "123456789012345678901234567890"],
  ])("%s is %s", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

describe("names", () => {
  it.each([
    ["[createObject('__proto__', 1).__PROTO__]", "1"],
    [
      "[createObject('a', 1).constructor]",
      "error: The language expression property 'constructor' doesn't exist, available properties are 'a'.",
    ],
    ["[parameters('__proto__')]", "error: The template parameter '__proto__' is not found."],
    ["[variables('constructor')]", "error: The template variable 'constructor' is not found."],
    ["[toString()]", "error: The template function 'toString' is not valid."],
    ["[constructor()]", "error: The template function 'constructor' is not valid."],
    [
      '[json(\'{"__proto__": {"x": 1}}\').x]',
      "error: The language expression property 'x' doesn't exist, available properties are '__proto__'.",
    ],
    ['[string(json(\'{"2": 1, "1": 2}\'))]', '"{\\"2\\":1,\\"1\\":2}"'],
  ])("%s is %s", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

describe("trees", () => {
  it.each<[TemplateValue, string]>([
    [{ "[concat('a', 'b')]": ["[add(1, 1)]", "[[x]", 3, 1.5, null, true] }, '{"ab":[2,"[x]",3,1.5,null,true]}'],
    [{ a: "[div(1, 0)]" }, "error: The template language function 'div' tried to divide by zero."],
    [{ "[add(1, 1)]": 1 }, "error: The property name expression '[add(1, 1)]' must give a text."],
    [9_007_199_254_740_993n, "9007199254740993"],
    ["plain", '"plain"'],
  ])("%o becomes %s", (value, expected) => {
    expect(describeResult(evaluator.tree(value, scopeAt("body")))).toBe(expected);
  });

  it("ends as unknown when it is too deep", () => {
    let value: TemplateValue = "x";
    for (let depth = 0; depth < 3000; depth += 1) value = [value];
    expect(evaluator.tree(value, scopeAt("body"))).toMatchObject({ ok: true, value: { reason: "limit" } });
  });
});

describe("places", () => {
  const places: readonly Place[] = ["parameter", "variable", "resource", "zones", "body", "output", "function"];

  it.each<[string, readonly Place[]]>([
    ["utcNow()", ["parameter"]],
    ["newGuid()", ["parameter"]],
    ["reference('x')", ["body", "output"]],
    ["listKeys('x', '2021-01-01')", ["body", "output"]],
    ["toLogicalZone('a', 'b', 'c')", ["zones", "body", "output"]],
    ["environment()", places],
    ["concat('a')", places],
  ])("%s is allowed in %j", (expression, allowed) => {
    expect(places.filter((place) => evaluator.text(`[${expression}]`, scopeAt(place)).ok)).toEqual(allowed);
  });

  it("does not look into what is not evaluated", () => {
    expect(shown("[if(true(), 1, reference('x'))]", scopeAt("variable"))).toBe("1");
  });

  it("asks nothing of Azure in what is asked of Azure", () => {
    expect(shown("[reference(reference('x').id)]")).toBe(
      "error: The template function 'reference' is not expected at this location.",
    );
  });
});

describe("copyIndex", () => {
  const outer: CopyLoop = { name: "outer", index: 4 };
  const inner: CopyLoop = { name: "inner", index: 7 };
  const scope: Scope = { ...scopeAt("body"), copy: { current: outer, loops: [outer, inner] } };

  it.each([
    ["[copyIndex()]", "4"],
    ["[copyIndex(1)]", "5"],
    ["[copyIndex('INNER')]", "7"],
    ["[copyIndex('inner', 3)]", "10"],
    [
      "[copyIndex('nope')]",
      "error: The template language function 'copyIndex' has an invalid argument. The provided copy name 'nope' doesn't exist in the resource.",
    ],
    [
      "[copyIndex(-1)]",
      "error: The template language function 'copyIndex' has an invalid argument. The offset must be a postive integer value or zero.",
    ],
  ])("%s is %s", (text, expected) => {
    expect(shown(text, scope)).toBe(expected);
  });

  it("is no function outside of a loop", () => {
    expect(shown("[copyIndex()]")).toBe("error: The template function 'copyIndex' is not valid.");
  });
});

describe("symbolic names", () => {
  it("are needed for references and resourceInfo", () => {
    const message = "error: Template language version must be specified in order to use feature";
    expect(shown("[references('x')]")).toBe(`${message} 'SymbolicNames'.`);
    expect(shown("[resourceInfo('x')]")).toBe(`${message} 'ResourceInfoFunction'.`);
    const symbolic = {
      ...scopeAt("output"),
      symbolicNames: true,
      runtime: () => ({ value: [ArmObject.of([["i", 0n]])] }),
    };
    expect(shown("[references('x')[0].i]", symbolic)).toBe("0");
  });
});

describe("failures", () => {
  it.each([
    ["[concat('a', div(1, 0))]", "arithmetic", 13, 22],
    ["[createObject('a', 1).b]", "member", 1, 23],
    ["[createArray(1)[add(1, 1)]]", "index", 1, 26],
    ["[ns.double(add('a', 1))]", "type", 11, 22],
    ["[fail('x')]", "fail", 1, 10],
    ["[nope()]", "function", 1, 7],
  ])("of %s: %s, at %i to %i", (text, code, start, end) => {
    expect(evaluator.text(text, scopeAt("output"))).toMatchObject({ ok: false, error: { code, span: { start, end } } });
  });
});

describe("deployment", () => {
  it.each([
    ["deployment().properties.templateLink.uri", "unknown: deployment().properties.templateLink.uri"],
    [
      "uri(deployment().properties.templateLink.uri, 'nested/a.json')",
      "unknown: uri(deployment().properties.templateLink.uri, 'nested/a.json')",
    ],
    [
      "deployment().properties.mode",
      "error: The language expression property 'mode' doesn't exist, available properties are 'template'.",
    ],
  ])("%s is %s", (expression, expected) => {
    expect(describeResult(evaluateIn("named", "none", expression))).toBe(expected);
  });

  it("tells the mode that was given", () => {
    const scope = scopesOf(evaluator, "named")("output");
    const incremental = { ...scope, deployment: { ...scope.deployment, mode: "Incremental" } };
    expect(shown("[deployment().properties.mode]", incremental)).toBe('"Incremental"');
  });
});

describe("limits", () => {
  it.each([
    ["elements", "map(range(0, 10000), lambda('x', map(range(0, 10000), lambda('y', 1))))"],
    [
      "a value's size",
      "reduce(range(0, 40), createArray(1), lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a'))))",
    ],
    [
      "a value's size, shared parts",
      "reduce(range(0, 60), createArray(1), lambda('a', 'b', createArray(lambdaVariables('a'), lambdaVariables('a'))))",
    ],
    ["a value's depth", "reduce(range(0, 10000), createArray(), lambda('a', 'b', createArray(lambdaVariables('a'))))"],
    ["JSON depth", `json('${"[".repeat(40_000)}')`],
    ["comparisons", "indexOf(concat(format('{0,100000}', 1), json('\"e\\u0301\"')), 'zé')"],
    [
      "merging",
      "reduce(range(0, 10000), createArray(), lambda('a', 'b', union(lambdaVariables('a'), createArray(lambdaVariables('b')))))",
    ],
    ["nesting", `${"toLower(".repeat(2000)}'a'${")".repeat(2000)}`],
  ])("of %s end as unknown, soon", (_, expression) => {
    const started = performance.now();
    const result = new Evaluator().text(`[${expression}]`, scopeAt("output"));
    expect(result).toMatchObject({ ok: true, value: { reason: "limit" } });
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it("count for everything that one evaluator sees", () => {
    const small = new Evaluator({ limits: { totalSteps: 1000 } });
    const results = Array.from({ length: 10 }, () => small.text("[length(range(0, 300))]", scopeAt("output")));
    expect(results.map(describeResult).slice(0, 2)).toEqual(["300", "300"]);
    expect(results.at(-1)).toMatchObject({ value: { reason: "limit" } });
  });

  it("count afresh for each text", () => {
    const small = new Evaluator({ limits: { steps: 1000 } });
    const results = Array.from({ length: 10 }, () => small.text("[length(range(0, 300))]", scopeAt("output")));
    expect(new Set(results.map(describeResult))).toEqual(new Set(["300"]));
  });
});
