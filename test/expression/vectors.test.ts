import { readFileSync } from "node:fs";
import { join } from "node:path";
import { array, type InferOutput, literal, object, optional, picklist, strictObject, string, unknown } from "valibot";
import { describe, expect, it } from "vitest";
import { ArmObject, type ArmValue, isArmArray } from "../../src/expression/arm-value.ts";
import { printJson } from "../../src/expression/json/print-json.ts";
import { readJson } from "../../src/expression/json/read-json.ts";
import { describe as describeResult, isKnown } from "../support/expression-agreement.ts";
import { evaluateIn, FORMS, WORLDS } from "../support/expression-world.ts";
import { readJsonFile } from "../support/json-file.ts";

/*
 * What Microsoft's own engine (Bicep CLI 0.49.2) makes of expressions. The rows were recorded for this project; how they stand in a
 * template is told in `vectors/README.md`.
 */

const Vector = strictObject({
  expr: string(),
  scope: optional(picklist(WORLDS)),
  form: optional(picklist(FORMS)),
  insideOnly: optional(literal(true)),
  value: optional(unknown()),
  raw: optional(string()),
  error: optional(literal(true)),
  unevaluated: optional(string()),
});
type Vector = InferOutput<typeof Vector>;
const Group = strictObject({ family: string(), function: string(), vectors: array(Vector) });
const KnownHash = object({ args: array(string()), expected: string() });

const FOLDER = join(import.meta.dirname, "vectors");
const GROUPS = [
  ...readJsonFile(join(FOLDER, "functions.json"), array(Group)),
  { family: "random", function: "random", vectors: readJsonFile(join(FOLDER, "random.json"), array(Vector)) },
];
const HASHES = readJsonFile(join(FOLDER, "unique-string.json"), array(KnownHash));

/** Residual texts that are not the engine's, with the reasons in `docs/evaluator-differences.md`. */
const OTHER_TEXTS = new Set([
  "deployment()",
  "deployment().properties",
  "deployment().properties.template",
  "deployment().properties.mode",
  "deployment().location",
  "deployment().id",
  "deployment().properties.templateLink.uri",
  "reference('Microsoft.Storage/storageAccounts/s')",
]);

describe.each(GROUPS)("$family: $function", ({ vectors }) => {
  it.each(vectors)("$expr", (vector) => {
    expect(ours(vector)).toEqual(theirs(vector));
  });
});

describe("residual texts", () => {
  it("are those of Microsoft's engine, apart from the documented ones", () => {
    const waiting = GROUPS.flatMap(({ vectors }) => vectors).filter(({ unevaluated }) => unevaluated !== undefined);
    const other = waiting.filter((vector) => {
      return describeResult(evaluate(vector)) !== `unknown: ${vector.unevaluated?.slice(1, -1)}`;
    });
    expect(waiting.length).toBeGreaterThan(0);
    expect(other.filter(({ expr }) => !OTHER_TEXTS.has(expr))).toEqual([]);
  });
});

describe("the page about differences", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/evaluator-differences.md"), "utf8");

  it.each([...OTHER_TEXTS])("lists %s", (expression) => {
    expect(page).toContain(`\`${expression}\``);
  });
});

describe("uniqueString", () => {
  it.each(HASHES)("$args gives $expected", ({ args, expected }) => {
    const call = `uniqueString(${args.map((arg) => `'${arg}'`).join(", ")})`;
    expect(evaluateIn("resourceGroup", "none", call)).toEqual({ ok: true, value: expected });
  });
});

function evaluate({ expr, scope, form }: Vector): ReturnType<typeof evaluateIn> {
  return evaluateIn(scope ?? "resourceGroup", form ?? "none", expr);
}

function ours(vector: Vector): string {
  const result = evaluate(vector);
  if (!result.ok) return "error";
  return isKnown(result.value) ? printJson(sorted(result.value)) : "unknown";
}

/** A vector's JSON went through JavaScript, which moves names that look like numbers to the front: the order cannot be compared. */
function theirs(vector: Vector): string {
  if (vector.error === true) return "error";
  if (vector.unevaluated !== undefined) return "unknown";
  const value = readJson(vector.raw ?? JSON.stringify(vector.value), 100);
  return value === undefined ? "not JSON" : printJson(sorted(value));
}

function sorted(value: ArmValue): ArmValue {
  if (isArmArray(value)) return value.map(sorted);
  if (!(value instanceof ArmObject)) return value;
  const members = [...value.members].sort(([left], [right]) => (left < right ? -1 : 1));
  return ArmObject.of(members.map(([name, member]) => [name, sorted(member)] as const));
}
