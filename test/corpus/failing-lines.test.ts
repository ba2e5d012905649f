import { describe, expect, it } from "vitest";
import { isArray, isObject, type Value } from "../../src/expression/value.ts";
import type { Plan } from "../../src/plan/plan.ts";
import type { PlannedResource } from "../../src/plan/planned-resource.ts";
import type { PathSegment, PropertyPath } from "../../src/plan/property-path.ts";
import { expandTemplate } from "../../src/sources/arm/template/expand-template.ts";
import { readJsonc } from "../../src/sources/arm/template/read-jsonc.ts";
import { lower } from "../../src/sources/bicep/lower/lower.ts";
import { confinedFiles } from "../../src/sources/bicep/workspace/confined-files.ts";
import { loadWorkspace } from "../../src/sources/bicep/workspace/workspace.ts";
import { CORPUS, corpusText, noCorpus } from "../support/shared-corpus.ts";

interface Expected {
  readonly file: string;
  readonly failures: readonly { readonly line: number; readonly description: string }[];
}

const FOLDER = "peer-fixtures/template-analyzer";
const NOWHERE = {
  kind: null,
  tenantId: null,
  subscriptionId: null,
  resourceGroup: null,
  managementGroup: null,
  location: null,
  deploymentName: "main",
};

function planOf(file: string): Plan {
  const path = `${FOLDER}/${file}`;
  const workspace = file.endsWith(".bicep")
    ? loadWorkspace(path, confinedFiles({ root: CORPUS, moduleFolders: [], environment: new Map() }))
    : undefined;
  const template = workspace === undefined ? readJsonc(corpusText(path), path) : lower(workspace).template;
  if (template === undefined) throw new Error(`${file} has no template`);
  const request = { template, parameters: [], scope: NOWHERE, strictParameters: false, linkedTemplates: new Map() };
  return expandTemplate({ source: "arm-template", ...request }).plan;
}

/** Every path of a body, and for each object one that is not there. */
function* pathsIn(value: Value, path: PropertyPath = []): Generator<PropertyPath> {
  if (path.length > 0) yield path;
  if (isObject(value)) yield [...path, "notThere"];
  const members: readonly (readonly [PathSegment, Value])[] = isArray(value)
    ? value.map((element, index) => [index, element])
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [segment, member] of members) yield* pathsIn(member, [...path, segment]);
}

/** The lines of the properties that a description names; of all properties and blocks where it names none that is there. */
function candidateLines(plan: Plan, description: string): ReadonlySet<number | null> {
  const words = new Set(description.split(/[^A-Za-z]+/).filter((word) => /^[a-z]+[A-Z]/.test(word)));
  const places = plan.resources.flatMap((resource) => placesOf(plan, resource));
  const named = places.filter(({ name }) => words.has(name));
  const isAbsent = /\bnot (?:defined|given|set|specified)|missing|\bNo\b|no value/i.test(description);
  return new Set((named.length > 0 && !isAbsent ? named : places).map(({ line }) => line));
}

function placesOf(
  plan: Plan,
  resource: PlannedResource,
): readonly { readonly name: string; readonly line: number | null }[] {
  const paths: PropertyPath[] = [[], ...pathsIn(resource.after)];
  return paths.map((path) => ({ name: String(path.at(-1) ?? ""), line: plan.locate(resource, path).startLine }));
}

describe.skipIf(noCorpus !== undefined)(
  `lines at which other tools expect findings${noCorpus === undefined ? "" : ` (skipped: ${noCorpus})`}`,
  () => {
    const expected: readonly Expected[] =
      noCorpus === undefined ? (JSON.parse(corpusText(`${FOLDER}/expected.json`)) as Expected[]) : [];
    const failing = expected.filter(({ failures }) => failures.length > 0);

    it("are many", () => {
      expect(failing.flatMap(({ failures }) => failures).length).toBeGreaterThan(250);
    });

    it.each(failing.map(({ file, failures }) => [file, failures] as const))("%s", (file, failures) => {
      const plan = planOf(file);
      const missed = failures.filter(({ line, description }) => !candidateLines(plan, description).has(line));
      expect(missed).toEqual([]);
    });
  },
);
