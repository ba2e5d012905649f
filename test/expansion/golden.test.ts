import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isGateError } from "../../src/diagnostics/gate-error.ts";
import { differencesOf, expandCase, type GoldenCase, readGolden } from "../support/golden.ts";
import { CORPUS, corpusFiles, noCorpus } from "../support/shared-corpus.ts";

/** What is left, with its reason in docs/evaluator-differences.md. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "scope-management-group.json": [
    "missing Microsoft.Management/managementGroups /providers/Microsoft.Management/managementGroups/mg-golden/providers/Microsoft.Management/managementGroups/mg2",
    'extra "Microsoft.Management/managementGroups" "/providers/Microsoft.Management/managementGroups/mg2"',
  ],
};

/** How our expansion of a case differs from Microsoft's; a refusal on one side alone is a difference, too. */
function outcome(root: string, golden: GoldenCase): readonly string[] {
  const { error, errorFrom } = golden;
  try {
    const plan = expandCase(root, golden);
    if (error === undefined) return differencesOf(plan, golden);
    return errorFrom === "offline" ? [] : [`not refused: ${error}`];
  } catch (failure) {
    if (!isGateError(failure) || failure.kind !== "source") throw failure;
    return error === undefined || errorFrom === "offline" ? [`refused: ${failure.message}`] : [];
  }
}

function expectAgreement(root: string, cases: readonly GoldenCase[]): void {
  for (const golden of cases) {
    const known = KNOWN[golden.template.split("/").at(-1) ?? ""] ?? [];
    expect({ template: golden.template, differences: outcome(root, golden) }).toEqual({
      template: golden.template,
      differences: known,
    });
  }
}

describe("expansions of small templates, one for each behaviour", () => {
  const folder = new URL("own/", import.meta.url).pathname;
  const files = readdirSync(folder).filter((name) => name.endsWith(".golden.json"));

  it.each(files)("%s is what Microsoft's engine makes of it", (file) => {
    const cases = readGolden(`${folder}${file}`);
    expect(cases.length).toBeGreaterThan(0);
    const here = cases.map((each) => ({ ...each, template: each.template.split("/").at(-1) ?? "" }));
    expectAgreement(folder, here);
  });
});

it("a refusal names the place in the template", () => {
  const root = new URL("own/", import.meta.url).pathname;
  const [golden] = readGolden(`${root}fault-division-by-zero.golden.json`);
  const template = "fault-division-by-zero.json";
  expect(() => expandCase(root, { parameters: {}, scope: { kind: "resourceGroup" }, ...golden, template })).toThrow(
    expect.objectContaining({ code: "TEMPLATE_INVALID", message: expect.stringContaining(`${template}:`) }),
  );
});

describe.skipIf(noCorpus !== undefined)(
  `expansions of real templates${noCorpus === undefined ? "" : ` (skipped: ${noCorpus})`}`,
  () => {
    const files = noCorpus === undefined ? corpusFiles("arm-expand/golden/*.json") : [];

    it("are many", () => {
      expect(files.length).toBeGreaterThan(150);
    });

    it.each(files)("%s is what Microsoft's engine makes of them", (file) => {
      expectAgreement(CORPUS, readGolden(`${CORPUS}/${file}`));
    });
  },
);
