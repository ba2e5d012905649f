import { describe, expect, test } from "vitest";
import { Unknown, type Value } from "../../src/expression/value.ts";
import type { PlannedResource } from "../../src/plan/planned-resource.ts";
import { parseResourceId } from "../../src/plan/resource-id.ts";
import { bicepCli } from "../../src/sources/bicep/cli/bicep-cli.ts";
import { compareExpansions } from "../../src/sources/bicep/second-opinion/compare-expansions.ts";
import {
  isExpression,
  parsePredictedResources,
  type PredictedResource,
} from "../../src/sources/bicep/second-opinion/predicted-resource.ts";
import { findBicepCli } from "../support/bicep-cli.ts";
import { CORPUS, corpusFiles, corpusText, noCorpus } from "../support/shared-corpus.ts";

interface Case {
  readonly template: string;
  readonly parameters: Readonly<Record<string, Value>>;
  readonly scope: Readonly<Record<string, string>>;
  readonly predictedResources: readonly object[];
  readonly error?: unknown;
}

/** A process for each case: a few of every kind are enough. */
const EVERY = 45;

const program = findBicepCli();
const missing = noCorpus ?? (program === null ? "there is no Bicep CLI" : undefined);

function someCases(): readonly Case[] {
  const files = corpusFiles("arm-expand/golden/**/*.json").map((path) => JSON.parse(corpusText(path)) as unknown);
  const all = files.flatMap((file) => (file as { readonly cases?: readonly Case[] }).cases ?? []);
  return all.filter(({ error }, index) => error === undefined && index % EVERY === 0);
}

/** The recorded resource as a plan would have it. */
function planned({ id, type, name, apiVersion, body }: PredictedResource): PlannedResource {
  return {
    id: parseResourceId(id ?? "") ?? new Unknown("scope", id?.slice(1, -1)),
    address: null,
    type,
    name: isExpression(name ?? "") ? new Unknown("runtime-function", name?.slice(1, -1)) : (name ?? ""),
    apiVersion,
    changeType: "create",
    potential: false,
    outside: false,
    before: null,
    after: body,
    dependsOn: [],
  };
}

describe.skipIf(missing !== undefined)(
  `expansions recorded in the corpus${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    test("are those that the Bicep CLI gives when we ask it", { timeout: 240_000 }, async () => {
      const cases = someCases();
      expect(cases.length).toBeGreaterThan(8);
      const cli = bicepCli({
        root: CORPUS,
        workingDirectory: CORPUS,
        named: program ?? undefined,
        searchPath: "/usr/bin",
        homeFolder: undefined,
        environment: new Map(),
        moduleFolders: [],
      });
      for (const { template, parameters, scope: where, predictedResources } of cases) {
        const { kind: _kind, ...scope } = where;
        const given = template.endsWith(".bicepparam") ? null : new Map(Object.entries(parameters));
        const request = { path: template, parameters: given, scope };
        const { snapshot } = await cli.expand(request, new AbortController().signal);
        const recorded = parsePredictedResources(JSON.stringify({ predictedResources })).map(planned);
        const { differences, equal } = compareExpansions(recorded, parsePredictedResources(snapshot));
        expect({ template, equal, differences }).toEqual({ template, equal: recorded.length, differences: [] });
      }
    });
  },
);
