import { describe, expect, it } from "vitest";
import { Unknown, type Value } from "../../src/expression/value.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { runWithSecondOpinions } from "../../src/pipeline.ts";
import { renderMarkdown } from "../../src/render/markdown.ts";
import type { Report } from "../../src/render/report.ts";
import { renderText } from "../../src/render/text.ts";
import { pass } from "../../src/rules/outcome.ts";
import { askSecondOpinion, type SecondOpinion } from "../../src/sources/bicep/second-opinion/second-opinion.ts";
import type { LoadedTarget } from "../../src/sources/loaded-target.ts";
import { fakeCompiler } from "../support/fakes.ts";
import { planned, planOf } from "../support/plans.ts";
import { reportOf, requestOf, type RunOptions, target } from "../support/runs.ts";
import { flagRule, ruleOf, thing } from "../support/synthetic-rules.ts";

const SAFE = planOf([planned({ after: thing({ flag: true }) })]);
const ANY = new AbortController().signal;

function opinionOn(plan: Plan, theirs: readonly object[] | Error): Promise<SecondOpinion> {
  const said =
    theirs instanceof Error
      ? theirs
      : { snapshot: JSON.stringify({ predictedResources: theirs }), readsEnvironment: false };
  const expansion = { path: "main.bicep", parameters: new Map<string, Value>(), scope: {} };
  const compiler = fakeCompiler({ expanded: { "main.bicep": said } });
  return askSecondOpinion({ target: "main.bicep", plan, expansion, isExpected: false }, compiler, ANY);
}

async function reportWith(plan: Plan, theirs: readonly object[] | Error, options: RunOptions = {}): Promise<Report> {
  const asked: LoadedTarget = {
    ...target(plan, "main.bicep"),
    frontEnd: "native",
    secondOpinion: opinionOn(plan, theirs),
  };
  return runWithSecondOpinions(requestOf([asked], { rules: [flagRule({ severity: "critical" })], ...options }));
}

describe("a run with a second opinion", () => {
  it("is as without one when all is equal", async () => {
    const alone = reportOf([target(SAFE, "main.bicep")], { rules: [flagRule({ severity: "critical" })] });
    const report = await reportWith(SAFE, [thing({ flag: true })]);
    expect(report).toMatchObject({ verdict: "allow", digest: alone.digest, findings: alone.findings });
    expect(report.targets[0]).toMatchObject({
      frontEnd: "native",
      coverage: { analysed: 1, secondOpinion: { equal: 1, total: 1 } },
    });
  });

  it("shows how many resources are equal, and where the digest comes from", async () => {
    const report = await reportWith(SAFE, [thing({ flag: true })]);
    for (const text of [renderText(report), renderMarkdown(report)]) {
      expect(text).toContain("1 of 1 resources equal Microsoft's expansion");
      expect(text).toContain("The digest comes from Portcullis' own Bicep front end");
    }
  });

  it("opens what a rule says of a value that differs, and leaves the digest alone", async () => {
    const alone = await reportWith(SAFE, [thing({ flag: true })]);
    const report = await reportWith(SAFE, [thing({ flag: false })]);
    expect(report.findings).toMatchObject([
      { outcome: "open", reason: "evaluators-disagree", actual: { unknown: "evaluators-disagree" } },
    ]);
    expect(report.verdict).toBe("undecided");
    expect(report.digest).toBe(alone.digest);
    expect(report.targets[0]).toMatchObject({
      liveDigest: alone.targets[0]?.liveDigest ?? "",
      digest: alone.targets[0]?.digest ?? "",
    });
    expect(report.notifications).toContainEqual({
      level: "warning",
      code: "evaluators-disagree",
      message: "main.bicep: t: properties.flag is true here and false in Microsoft's expansion",
    });
  });

  it("turns no failure into a pass", async () => {
    const report = await reportWith(planOf([planned({ after: thing({ flag: false }) })]), [thing({ flag: true })]);
    expect(report.findings).toMatchObject([{ outcome: "open", reason: "evaluators-disagree" }]);
  });

  it("does not pass over a resource that only Microsoft's engine has", async () => {
    const report = await reportWith(SAFE, [thing({ flag: true }), thing({ flag: false }, "other")]);
    expect(report.targets[0]?.coverage).toMatchObject({ analysed: 1, secondOpinion: { equal: 1, total: 2 } });
    expect(report.targets[0]?.coverage.notAnalysed).toHaveLength(1);
    expect(report.findings).toMatchObject([{ outcome: "open", resource: { name: "other" } }]);
  });

  it("ends as without one when there is none", async () => {
    const report = await reportWith(SAFE, new Error("the program is broken"));
    expect(report).toMatchObject({ verdict: "allow", findings: [] });
    expect(report.notifications).toMatchObject([{ level: "warning", code: "second-opinion-missing" }]);
    expect(report.targets[0]?.coverage.secondOpinion).toBeNull();
  });

  it("runs the rules before it waits", async () => {
    let seen = (): void => undefined;
    const ran = new Promise<void>((resolve) => (seen = resolve));
    const watching = ruleOf({ id: "test/watching" }, () => {
      seen();
      return pass();
    });
    const opinion = ran.then(() => opinionOn(SAFE, [thing({ flag: true })]));
    const asked = { ...target(SAFE, "main.bicep"), secondOpinion: opinion };
    const report = await runWithSecondOpinions(requestOf([asked], { rules: [watching] }));
    expect(report.targets[0]?.coverage.secondOpinion).toEqual({ equal: 1, total: 1 });
  });

  it("leaves other targets alone", async () => {
    const others = [
      target(SAFE, "a.json"),
      target(planOf([planned({ after: thing({ flag: new Unknown("parameter") }) })]), "b.json"),
    ];
    const asked = { ...target(SAFE, "main.bicep"), secondOpinion: opinionOn(SAFE, [thing({ flag: false })]) };
    const options = { rules: [flagRule()] };
    const report = await runWithSecondOpinions(requestOf([...others, asked], options));
    const alone = reportOf(others, options);
    expect(report.targets.slice(0, 2)).toEqual(alone.targets);
    expect(report.findings.filter((finding) => finding.target !== "main.bicep")).toEqual(alone.findings);
  });
});
