import { readFileSync } from "node:fs";
import { join } from "node:path";
import { array, literal, optional, picklist, strictObject, string } from "valibot";
import { describe, expect, it } from "vitest";
import { describe as describeResult } from "../support/expression-agreement.ts";
import { evaluateIn, WORLDS } from "../support/expression-world.ts";
import { readJsonFile } from "../support/json-file.ts";

/*
 * Rows found while the evaluator was compared with Microsoft's engine (Bicep CLI 0.49.2): each was a disagreement, or a guess that had to
 * be checked. `json` is the answer's exact text, order of members included; the template around them is that of `vectors`.
 */

const Row = strictObject({
  expr: string(),
  scope: optional(picklist(WORLDS)),
  json: optional(string()),
  error: optional(literal(true)),
  unevaluated: optional(string()),
});
const ROWS = readJsonFile(join(import.meta.dirname, "rows.json"), array(Row));

/** Where we answer otherwise on purpose, by scope and expression; the reasons are in `docs/evaluator-differences.md`. */
const OURS: Readonly<Record<string, string>> = {
  "resourceGroup map(createArray('a'), lambda('x', subscription(lambdaVariables('x'))))":
    '[{"id":"/subscriptions/a","subscriptionId":"a"}]',
  "resourceGroup contains(createArray(first(createArray()), environment().name), first(createArray('b', 'a', 'B')))":
    "unknown: contains(createArray(null(), environment().name), 'b')",
  "resourceGroup mul(reference('z').p.q, length(reduce(createArray(1, 2, 3), reference('z').p.q, lambda('v1', 'w1', 2147483647))))":
    "error",
  "resourceGroup uri('mailto:x','y')": "unknown: uri('mailto:x', 'y')",
  "managementGroup managementGroupResourceId('Microsoft.A/b','x')":
    '"/providers/Microsoft.Management/managementGroups/mg-test/providers/Microsoft.A/b/x"',
  "managementGroup managementGroupResourceId('Microsoft.A/b/c','x','y')":
    '"/providers/Microsoft.Management/managementGroups/mg-test/providers/Microsoft.A/b/x/c/y"',
};

describe("the page about differences", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/evaluator-differences.md"), "utf8");

  it.each(Object.keys(OURS))("lists %s", (key) => {
    expect(page).toContain(`\`${key.slice(key.indexOf(" ") + 1)}\``);
  });
});

describe("rows", () => {
  it.each(ROWS)("$expr", ({ expr, scope = "resourceGroup", json, error, unevaluated }) => {
    const ours = describeResult(evaluateIn(scope, "none", expr)).replace(/^error: .*/s, "error");
    const theirs = error === true ? "error" : (json ?? `unknown: ${unevaluated ?? ""}`);
    expect(ours).toBe(OURS[`${scope} ${expr}`] ?? theirs);
  });
});
