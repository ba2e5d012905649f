import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import addFormats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Log, PhysicalLocation, ReportingDescriptor, Result, Run } from "sarif";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/render/limits.ts";
import { renderSarif } from "../../src/render/sarif/sarif.ts";
import { Unknown } from "../../src/expression/value.ts";
import { RULES } from "../../src/rules/index.ts";
import { fileTree } from "../../src/sources/file-tree.ts";
import { loadTargets } from "../../src/sources/load-targets.ts";
import type { LoadedTarget } from "../../src/sources/loaded-target.ts";
import { describeErrors } from "../simulator/schema.ts";
import { loadContext } from "../support/load-context.ts";
import { planned, planOf } from "../support/plans.ts";
import { account } from "../support/resources.ts";
import { refused, reportOf, target } from "../support/runs.ts";
import { CORPUS, corpusFiles, hasCorpus } from "../support/shared-corpus.ts";

const schema = JSON.parse(readFileSync(new URL("sarif-2.1.0.schema.json", import.meta.url), "utf8")) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** What code scanning asks of a rule. */
const RULE_CHECKS: readonly (readonly [problem: string, holds: (rule: ReportingDescriptor) => boolean])[] = [
  ["short description", ({ shortDescription }) => isBetween(shortDescription?.text.length, 1, 1024)],
  ["full description", ({ fullDescription }) => isBetween(fullDescription?.text.length, 1, 1024)],
  ["help", ({ help }) => isBetween(help?.text.length, 1, Number.POSITIVE_INFINITY)],
  ["name", ({ name }) => isBetween(name?.length, 1, 255)],
  ["tag security", ({ properties }) => properties?.tags?.includes("security") === true],
  ["number of tags", ({ properties }) => isBetween(properties?.tags?.length, 1, 10)],
  ["security severity", ({ properties }) => Number(properties?.["security-severity"]) > 0],
];

/** What code scanning asks of a result. */
const RESULT_CHECKS: readonly (readonly [problem: string, holds: (result: Result) => boolean])[] = [
  ["one location", ({ locations }) => locations?.length === 1],
  ["relative uri", (result) => /^(?![/]|[a-z]+:)./i.test(placeOf(result)?.artifactLocation?.uri ?? "")],
  ["line", (result) => isBetween(placeOf(result)?.region?.startLine, 1, Number.POSITIVE_INFINITY)],
  ["message", ({ message }) => isBetween(message.text?.length, 1, Number.POSITIVE_INFINITY)],
  [
    "fingerprint",
    ({ partialFingerprints: prints }) => /^v1:[0-9a-f]{32}$/.test(prints?.["primaryLocationLineHash"] ?? ""),
  ],
];

function placeOf({ locations }: Result): PhysicalLocation | undefined {
  return locations?.[0]?.physicalLocation;
}

function isBetween(count: number | undefined, least: number, most: number): boolean {
  return count !== undefined && count >= least && count <= most;
}

/** What the schema and the rules of code scanning have against a log, one line each. */
function problemsOf(text: string): readonly string[] {
  const log = JSON.parse(text) as Log;
  const problems = validate(log) ? [] : [describeErrors(validate.errors)];
  if (log.runs.length !== 1) problems.push(`${log.runs.length} runs`);
  if (gzipSync(text).byteLength > 10 * 1024 * 1024) problems.push("more than 10 MB compressed");
  return [...problems, ...log.runs.flatMap(problemsOfRun)];
}

function problemsOfRun({ tool, results = [] }: Run): readonly string[] {
  const rules = tool.driver.rules ?? [];
  const counts = results.length > 25_000 || rules.length > 25_000 ? ["too many results or rules"] : [];
  const ofRules = rules.flatMap((rule) =>
    RULE_CHECKS.filter(([, holds]) => !holds(rule)).map(([what]) => `${rule.id}: ${what}`),
  );
  const ofResults = results.flatMap((result) => {
    const misplaced = rules[result.ruleIndex ?? -1]?.id === result.ruleId ? [] : ["rule index"];
    const unmet = RESULT_CHECKS.filter(([, holds]) => !holds(result)).map(([what]) => what);
    return [...misplaced, ...unmet].map((what) => `${result.ruleId ?? ""}: ${what}`);
  });
  return [...counts, ...ofRules, ...ofResults];
}

const open = planned({
  before: account({ disableLocalAuth: true, publicNetworkAccess: "Disabled" }),
  after: account({ disableLocalAuth: false, publicNetworkAccess: new Unknown("parameter") }),
});

describe("SARIF", () => {
  it.each<readonly [string, readonly LoadedTarget[]]>([
    ["no target", []],
    ["nothing to say", [target(planOf([]))]],
    ["findings of every state", [target(planOf([open, planned({ before: account({ disableLocalAuth: false }) })]))]],
    ["a file that cannot be judged", [refused("SOURCE_EMPTY")]],
    ["a file name with blanks, quotes and percent signs", [target(planOf([open]), 'a b/"50%"#?.json')]],
    ["an absolute path", [target(planOf([open]), "/srv/plan.json")]],
  ])("of %s is valid, and code scanning takes it", (_, targets) => {
    expect(problemsOf(renderSarif(reportOf(targets)))).toEqual([]);
  });

  it("lists every rule that ran, so that alerts can close", () => {
    const log = JSON.parse(renderSarif(reportOf([target(planOf([]))]))) as Log;
    const ran = RULES.filter(({ needsOptions }) => needsOptions !== true).map(({ id }) => id);
    expect(log.runs[0]?.tool.driver.rules?.map(({ id }) => id).sort()).toEqual(ran.sort());
  });

  it("stays within the limits with more findings than code scanning shows", () => {
    const many = Array.from({ length: 6000 }, (_, index) => {
      const body = account({ disableLocalAuth: false });
      return planned({ after: { ...body, id: `${body.id}${index}`, name: `aoai${index}` } });
    });
    const text = renderSarif(reportOf([target(planOf(many))]));
    expect(problemsOf(text)).toEqual([]);
    expect((JSON.parse(text) as Log).runs[0]?.results?.length).toBe(LIMITS.sarifResultsKept);
  });

  it.skipIf(!hasCorpus)("of every recorded what-if is valid", async () => {
    const { targets } = await loadTargets(corpusFiles("whatif/**/*.json"), loadContext(fileTree(CORPUS)));
    expect(targets.length).toBeGreaterThan(20);
    expect(problemsOf(renderSarif(reportOf(targets)))).toEqual([]);
  });
});
