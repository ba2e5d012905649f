import { describe, expect, it } from "vitest";
import { finding } from "../../test/support/findings.ts";
import { planned } from "../../test/support/plans.ts";
import { waiver } from "../../test/support/runs.ts";
import { flagRule, thing } from "../../test/support/synthetic-rules.ts";
import { RULES } from "../rules/index.ts";
import { SEVERITIES } from "../rules/define-rule.ts";
import type { Finding } from "./finding.ts";
import { subsume } from "./subsume.ts";

const better = (changes: Partial<Finding> = {}) =>
  finding({ rule: flagRule({ id: "test/better", subsumes: ["test/flag-off"] }), ...changes });

/** Whether the second finding is folded into the first. */
function folds(first: Finding, second: Finding): boolean {
  const results = [subsume([first, second]), subsume([second, first]).toReversed()];
  const folded = results.map((findings) => findings.map(({ subsumedBy }) => subsumedBy));
  expect(folded[0]).toEqual(folded[1]);
  expect(folded[0]?.[0]).toBeNull();
  return folded[0]?.[1] === "test/better";
}

describe("a better rule", () => {
  const rows: readonly (readonly [name: string, better: Partial<Finding>, other: Partial<Finding>, folds: boolean])[] =
    [
      ["fails beside it", {}, {}, true],
      ["says more at another property", { path: ["properties", "other"] }, {}, true],
      ["is more severe", { severity: "critical" }, {}, true],
      ["is less severe", { severity: "medium" }, {}, false],
      ["is less severe than a re-graded one", {}, { severity: "critical" }, false],
      ["is in another state", { state: "existing" }, {}, false],
      ["is in the same state", { state: "existing" }, { state: "existing" }, true],
      ["was fixed with it", { state: "fixed" }, { state: "fixed" }, true],
      ["is waived", { waiver: waiver() }, {}, false],
      ["has a waiver that is only proposed", { waiver: waiver({ status: "proposed" }) }, {}, true],
      ["has a waiver that has expired", { waiver: waiver({ status: "expired" }) }, {}, true],
      ["stands beside one that is waived", {}, { waiver: waiver() }, true],
      ["is open", { outcome: "open", reason: "scope" }, {}, false],
      ["stands beside one that is open", {}, { outcome: "open", reason: "scope" }, false],
      ["is unsure", { confidence: "low" }, {}, false],
      ["is as unsure", { confidence: "low" }, { confidence: "low" }, true],
      ["is less sure, but sure enough to block", { confidence: "medium" }, {}, true],
      ["speaks of another resource", { resource: planned({ after: thing({}, "other") }) }, {}, false],
      ["stands beside an unrelated rule", {}, { rule: flagRule({ id: "test/unrelated" }) }, false],
    ];

  it.each(rows)("that %s", (_, first, second, expected) => {
    expect(folds(better(first), finding(second))).toBe(expected);
  });

  it("folds through a third: each into the one that names it", () => {
    const best = finding({ rule: flagRule({ id: "test/best", subsumes: ["test/better"] }) });
    expect(subsume([finding(), better(), best]).map(({ subsumedBy }) => subsumedBy)).toEqual([
      "test/better",
      "test/best",
      null,
    ]);
  });

  it("changes nothing where no rule is better", () => {
    const findings = [finding(), finding({ rule: flagRule({ id: "test/unrelated" }) })];
    expect(subsume(findings)).toBe(findings);
  });
});

describe("the catalogue", () => {
  const byId = new Map(RULES.map((rule) => [rule.id, rule]));

  it("has no rules that fold each other, however far around", () => {
    for (const rule of RULES) {
      const reached = new Set(rule.subsumes);
      for (const id of reached) for (const next of byId.get(id)?.subsumes ?? []) reached.add(next);
      expect([...reached], rule.id).not.toContain(rule.id);
    }
  });

  it("lets no rule name another that is more severe: it could never fold it", () => {
    const weaker = RULES.flatMap((rule) =>
      (rule.subsumes ?? [])
        .map((id) => byId.get(id))
        .filter(
          (other) => other !== undefined && SEVERITIES.indexOf(rule.severity) > SEVERITIES.indexOf(other.severity),
        )
        .map((other) => `${rule.id} and ${other?.id ?? ""}`),
    );
    expect(weaker).toEqual([]);
  });
});
