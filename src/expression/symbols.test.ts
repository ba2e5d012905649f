import { describe, expect, it } from "vitest";
import type { Evaluation } from "./evaluation.ts";
import { Evaluator } from "./evaluate.ts";
import type { Scope } from "./scope.ts";
import { Symbols } from "./symbols.ts";
import { scopesOf } from "../../test/support/expression-world.ts";

function variables(definitions: Readonly<Record<string, string>>): Scope {
  const evaluator = new Evaluator();
  const around = scopesOf(evaluator, "resourceGroup")("variable");
  const scope: Scope = {
    ...around,
    variables: new Symbols(
      Object.entries(definitions).map(([name, text]) => [name, (): Evaluation => evaluator.text(text, scope)]),
      (name) => `The template variable '${name}' is not valid: `,
    ),
  };
  return scope;
}

function value(scope: Scope, name: string): Evaluation {
  return new Evaluator().text(`[variables('${name}')]`, scope);
}

describe("symbols", () => {
  it("are found without letter case and worked out once", () => {
    let count = 0;
    const symbols = new Symbols([["Name", () => ({ ok: true, value: BigInt((count += 1)) })]]);
    expect([symbols.get("NAME"), symbols.get("name"), symbols.get("other")]).toEqual([1n, 1n, undefined]);
    expect(symbols.nameOf("nAmE")).toBe("Name");
  });

  it("name the way of a cycle", () => {
    const scope = variables({ a: "[variables('b')]", b: "[concat(variables('a'))]" });
    expect(value(scope, "a")).toMatchObject({
      ok: false,
      error: { code: "cycle", message: "The 'a' symbol's definition cycles back to itself (a -> b -> a)." },
    });
  });

  it("say which definition failed", () => {
    const scope = variables({ a: "[div(1, 0)]", b: "[variables('a')]" });
    expect(value(scope, "a")).toMatchObject({
      ok: false,
      error: {
        code: "arithmetic",
        message:
          "The template variable 'a' is not valid: The template language function 'div' tried to divide by zero.",
      },
    });
  });

  it("fail again when they are read again", () => {
    const scope = variables({ a: "[div(1, 0)]", b: "[variables('a')]", c: "[variables('a')]" });
    expect([value(scope, "b").ok, value(scope, "c").ok]).toEqual([false, false]);
  });

  it("end as unknown in a chain that is too long", () => {
    const chain = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`v${i}`, `[variables('v${i + 1}')]`]));
    expect(value(variables(chain), "v0")).toMatchObject({ ok: true, value: { reason: "limit" } });
  });
});
