import { describe, expect, it } from "vitest";
import type { CallNode } from "../ast.ts";
import { Evaluator } from "../evaluate.ts";
import { parseText } from "../parser.ts";
import type { Scope } from "../scope.ts";
import { Symbols } from "../symbols.ts";

const SCOPE: Scope = {
  place: "variable",
  parameters: new Symbols([]),
  variables: new Symbols([]),
  functions: new Map(),
  deployment: {
    kind: "resourceGroup",
    tenantId: null,
    subscriptionId: null,
    resourceGroup: null,
    resourceGroupLocation: null,
    managementGroup: null,
    name: null,
    location: null,
    contentVersion: "1.0.0.0",
  },
};

function reserved(name: string): CallNode {
  const span = { start: 0, end: 0 };
  return { kind: "call", name, key: `#${name.toUpperCase()}`, args: [{ kind: "text", value: "x", span }], span };
}

describe("reserved functions", () => {
  it.each([
    ["readEnvironmentVariable", "environment"],
    ["unresolvedModule", "not-analysed"],
  ])("%s is unknown: %s", (name, reason) => {
    const evaluator = new Evaluator();
    const result = evaluator.guard(() => evaluator.evaluate(reserved(name), SCOPE));
    expect(result).toMatchObject({ ok: true, value: { reason, expression: `${name}('x')` } });
  });

  it.each(["[readEnvironmentVariable('x')]", "[#readEnvironmentVariable('x')]"])("%s is no expression", (text) => {
    expect(new Evaluator().text(text, SCOPE).ok).toBe(false);
  });

  it("have names that no text can hold", () => {
    expect(parseText("[#readEnvironmentVariable('x')]").kind).toBe("invalid");
  });
});
