import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DeploymentKind } from "../../src/expression/scope.ts";
import type { Value } from "../../src/expression/value.ts";
import { differencesOf, expandCase, type GoldenCase } from "../support/golden.ts";

/** A small template with what Microsoft's engine makes of it: resources and outputs, or a refusal. */
interface Behaviour extends Pick<GoldenCase, "predictedResources" | "outputs" | "error" | "errorFrom"> {
  readonly name: string;
  readonly template: Value;
  readonly scope: DeploymentKind;
}

const ROWS = JSON.parse(readFileSync(new URL("behaviours.json", import.meta.url), "utf8")) as readonly Behaviour[];

/** The options that the expansions were asked for with. */
const OPTIONS = {
  subscriptionId: "11111111-1111-4111-8111-111111111111",
  resourceGroup: "rg-golden",
  location: "westeurope",
  tenantId: "22222222-2222-4222-8222-222222222222",
  managementGroupId: "mg-golden",
  deploymentName: "main",
};

function caseOf({ name, template, scope, ...expected }: Behaviour): GoldenCase {
  const text = JSON.stringify(template);
  return { ...expected, template: `${name}.json`, text, parameters: {}, scope: { kind: scope, ...OPTIONS } };
}

describe("loops, conditions, types, names, scopes and nested deployments", () => {
  it.each(ROWS.filter(({ error }) => error === undefined))("$name is expanded as in Microsoft's engine", (row) => {
    const golden = caseOf(row);
    expect(differencesOf(expandCase("", golden), golden)).toEqual([]);
  });

  it.each(ROWS.filter(({ error }) => error !== undefined))("$name is refused as in Microsoft's engine", (row) => {
    expect(() => expandCase("", caseOf(row))).toThrow(expect.objectContaining({ kind: "source" }));
  });
});
