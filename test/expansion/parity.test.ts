import { describe, expect, it } from "vitest";
import { canonicalText } from "../../src/expression/canonical-text.ts";
import { Unknown } from "../../src/expression/value.ts";
import { formatPath } from "../../src/plan/property-path.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { planOfWhatIf } from "../../src/sources/arm/what-if.ts";
import { judge } from "../../src/judge.ts";
import { expandCase, type GoldenCase, readGolden } from "../support/golden.ts";
import { settingsOf } from "../support/runs.ts";
import { CORPUS, corpusFiles, noCorpus } from "../support/shared-corpus.ts";

/** A what-if that says what Microsoft's engine expands the template to. */
function whatIfOf({ predictedResources = [] }: GoldenCase): Plan {
  const changes = predictedResources.map((after) => ({
    resourceId: after["id"],
    changeType: "Create",
    before: null,
    after,
  }));
  return planOfWhatIf({ status: "Succeeded", changes }, "whatif.json");
}

function findingsOf(plan: Plan): readonly string[] {
  const { findings } = judge({ target: "t", plan, settings: settingsOf(), baseline: null });
  const told = findings.map(({ rule, resource, outcome, path, message, actual, fingerprint }) => {
    const id = resource.id instanceof Unknown ? resource.id.expression : resource.id.text;
    return `${rule.id} ${outcome} ${id} ${formatPath(path)} ${message} ${canonicalText(actual)} ${fingerprint}`;
  });
  return told.sort();
}

/** Whether the engine left nothing unevaluated and refused nothing. */
function isKnown({ predictedResources, error, quirks }: GoldenCase): boolean {
  return error === undefined && quirks === undefined && !/"\[|createObject/.test(JSON.stringify(predictedResources));
}

describe.skipIf(noCorpus !== undefined)(
  `a template and a what-if of it${noCorpus === undefined ? "" : ` (skipped: ${noCorpus})`}`,
  () => {
    const files = noCorpus === undefined ? corpusFiles("arm-expand/golden/**/*.json") : [];
    const cases = files
      .flatMap((file) =>
        file.includes("/own/") && !file.endsWith(".golden.json") ? [] : readGolden(`${CORPUS}/${file}`),
      )
      .filter(isKnown);

    it("are many", () => {
      expect(cases.length).toBeGreaterThan(200);
    });

    it("have findings", () => {
      const found = cases.flatMap((golden) => findingsOf(whatIfOf(golden)));
      expect(found.length).toBeGreaterThan(50);
    });

    it.each(cases.map((golden, index) => [`${index} ${golden.template}`, golden] as const))(
      "%s: the same findings",
      (_, golden) => {
        expect(findingsOf(expandCase(CORPUS, golden))).toEqual(findingsOf(whatIfOf(golden)));
      },
    );
  },
);
