import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { GateError } from "../../src/diagnostics/gate-error.ts";
import type { Value } from "../../src/expression/value.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { expandTemplate } from "../../src/sources/arm/template/expand-template.ts";
import { lower } from "../../src/sources/bicep/lower/lower.ts";
import { toGivenParameters } from "../../src/sources/bicep/lower/lower-parameters.ts";
import { confinedFiles } from "../../src/sources/bicep/workspace/confined-files.ts";
import { loadWorkspace } from "../../src/sources/bicep/workspace/workspace.ts";
import { differencesOf } from "../support/golden.ts";
import vectors from "./bicep-vectors.json" with { type: "json" };

interface Vector {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly options: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, Value>>;
  readonly predictedResources?: readonly Readonly<Record<string, Value>>[];
  readonly errors?: readonly { readonly stage?: string; readonly code?: string }[];
}

/** What we make of a vector; it is written to a folder of its own first. */
function expand({ files, entry, options }: Vector): Plan {
  const root = mkdtempSync(join(tmpdir(), "portcullis-vector-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const workspace = loadWorkspace(entry, confinedFiles({ root, moduleFolders: [], environment: new Map() }));
    if (workspace === undefined) throw new Error(`${entry} does not exist`);
    const { template, parameters } = lower(workspace);
    if (template === undefined) throw new Error(`${entry} has no template`);
    const scope = {
      kind: null,
      tenantId: options["tenantId"] ?? null,
      subscriptionId: options["subscriptionId"] ?? null,
      resourceGroup: options["resourceGroup"] ?? null,
      managementGroup: options["managementGroupId"] ?? null,
      location: options["location"] ?? null,
      deploymentName: entry.replace(/^.*\/|\.\w+$/g, ""),
    };
    const given = parameters === undefined ? [] : [toGivenParameters(parameters)];
    const request = { template, parameters: given, scope, strictParameters: true, linkedTemplates: new Map() };
    return expandTemplate({ source: "bicep", ...request }).plan;
  } finally {
    rmSync(root, { recursive: true });
  }
}

const all: readonly Vector[] = vectors;
const compiled = all.filter(({ errors }) => errors === undefined || errors[0]?.stage === "evaluate");

describe("Bicep language cases", () => {
  it("are many", () => {
    expect(compiled.length).toBeGreaterThan(100);
  });

  it.each(compiled.map((vector) => [vector.name, vector] as const))("%s", (_, vector) => {
    if (vector.errors !== undefined) {
      expect(() => expand(vector)).toThrow(GateError);
      return;
    }
    const { predictedResources = [], outputs = {} } = vector;
    const golden = { template: vector.entry, parameters: {}, scope: { kind: "resourceGroup" as const } };
    expect(differencesOf(expand(vector), { ...golden, predictedResources, outputs })).toEqual([]);
  });
});
