import { describe, expect, it } from "vitest";
import { Unknown, type Value } from "../../src/expression/value.ts";
import { exitCode } from "../../src/hosts/exit-code.ts";
import type { Baseline } from "../../src/findings/classify.ts";
import { compareText } from "../../src/lib/compare-text.ts";
import type { Report } from "../../src/render/report.ts";
import { fail, open, pass } from "../../src/rules/outcome.ts";
import type { Rule } from "../../src/rules/define-rule.ts";
import { planned, planOf } from "../support/plans.ts";
import { reportOf, reportOn, refused, type RunOptions, target, waiver } from "../support/runs.ts";
import {
  crashingRule,
  flag,
  flagRule,
  listRule,
  ruleOf,
  sizeRule,
  thing,
  transitionRule,
} from "../support/synthetic-rules.ts";
import type { Body } from "../support/resources.ts";

const unknown = new Unknown("runtime-function", "reference('x').flag");
const critical = flagRule({ severity: "critical" });

/** What a case expects: exit code, then each finding as `outcome state`, sorted, with `regression`, `folded` and a waiver's
 * status where they apply. */
type Expected = readonly [code: number, ...findings: readonly string[]];

interface Case {
  readonly before?: Body;
  readonly after?: Body;
  readonly rules?: readonly Rule[];
  readonly options?: RunOptions;
}

function judgeCase({ before, after, rules = [flagRule()], options = {} }: Case): Report {
  return reportOn(planOf([planned({ before, after })]), { rules, ...options });
}

function summaryOf(report: Report): Expected {
  const findings = report.findings.map(({ outcome, state, regression, subsumedBy, waiver: used }) =>
    [outcome, state, regression && "regression", subsumedBy !== null && "folded", used !== null && used.status]
      .filter((word) => word !== false)
      .join(" "),
  );
  return [exitCode(report), ...findings.sort(compareText)];
}

const policy = (changes: NonNullable<RunOptions["policy"]>): RunOptions => ({ policy: changes });
const sized = (size: Value): Body => thing({ size });
const listed = (list: Value): Body => thing({ list });

describe("states, over both worlds", () => {
  it.each<readonly [string, Case, Expected]>([
    ["met in both", { before: flag(true), after: flag(true) }, [0]],
    ["created and met", { after: flag(true) }, [0]],
    ["created and not met", { after: flag(false) }, [1, "fail new"]],
    ["met before, not after", { before: flag(true), after: flag(false) }, [1, "fail new regression"]],
    ["not met before and after", { before: flag(false), after: flag(false) }, [0, "fail existing"]],
    ["not met before only", { before: flag(false), after: flag(true) }, [0, "fail fixed"]],
    ["deleted with its fault", { before: flag(false) }, [0, "fail fixed"]],
    ["did not apply before", { before: flag("n/a"), after: flag(false) }, [1, "fail new"]],
    ["not known before, not met after", { before: flag(unknown), after: flag(false) }, [1, "fail new"]],
    ["not met before, not known after", { before: flag(false), after: flag(unknown) }, [0, "open existing"]],
    ["left out after", { before: flag(true), after: thing({}) }, [0, "open new"]],
    ["written as null after", { before: flag(true), after: flag(null) }, [1, "fail new regression"]],
    ["absent before and after", { before: thing({}), after: thing({}) }, [0, "fail existing"]],
    ["below the threshold", { after: flag(false), rules: [flagRule({ severity: "medium" })] }, [0, "fail new"]],
    ["of low confidence", { after: flag(false), rules: [flagRule({ confidence: "low" })] }, [0, "fail new"]],
  ])("%s", (_, given, expected) => {
    expect(summaryOf(judgeCase(given))).toEqual(expected);
  });
});

describe("magnitudes and entries", () => {
  const size = [sizeRule()];
  const list = [listRule()];
  it.each<readonly [string, Case, Expected]>([
    ["as large as before", { before: sized(20), after: sized(20), rules: size }, [0, "fail existing"]],
    ["larger than before", { before: sized(20), after: sized(30), rules: size }, [1, "fail new"]],
    [
      "smaller than before, still too large",
      { before: sized(30), after: sized(20), rules: size },
      [0, "fail existing"],
    ],
    [
      "the same entry in another place",
      { before: listed(["bad", "ok"]), after: listed(["ok", "other", "bad"]), rules: list },
      [0, "fail existing"],
    ],
    [
      "one entry more",
      {
        before: listed([{ name: "a", bad: true }]),
        after: listed([
          { name: "b", bad: true },
          { name: "a", bad: true },
        ]),
        rules: list,
      },
      [1, "fail existing", "fail new"],
    ],
    [
      "one entry for another",
      { before: listed([{ name: "a", bad: true }]), after: listed([{ name: "b", bad: true }]), rules: list },
      [1, "fail fixed", "fail new"],
    ],
  ])("%s", (_, given, expected) => {
    expect(summaryOf(judgeCase(given))).toEqual(expected);
  });
});

describe("transitions", () => {
  const rules = [transitionRule()];
  it.each<readonly [string, Case, Expected]>([
    ["a jump", { before: sized(5), after: sized(10), rules }, [1, "fail new"]],
    ["a step", { before: sized(5), after: sized(9), rules }, [0]],
    ["a delete", { before: sized(5), rules }, [1, "fail new regression"]],
    ["a create", { after: sized(500), rules }, [0]],
  ])("%s", (_, given, expected) => {
    expect(summaryOf(judgeCase(given))).toEqual(expected);
  });
});

describe("what is open", () => {
  const block = policy({ onOpen: "block" });
  const allow = policy({ onOpen: "allow" });
  it.each<readonly [string, Case, Expected]>([
    ["a rule that is not critical, on something new", { after: flag(unknown) }, [0, "open new"]],
    ["a critical rule on something new", { after: flag(unknown), rules: [critical] }, [4, "open new"]],
    [
      "a critical rule that was open before, on something modified",
      { before: flag(unknown), after: thing({ flag: unknown, other: 1 }), rules: [critical] },
      [4, "open existing"],
    ],
    ["a rule that passed before", { before: flag(true), after: flag(unknown) }, [4, "open new regression"]],
    ["a rule that did not pass before", { before: flag(false), after: flag(unknown) }, [0, "open existing"]],
    ["a property that is left out", { before: flag(true), after: thing({}) }, [0, "open new"]],
    ["a critical one that is left out", { before: flag(true), after: thing({}), rules: [critical] }, [4, "open new"]],
    [
      "of low confidence",
      { after: flag(unknown), rules: [flagRule({ severity: "critical", confidence: "low" })] },
      [0, "open new"],
    ],
    ["anything, where open blocks", { after: flag(unknown), options: block }, [4, "open new"]],
    [
      "anything, where open is allowed",
      { before: flag(true), after: flag(unknown), rules: [critical], options: allow },
      [0, "open new regression"],
    ],
    [
      "beside a fail that blocks",
      {
        after: flag(false),
        rules: [
          flagRule(),
          ruleOf({ id: "test/open" }, () => open(unknown, { at: "properties.flag", message: "open" })),
        ],
        options: block,
      },
      [1, "fail new", "open new"],
    ],
    ["a rule that crashed", { after: thing({}), rules: [crashingRule()] }, [4]],
    ["a rule that crashed, where open is allowed", { after: thing({}), rules: [crashingRule()], options: allow }, [0]],
  ])("%s", (_, given, expected) => {
    expect(summaryOf(judgeCase(given))).toEqual(expected);
  });

  it("is the whole target when nothing of what is deployed can be seen", () => {
    const hidden = { ...planned({ after: flag(true) }), after: new Unknown("not-reported") };
    expect(exitCode(reportOn(planOf([hidden]), { rules: [flagRule({ severity: "low" })] }))).toBe(4);
  });

  it("is nothing where nothing is deployed", () => {
    expect(exitCode(reportOn(planOf([]), { rules: [critical] }))).toBe(0);
  });

  it("names a crash, and loses no other finding to it", () => {
    const report = judgeCase({ after: flag(false), rules: [crashingRule(), flagRule()] });
    expect(summaryOf(report)).toEqual([1, "fail new"]);
    expect(report.notifications).toContainEqual(
      expect.objectContaining({ level: "error", code: "rule-crashed", message: expect.stringContaining("test/crash") }),
    );
  });
});

describe("gate", () => {
  const before = flag(false);
  const modified = thing({ flag: false, other: 1 });
  const unchanged = planned({ before, after: before, changeType: "noChange" });
  it.each<readonly [string, Case, Expected]>([
    ["new: an existing finding", { before, after: modified, options: policy({ gate: "new" }) }, [0, "fail existing"]],
    [
      "touched: on what the change modifies",
      { before, after: modified, options: policy({ gate: "touched" }) },
      [1, "fail existing"],
    ],
    ["all", { before, after: modified, options: policy({ gate: "all" }) }, [1, "fail existing"]],
    ["all: what is fixed", { before, after: flag(true), options: policy({ gate: "all" }) }, [0, "fail fixed"]],
    ["failOn never", { after: flag(false), options: policy({ failOn: "never", gate: "all" }) }, [0, "fail new"]],
    ["failOn critical", { after: flag(false), options: policy({ failOn: "critical" }) }, [0, "fail new"]],
    ["advice", { after: flag(false), options: policy({ enforcement: "advise" }) }, [0, "fail new"]],
  ])("%s", (_, given, expected) => {
    expect(summaryOf(judgeCase(given))).toEqual(expected);
  });

  it.each([
    ["touched", 0],
    ["all", 1],
  ] as const)("%s: on what stays as it is", (gate, code) => {
    expect(exitCode(reportOn(planOf([unchanged]), { rules: [flagRule()], ...policy({ gate }) }))).toBe(code);
  });

  it("keeps the true verdict in the report when it only advises", () => {
    const report = judgeCase({ after: flag(false), options: policy({ enforcement: "advise" }) });
    expect([report.verdict, exitCode(report)]).toEqual(["block", 0]);
  });
});

describe("what weakens a finding", () => {
  const after = flag(false);
  const other = (outcome: "fail" | "pass", changes: Parameters<typeof ruleOf>[0] = {}) =>
    ruleOf({ id: "test/root-cause", subsumes: ["test/flag-off"], ...changes }, () =>
      outcome === "pass" ? pass() : fail({ at: "properties", message: "root cause" }),
    );
  it.each<readonly [string, Case, Expected]>([
    ["an active waiver", { after, options: { waivers: [waiver()] } }, [0, "fail new active"]],
    ["an expired waiver", { after, options: { waivers: [waiver({ status: "expired" })] } }, [1, "fail new expired"]],
    ["a proposed waiver", { after, options: { waivers: [waiver({ status: "proposed" })] } }, [1, "fail new proposed"]],
    [
      "a waiver for another resource",
      { after, options: { waivers: [waiver({ resource: "**/other" })] } },
      [1, "fail new"],
    ],
    ["a rule that says it better", { after, rules: [flagRule(), other("fail")] }, [1, "fail new", "fail new folded"]],
    ["such a rule that is met", { after, rules: [flagRule(), other("pass")] }, [1, "fail new"]],
    [
      "such a rule that is less severe",
      { after, rules: [flagRule(), other("fail", { severity: "medium" })] },
      [1, "fail new", "fail new"],
    ],
    [
      "such a rule that is waived",
      { after, rules: [flagRule(), other("fail")], options: { waivers: [waiver({ ruleIds: ["test/root-cause"] })] } },
      [1, "fail new", "fail new active"],
    ],
  ])("%s", (_, given, expected) => {
    expect(summaryOf(judgeCase(given))).toEqual(expected);
  });

  it("an earlier report, up to the magnitude it lists", () => {
    const plan = planOf([planned({ after: sized(20) })]);
    const [found] = reportOn(plan, { rules: [sizeRule()] }).findings;
    const baseline = (magnitude: number | null): Baseline => new Map([[found?.fingerprint ?? "", { magnitude }]]);
    const states = [null, 20, 19].map(
      (magnitude) => reportOn(plan, { rules: [sizeRule()], baseline: baseline(magnitude) }).findings[0]?.state,
    );
    expect(states).toEqual(["existing", "existing", "new"]);
  });
});

describe("several targets", () => {
  const allow = target(planOf([planned({ after: flag(true) })]), "allow.json");
  const block = target(planOf([planned({ after: flag(false) })]), "block.json");
  const undecided = target(planOf([planned({ before: flag(true), after: flag(unknown) })]), "undecided.json");
  const input = refused("SOURCE_EMPTY", "input.json");
  const service = refused("AZURE_UNREACHABLE", "service.json");
  const defect = refused("INTERNAL", "defect.json");

  it.each([
    [[allow], 0],
    [[], 0],
    [[undecided, allow], 4],
    [[service, undecided], 3],
    [[input, service], 2],
    [[block, input, service, undecided], 1],
    [[defect, block], 70],
  ])("number %#", (targets, code) => {
    for (const order of [targets, [...targets].reverse()]) {
      const report = reportOf(order, { rules: [flagRule()] });
      expect(exitCode(report)).toBe(code);
      expect(report.targets.map(({ name }) => name)).toEqual(order.map(({ name }) => name));
    }
  });

  it("advises about verdicts, never about what was not judged", () => {
    const codes = [[block], [undecided], [input], [service], [defect]].map((targets) =>
      exitCode(reportOf(targets, { rules: [flagRule()], policy: { enforcement: "advise" } })),
    );
    expect(codes).toEqual([0, 0, 2, 3, 70]);
  });

  it("blocks when another digest was reviewed", () => {
    const report = reportOf([allow], { rules: [flagRule()], expectedDigest: "sha256:other" });
    expect([report.verdict, exitCode(report)]).toEqual(["block", 1]);
    expect(exitCode(reportOf([allow], { rules: [flagRule()], expectedDigest: report.digest }))).toBe(0);
  });
});
