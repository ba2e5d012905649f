import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import addFormats from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/render/limits.ts";
import { renderSarif } from "../../src/render/sarif/sarif.ts";
import { Unknown } from "../../src/expression/value.ts";
import { RULES } from "../../src/rules/index.ts";
import { fileTree } from "../../src/sources/file-tree.ts";
import { loadTargets } from "../../src/sources/load-targets.ts";
import type { LoadedTarget } from "../../src/sources/loaded-target.ts";
import { describeErrors } from "../simulator/schema.ts";
import { planned, planOf } from "../support/plans.ts";
import { account } from "../support/resources.ts";
import { refused, reportOf, target } from "../support/runs.ts";
import { CORPUS, corpusFiles, hasCorpus } from "../support/shared-corpus.ts";

const schema = JSON.parse(readFileSync(new URL("sarif-2.1.0.schema.json", import.meta.url), "utf8")) as object;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** What the schema and the rules of code scanning have against a log, one line each. */
function problemsOf(text: string): readonly string[] {
  const log = JSON.parse(text) as Log;
  const problems = validate(log) ? [] : [describeErrors(validate.errors)];
  const [run, ...more] = log.runs;
  if (run === undefined || more.length > 0) return [...problems, "one run is expected"];
  const rules = run.tool.driver.rules ?? [];
  const results = run.results ?? [];
  const check = (ok: boolean, problem: string) => ok || problems.push(problem);
  check(gzipSync(text).byteLength <= 10 * 1024 * 1024, "more than 10 MB compressed");
  check(results.length <= 25_000 && rules.length <= 25_000, "too many results or rules");
  for (const rule of rules) {
    check((rule.shortDescription?.text.length ?? 0) > 0, `${rule.id}: no short description`);
    check((rule.shortDescription?.text.length ?? 0) <= 1024, `${rule.id}: short description too long`);
    check((rule.fullDescription?.text.length ?? 0) <= 1024, `${rule.id}: full description too long`);
    check((rule.help?.text ?? "") !== "", `${rule.id}: no help`);
    check((rule.name ?? "").length <= 255, `${rule.id}: name too long`);
    check((rule.properties?.tags ?? []).includes("security"), `${rule.id}: no tag security`);
    check((rule.properties?.tags ?? []).length <= LIMITS.sarifTagsKept, `${rule.id}: too many tags`);
    check(Number(rule.properties?.["security-severity"]) > 0, `${rule.id}: no security severity`);
  }
  for (const result of results) {
    const [location, ...others] = result.locations ?? [];
    const uri = location?.physicalLocation?.artifactLocation?.uri ?? "";
    const hash = result.partialFingerprints?.["primaryLocationLineHash"] ?? "";
    check(rules[result.ruleIndex ?? -1]?.id === result.ruleId, `${result.ruleId}: rule index`);
    check(others.length === 0, `${result.ruleId}: several locations`);
    check(uri !== "" && !/^(?:\/|[a-z]+:)/i.test(uri), `${result.ruleId}: uri ${uri}`);
    check((location?.physicalLocation?.region?.startLine ?? 0) >= 1, `${result.ruleId}: no line`);
    check(/^v1:[0-9a-f]{32}$/.test(hash), `${result.ruleId}: fingerprint`);
    check((result.message.text ?? "").length > 0, `${result.ruleId}: no message`);
  }
  return problems;
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
    const { targets } = await loadTargets(
      corpusFiles("whatif/**/*.json"),
      fileTree(CORPUS),
      new AbortController().signal,
    );
    expect(targets.length).toBeGreaterThan(20);
    expect(problemsOf(renderSarif(reportOf(targets)))).toEqual([]);
  });
});
