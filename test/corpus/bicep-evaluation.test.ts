import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isObject, Sensitive, Unknown, type Value } from "../../src/expression/value.ts";
import { expandTemplate } from "../../src/sources/arm/template/expand-template.ts";
import { toGivenParameters } from "../../src/sources/bicep/lower/lower-parameters.ts";
import { lower } from "../../src/sources/bicep/lower/lower.ts";
import { confinedFiles } from "../../src/sources/bicep/workspace/confined-files.ts";
import { loadWorkspace } from "../../src/sources/bicep/workspace/workspace.ts";
import { corpusText, noCorpus } from "../support/shared-corpus.ts";

interface EvaluationTest {
  readonly test: string;
  readonly sources: readonly string[];
  readonly expected: readonly { readonly path: string; readonly value?: unknown; readonly csharpValue: string }[];
}

const PATH = "arm-expand/bicep-evaluation/EvaluationTests.json";
const SCOPE = {
  kind: null,
  tenantId: null,
  subscriptionId: null,
  resourceGroup: null,
  managementGroup: null,
  location: null,
  deploymentName: "main",
};

/** The outputs of the test's template, with the parameters of its parameters file if it has one. */
function outputsOf({ sources }: EvaluationTest): Readonly<Record<string, Value>> {
  const parameters = sources.find((source) => source.trimStart().startsWith("using "));
  const template = sources.find(
    (source) => source !== parameters && /^\s*(?:output|param|var|func|resource)\b/m.test(source),
  );
  const root = mkdtempSync(join(tmpdir(), "portcullis-evaluation-"));
  try {
    writeFileSync(join(root, "main.bicep"), template ?? "");
    if (parameters !== undefined) writeFileSync(join(root, "main.bicepparam"), parameters);
    const entry = parameters === undefined ? "main.bicep" : "main.bicepparam";
    const workspace = loadWorkspace(entry, confinedFiles({ root, moduleFolders: [], environment: new Map() }));
    const lowered = workspace === undefined ? undefined : lower(workspace);
    if (lowered?.template === undefined) throw new Error("there is no template");
    const given = lowered.parameters === undefined ? [] : [toGivenParameters(lowered.parameters)];
    const { plan } = expandTemplate({
      source: "bicep",
      template: lowered.template,
      parameters: given,
      scope: SCOPE,
      strictParameters: false,
      linkedTemplates: new Map(),
    });
    return Object.fromEntries(Object.entries(plan.outputs).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(root, { recursive: true });
  }
}

function plain(value: Value): unknown {
  if (value instanceof Unknown) return `unknown: ${value.expression ?? value.reason}`;
  if (value instanceof Sensitive) return value.value;
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
    : value;
}

/** The outputs that a test names, with their values; what it expects of variables and assertions is not in a plan. */
function expectedOutputs({ expected }: EvaluationTest): readonly (readonly [string, unknown])[] {
  return expected.flatMap(({ path, value: given, csharpValue }) => {
    const value = given ?? scalarIn(csharpValue);
    const { quoted, dotted } =
      /^\$\.outputs(?:\['(?<quoted>[^']+)'\]|\.(?<dotted>\w+))\.value$/.exec(path)?.groups ?? {};
    const name = quoted ?? dotted;
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
}

/** The value in `new JValue(1)`. */
function scalarIn(csharp: string): unknown {
  const text = /^new JValue\((?<text>true|false|-?\d+|"[^"\\]*")\)$/.exec(csharp)?.groups?.["text"];
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

describe.skipIf(noCorpus !== undefined)(
  `evaluation tests of the Bicep compiler${noCorpus === undefined ? "" : ` (skipped: ${noCorpus})`}`,
  () => {
    const all: readonly EvaluationTest[] =
      noCorpus === undefined ? (JSON.parse(corpusText(PATH)) as EvaluationTest[]) : [];
    // The compiler's own test plays Azure and answers for the existing resource.
    const tests = all.filter(
      (test) => expectedOutputs(test).length > 0 && test.test !== "Existing_resource_property_access_works",
    );

    it("are many", () => {
      expect(tests.flatMap(expectedOutputs).length).toBeGreaterThan(50);
    });

    it.each(tests.map((test) => [test.test, test] as const))("%s", (_, test) => {
      const outputs = outputsOf(test);
      const expected = expectedOutputs(test);
      const ours = expected.map(([name]) => [name, plain(outputs[name] ?? null)]);
      expect(ours).toEqual(expected);
    });
  },
);
