import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArmObject, type ArmValue, isArmArray } from "../../src/expression/arm-value.ts";
import type { ExpressionNode } from "../../src/expression/ast.ts";
import { Evaluator } from "../../src/expression/evaluate.ts";
import type { Evaluation } from "../../src/expression/evaluation.ts";
import type { ExpressionError } from "../../src/expression/failure.ts";
import { printJson } from "../../src/expression/json/print-json.ts";
import { parseExpression } from "../../src/expression/parser.ts";
import { printNode, printValue } from "../../src/expression/print.ts";
import { withoutMarks } from "../../src/expression/shape.ts";
import { Symbols } from "../../src/expression/symbols.ts";
import { Sensitive, Unknown } from "../../src/expression/value.ts";
import { isKnown } from "../support/expression-agreement.ts";
import { scopesOf } from "../support/expression-world.ts";
import { ExpressionGrower } from "../support/random-expressions.ts";

const RUNS = { numRuns: 1500 };

/** Random expressions in which `parameters('u')` occurs often. */
const expressions = fc.nat().map((seed) => new ExpressionGrower(seed, 0.15, ["parameters('u')"]).grow(3));
const scalars = fc.constantFrom<ArmValue>("x", "", "a,b", 1n, 0n, 24n, 1.5, true, false, null);
const values = fc.oneof(
  scalars,
  fc.constantFrom<ArmValue>(
    [],
    [1n, 2n],
    ["b", "a"],
    ArmObject.of([]),
    ArmObject.of([
      ["a", 1n],
      ["k", "v"],
    ]),
  ),
);

function evaluate(expression: string, u: ArmValue): Evaluation {
  const evaluator = new Evaluator();
  const scope = scopesOf(evaluator, "resourceGroup")("output");
  const parameters = new Symbols([
    ["u", () => ({ ok: true, value: u })],
    ...["s", "i", "b", "o", "a"].map((name): [string, () => Evaluation] => [
      name,
      () => ({ ok: true, value: scope.parameters.get(name) ?? null }),
    ]),
  ]);
  return evaluator.text(`[${expression}]`, { ...scope, parameters });
}

const UNKNOWN = new Unknown("runtime-function", "parameters('u')");

describe("parsing", () => {
  const name = fc.constantFrom("f", "concat", "ns.g", "a1_$", "É");
  const { node } = fc.letrec<{ node: ExpressionNode; call: ExpressionNode }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      fc.string({ unit: "binary" }).map((value): ExpressionNode => ({ kind: "text", value, span: SPAN })),
      fc
        .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
        .map((value): ExpressionNode => ({ kind: "integer", value, span: SPAN })),
      tie("call"),
      fc.tuple(tie("call"), fc.string({ unit: "binary" })).map(([target, member]): ExpressionNode => {
        return { kind: "member", target, name: member, span: SPAN };
      }),
      fc
        .tuple(tie("call"), tie("call"))
        .map(([target, index]): ExpressionNode => ({ kind: "index", target, index, span: SPAN })),
    ),
    call: fc.tuple(name, fc.array(tie("node"), { maxLength: 3 })).map(([text, args]): ExpressionNode => {
      return { kind: "call", name: text, key: text.toUpperCase(), args, span: SPAN };
    }),
  }));

  it("undoes printing", () => {
    fc.assert(
      fc.property(node, (tree) => {
        const parsed = parseExpression(printNode(tree));
        expect(parsed.kind === "expression" && withoutSpans(parsed.node)).toEqual(tree);
      }),
      RUNS,
    );
  });

  it("ends on any text", () => {
    const scrap = fc.constantFrom(
      "[",
      "]",
      "(",
      ")",
      "'",
      "''",
      ",",
      ".",
      "concat",
      "parameters",
      "lambda",
      "if",
      " ",
      "1",
      "-",
      "é",
      "\0",
      "𐐀",
      "{",
      "x",
    );
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(scrap, { maxLength: 40 }).map((parts) => `[${parts.join("")}]`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const evaluator = new Evaluator();
        const result = evaluator.text(text, scopesOf(evaluator, "resourceGroup")("output"));
        expect(result.ok || isLocated(result.error, text)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

function isLocated({ message, span }: ExpressionError, text: string): boolean {
  return message !== "" && span !== null && span.start >= 0 && span.start <= span.end && span.end <= text.length;
}

const SPAN = { start: 0, end: 0 };

function withoutSpans(node: ExpressionNode): ExpressionNode {
  switch (node.kind) {
    case "call":
      return { ...node, args: node.args.map(withoutSpans), span: SPAN };
    case "member":
      return { ...node, target: withoutSpans(node.target), span: SPAN };
    case "index":
      return { ...node, target: withoutSpans(node.target), index: withoutSpans(node.index), span: SPAN };
    default:
      return { ...node, span: SPAN };
  }
}

describe("evaluation", () => {
  it("is the same every time", () => {
    fc.assert(
      fc.property(expressions, values, (expression, u) => {
        expect(evaluate(expression, u)).toEqual(evaluate(expression, u));
        expect(evaluate(expression, UNKNOWN)).toEqual(evaluate(expression, UNKNOWN));
      }),
      { numRuns: 300 },
    );
  });

  it("says nothing of an unknown leaf that a known one contradicts", () => {
    fc.assert(
      fc.property(expressions, values, (expression, u) => {
        const partly = evaluate(expression, UNKNOWN);
        const fully = evaluate(expression, u);
        if (!fully.ok || isLimited(fully.value)) return;
        expect(partly.ok && agrees(partly.value, fully.value)).toBe(true);
      }),
      { numRuns: 6000 },
    );
  });

  it("leaves an expression that gives the same once the leaf is known", () => {
    fc.assert(
      fc.property(expressions, values, (expression, u) => {
        const partly = evaluate(expression, UNKNOWN);
        const fully = evaluate(expression, u);
        const text = partly.ok ? printValue(partly.value, 80_000) : null;
        // Microsoft's form of a whole floating-point number, `json('1')`, reads back as an integer.
        if (!fully.ok || text === null || /json\('-?[0-9]+'\)/.test(text) || !isKnown(fully.value)) return;
        const again = evaluate(text, u);
        expect(again.ok && printJson(again.value)).toBe(printJson(fully.value));
      }),
      { numRuns: 6000 },
    );
  });

  it("says nothing of a secret that its plain value contradicts", () => {
    fc.assert(
      fc.property(expressions, scalars, (expression, u) => {
        if (u instanceof ArmObject || isArmArray(u) || u instanceof Unknown || u instanceof Sensitive) return;
        const plain = evaluate(expression, u);
        const secret = evaluate(expression, new Sensitive(u, "parameters('u')"));
        // Beside unknown parts a secret may have to wait where the plain value is refused at once.
        expect(secret.ok).toBe(plain.ok || (secret.ok && !isKnown(secret.value)));
        const contradicts = plain.ok && secret.ok && !agrees(withoutMarks(secret.value), plain.value);
        expect(contradicts).toBe(false);
      }),
      RUNS,
    );
  });
});

function isLimited(value: ArmValue): boolean {
  return value instanceof Unknown && value.reason === "limit";
}

/** Whether what is known of `partly` is so in `fully` as well. */
function agrees(partly: ArmValue, fully: ArmValue): boolean {
  if (partly instanceof Unknown) {
    const start = fully instanceof Unknown ? fully.prefix : fully;
    return partly.prefix === "" || (typeof start === "string" && start.startsWith(partly.prefix));
  }
  if (isArmArray(partly) && isArmArray(fully)) {
    return partly.length === fully.length && partly.every((element, index) => agrees(element, fully[index] ?? null));
  }
  if (!(partly instanceof ArmObject) || !(fully instanceof ArmObject)) return Object.is(partly, fully);
  if (!partly.isOpen && partly.size !== fully.size) return false;
  return [...partly.members].every(([name, member]) => agrees(member, fully.members.get(name) ?? null));
}
