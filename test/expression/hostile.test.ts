import { describe, expect, it } from "vitest";
import { Evaluator } from "../../src/expression/evaluate.ts";
import { foldName } from "../../src/expression/dotnet/casing.ts";
import { FUNCTIONS } from "../../src/expression/functions/index.ts";
import type { Scope, UserFunction } from "../../src/expression/scope.ts";
import { Symbols } from "../../src/expression/symbols.ts";
import { scopesOf } from "../support/expression-world.ts";

/* Whatever stands in a template: an answer, soon, without running out of memory. */

const MAX_MS = 5000;
const MAX_MESSAGE_LENGTH = 2001;
const LENGTH = 20_000;
const ALL = "range(0, 10000)";
const LONG = "replace(format('{0,100000}', 'x'), ' ', 'a')";
const ACCENTED = "concat(format('{0,100000}', 'e'), json('\"\\u0301\"'))";

/** What patterns, numbers, dates, addresses and JSON are made of. */
const PIECES =
  '1|a| |(|[|{|.|-|/|:|%|\\|\'\'|é|%41|a/|1.|{0}|{{|::|0x|P1D|2020-|T|"|1,|[1,|{"a":|ß|😀|@|#|0|\n|e'.split("|");

/** The places where a function may take a text. */
const CALLS: readonly ((name: string, text: string) => string)[] = [
  (name, text) => `${name}(${text})`,
  (name, text) => `${name}(${text}, 'a')`,
  (name, text) => `${name}('a', ${text})`,
  (name, text) => `${name}('https://a.b/', ${text})`,
  (name, text) => `${name}(${text}, 5)`,
  (name, text) => `${name}('2020-01-01', 'P1D', ${text})`,
  (name, text) => `${name}('{0}', ${text})`,
  (name, text) => `${name}(${text}, 'a', 'b')`,
  (name, text) => `${name}(concat('{0:', ${text}, '}'), 1)`,
  (name, text) => `${name}(concat('https://', ${text}))`,
  (name, text) => `${name}(createObject('scheme', 'https', 'host', 'h', 'path', ${text}))`,
  (name, text) => `${name}(createArray(${text}), ${text})`,
];

function expectAnswer(expression: string, scope: (evaluator: Evaluator) => Scope = outputScope): void {
  const evaluator = new Evaluator();
  const started = performance.now();
  const result = evaluator.text(`[${expression}]`, scope(evaluator));
  expect(performance.now() - started).toBeLessThan(MAX_MS);
  const isTyped = result.ok || (result.error.span !== null && result.error.message.length <= MAX_MESSAGE_LENGTH);
  expect(isTyped).toBe(true);
}

function outputScope(evaluator: Evaluator): Scope {
  return scopesOf(evaluator, "resourceGroup")("output");
}

describe("long texts", () => {
  it.each(FUNCTIONS)("in a call of $name", ({ name }) => {
    for (const piece of PIECES) {
      const text = `'${piece.repeat(LENGTH / piece.length)}'`;
      for (const call of CALLS) expectAnswer(call(name, text));
    }
  });
});

describe("much work in a short text", () => {
  it.each([
    `map(${ALL}, lambda('x', ${ALL}))`,
    `flatten(map(${ALL}, lambda('x', ${ALL})))`,
    `sort(${ALL}, lambda('l', 'r', true()))`,
    `join(map(${ALL}, lambda('x', ${LONG})), ',')`,
    `map(${ALL}, lambda('x', guid(${LONG})))`,
    `map(${ALL}, lambda('x', toLower(${LONG})))`,
    `map(${ALL}, lambda('x', uriComponent(${LONG})))`,
    `map(${ALL}, lambda('x', indexOf(${LONG}, 'b')))`,
    `map(${ALL}, lambda('x', split(${LONG}, 'a')))`,
    `map(${ALL}, lambda('x', format('{0:${"0".repeat(30_000)}}', 1)))`,
    `map(${ALL}, lambda('x', json('[${"1,".repeat(20_000)}1]')))`,
    `map(${ALL}, lambda('x', parseUri(concat('https://a/', replace(${LONG}, 'a', '/')))))`,
    `map(${ALL}, lambda('x', contains(map(range(0, 1000), lambda('y', concat(environment().name, 'a'))), 'a')))`,
    `indexOf(${LONG}, ${ACCENTED})`,
    `format('{0,2147483647}', 'a')`,
    `format('{0:N999999999}', 1)`,
    `format('${"{0}".repeat(20_000)}', ${LONG})`,
    `replace(${LONG}, 'a', ${LONG})`,
    `padLeft('a', 2147483647)`,
    "range(0, 2147483647)",
    "cidrSubnet('::/0', 128, 2147483647)",
    `string(mul(json('${"9".repeat(30_000)}'), json('${"9".repeat(30_000)}')))`,
    "json('1e999999999')",
    `json('${'{"a":'.repeat(15_000)}')`,
    "reduce(range(0, 60), environment().name, lambda('a', 'b', concat(lambdaVariables('a'), lambdaVariables('a'))))",
    "reduce(range(0, 60), environment().name, lambda('a', 'b', createArray(lambdaVariables('a'), lambdaVariables('a'))))",
    `${"concat(".repeat(395)}environment().name${")".repeat(395)}`,
    `${"if(environment().name, ".repeat(390)}1${", 2)".repeat(390)}`,
    `${Array.from({ length: 190 }, (_, at) => `map(range(0, 2), lambda('x${at}', `).join("")}1${"))".repeat(190)}`,
    `concat${"(".repeat(40_000)}`,
    `createArray(1)${"[0]".repeat(20_000)}`,
    `environment()${".a".repeat(30_000)}`,
  ])("%#", (expression) => {
    expectAnswer(expression);
  });
});

describe("definitions that double", () => {
  it.each([
    ["concat(variables('P'), variables('P'))", "aaaa"],
    ["createArray(variables('P'), variables('P'))", "a"],
    ["concat(variables('P'), variables('P'))", "[environment().name]"],
    ["if(equals(variables('P'), 1), variables('P'), variables('P'))", "[environment().name]"],
  ])("as variables: %s of %s", (pattern, first) => {
    expectAnswer("variables('v59')", (evaluator) => {
      const base = outputScope(evaluator);
      const texts = Array.from({ length: 60 }, (_, at) =>
        at === 0 ? first : `[${pattern.replaceAll("P", `v${at - 1}`)}]`,
      );
      const variables: Symbols = new Symbols(
        texts.map((text, at) => [`v${at}`, () => evaluator.text(text, { ...base, variables })]),
      );
      return { ...base, variables };
    });
  });

  it.each(["createArray(P, P)", "add(P, P)", "if(equals(environment().name, 1), P, P)"])(
    "as functions: %s",
    (pattern) => {
      expectAnswer("ns.f60(1)", (evaluator) => {
        const functions = Array.from({ length: 61 }, (_, at): UserFunction => {
          const inner = at === 0 ? "parameters('x')" : pattern.replaceAll("P", `ns.f${at - 1}(parameters('x'))`);
          const parameters = [{ name: "x", type: "int" }];
          return { name: `ns.f${at}`, parameters, output: { type: "any", value: `[${inner}]` } };
        });
        return {
          ...outputScope(evaluator),
          functions: new Map(functions.map((each) => [foldName(each.name), each])),
        };
      });
    },
  );
});
