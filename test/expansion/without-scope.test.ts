import { describe, expect, it } from "vitest";
import { judge } from "../../src/judge.ts";
import { formatPath } from "../../src/plan/property-path.ts";
import { expandCase, type GoldenCase, readGolden } from "../support/golden.ts";
import { settingsOf } from "../support/runs.ts";
import { CORPUS, corpusFiles, noCorpus } from "../support/shared-corpus.ts";

/** What the rules say, without the ids: those are only known with a scope. */
function verdictsOf(golden: GoldenCase): readonly string[] {
  const plan = expandCase(CORPUS, golden);
  const { findings } = judge({ target: "t", plan, settings: settingsOf(), baseline: null });
  return findings
    .map(({ rule, outcome, path, resource }) => `${rule.id} ${outcome} ${resource.type} ${formatPath(path)}`)
    .toSorted();
}

describe.skipIf(noCorpus !== undefined)(
  `a template without a scope${noCorpus === undefined ? "" : ` (skipped: ${noCorpus})`}`,
  () => {
    const files = noCorpus === undefined ? corpusFiles("arm-expand/golden/*.json") : [];
    const cases = files
      .flatMap((file) => readGolden(`${CORPUS}/${file}`))
      .filter(({ error, scope }) => error === undefined && scope.kind === "resourceGroup");

    it("is many", () => {
      expect(cases.length).toBeGreaterThan(300);
    });

    it.each(cases.map((golden, index) => [`${index} ${golden.template}`, golden] as const))(
      "%s fails the same rules",
      (_, golden) => {
        const scope = { kind: golden.scope.kind, deploymentName: golden.scope.deploymentName ?? "main" };
        const [without, within] = [verdictsOf({ ...golden, scope }), verdictsOf(golden)];
        expect(without.filter((text) => text.includes(" fail "))).toEqual(
          within.filter((text) => text.includes(" fail ")),
        );
        expect(without).toEqual(expect.arrayContaining([...within])); // more may be open
      },
    );
  },
);
