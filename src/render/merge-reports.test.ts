import { describe, expect, it } from "vitest";
import { exitCode } from "../hosts/exit-code.ts";
import { mergeReports } from "./merge-reports.ts";
import type { Report } from "./report.ts";
import {
  refusedTarget,
  reportChange,
  reportFinding,
  reportFrom,
  reportPolicy,
  reportTarget,
} from "../../test/support/reports.ts";

const NOTE = { level: "note", code: "rule-not-configured", message: "x/y says nothing" } as const;

/** A report about one target that blocks. */
function blocked(name: string, changes: Partial<Report> = {}): Report {
  return reportFrom({
    verdict: "block",
    reasons: ["1 high"],
    targets: [reportTarget({ name, changes: [reportChange()] })],
    findings: [reportFinding({ target: name })],
    notifications: [NOTE],
    ...changes,
  });
}

const allowed = reportFrom({ targets: [reportTarget({ name: "calm.json" })], notifications: [NOTE] });
const refused = reportFrom({
  verdict: "notJudged",
  reasons: ["not judged"],
  targets: [refusedTarget("broken.json", { code: "WHAT_IF_FAILED", kind: "service" })],
});
const undecided = reportFrom({ verdict: "undecided", reasons: ["unclear"] });

describe("merged reports", () => {
  it.each<readonly [string, readonly Report[], Report["verdict"], number]>([
    ["one report", [allowed], "allow", 0],
    ["an allowed and a blocked one", [allowed, blocked("a")], "block", 1],
    ["a refused and a blocked one", [refused, blocked("a")], "block", 1],
    ["an undecided and a refused one", [undecided, refused], "notJudged", 3],
    ["an allowed and an undecided one", [allowed, undecided], "undecided", 4],
  ])("of %s", (_, reports, verdict, code) => {
    const merged = mergeReports(reports);
    expect([merged.verdict, exitCode(merged)]).toEqual([verdict, code]);
    expect(mergeReports(reports.toReversed()).verdict).toBe(verdict);
  });

  it("name the target of each reason, and add up the counts", () => {
    const merged = mergeReports([blocked("a"), blocked("b"), allowed]);
    expect(merged.reasons).toEqual(["a: 1 high", "b: 1 high"]);
    expect(merged.summary).toMatchObject({ new: 2, findings: { high: 2 }, changes: { modify: 2, create: 0 } });
    expect(merged.targets.map(({ name }) => name)).toEqual(["a", "b", "calm.json"]);
    expect(merged.findings.map(({ target }) => target)).toEqual(["a", "b"]);
  });

  it("say once what all of them say", () => {
    expect(mergeReports([blocked("a"), blocked("b")]).notifications).toEqual([NOTE]);
  });

  it("have one digest whatever the order", () => {
    const [a, b] = [blocked("a"), blocked("b")];
    expect(mergeReports([a, b]).digest).toBe(mergeReports([b, a]).digest);
  });

  it("enforce the verdict as soon as one job does", () => {
    const advise = reportPolicy({ enforcement: "advise" });
    const [advised, enforced] = [reportFrom({ policy: advise }), blocked("a")];
    expect(exitCode(mergeReports([advised, enforced]))).toBe(1);
    expect(exitCode(mergeReports([blocked("b", { policy: advise }), advised]))).toBe(0);
  });

  it("list everything that weakens the policy of any, and say that policies differ", () => {
    const lax = reportPolicy({ rulesOff: ["x/y"], assumptions: [] });
    const merged = mergeReports([allowed, blocked("a", { policy: lax })]);
    expect(merged.policy.rulesOff).toEqual(["x/y"]);
    expect(merged.notifications.map(({ code }) => code)).toContain("policies-differ");
  });

  it("are of one policy when only the waivers in use differ", () => {
    const used = {
      rule: "x/y",
      resource: null,
      reason: "r",
      owner: "o",
      expires: null,
      approvedBy: null,
      source: "portcullis.yml:1:1",
      status: "active",
    } as const;
    const merged = mergeReports([allowed, blocked("a", { policy: reportPolicy({ waiversUsed: [used] }) })]);
    expect(merged.policy.waiversUsed).toEqual([used]);
    expect(merged.notifications.map(({ code }) => code)).not.toContain("policies-differ");
  });
});
