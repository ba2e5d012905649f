import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSettings } from "../../src/config/load-settings.ts";
import { isGateError } from "../../src/diagnostics/gate-error.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { run } from "../../src/pipeline.ts";
import { renderAnnotations } from "../../src/render/annotations.ts";
import { renderJson } from "../../src/render/json.ts";
import { renderJunit } from "../../src/render/junit.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import { renderPlanJson } from "../../src/render/plan-document.ts";
import { renderSarif } from "../../src/render/sarif/sarif.ts";
import { renderText } from "../../src/render/text.ts";
import { RULES } from "../../src/rules/index.ts";
import { planOfWhatIf } from "../../src/sources/arm/what-if.ts";

const ROUNDS = 600;
const EXAMPLE: unknown = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../examples/what-if/keys-back-on.json"), "utf8"),
);

/** What stands where something sensible should. */
const JUNK = [
  null,
  true,
  -1,
  1e308,
  "",
  "[x",
  "[[x",
  "]",
  "/",
  "//",
  "/subscriptions/",
  "\u0000",
  [],
  {},
  [[]],
  "__proto__",
  "constructor",
  { __proto__: { x: 1 } },
  "[reference('x').y]",
  "x".repeat(5000),
];
const NAMES = ["__proto__", "toString", "constructor", ""];

/** A stream of numbers in [0, 1) that is the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function mutate(value: unknown, next: () => number): unknown {
  if (next() < 0.04) return structuredClone(JUNK[Math.floor(next() * JUNK.length)]);
  if (Array.isArray(value)) return value.map((item) => mutate(item, next));
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(() => next() > 0.02);
  return Object.fromEntries(
    kept.map(([name, item]) => [
      next() < 0.02 ? (NAMES[Math.floor(next() * NAMES.length)] ?? name) : name,
      mutate(item, next),
    ]),
  );
}

function load(document: unknown): Plan | string {
  try {
    return planOfWhatIf(document, "what-if.json");
  } catch (error) {
    return isGateError(error) ? error.code : "not ours";
  }
}

describe("a hostile what-if result", () => {
  it("never stops the tool: it is refused with a code, or judged and rendered", async () => {
    const config = {
      name: "portcullis.yml",
      text: "rules:\n  abuse-and-cost/deployment-capacity-above-ceiling: { options: { ceilings: { '*': 10 } } }\n",
    };
    const settings = await loadSettings({
      rules: RULES,
      config,
      proposed: null,
      approvedBy: [],
      overrides: {},
      asOf: "2026-01-01",
    });
    const next = numbers(1);
    let judged = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const plan = load(mutate(EXAMPLE, next));
      if (typeof plan === "string") {
        expect(["WHAT_IF_MALFORMED", "WHAT_IF_FAILED", "SOURCE_TOO_DEEP"]).toContain(plan);
        continue;
      }
      const target = { name: "what-if.json", source: "arm-what-if", plan, error: null } as const;
      const subject = { repository: null, pullRequest: null, headSha: null, baseSha: null };
      const report = run({
        targets: [target],
        settings,
        baseline: null,
        subject,
        notifications: [],
        allOutcomes: true,
        expectedDigest: null,
      });
      expect(report.targets.map(({ error }) => error)).toEqual([null]);
      expect(report.notifications.filter(({ code }) => code === "rule-crashed")).toEqual([]);
      for (const render of [renderText, renderMarkdown, renderJson, renderSarif, renderJunit, renderAnnotations])
        expect(typeof render(report)).toBe("string");
      expect(typeof renderPlanJson([target])).toBe("string");
      judged++;
    }
    expect(judged).toBeGreaterThan(ROUNDS / 2);
  });
});
