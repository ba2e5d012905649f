import { describe, expect, it } from "vitest";
import { planDigests } from "../../src/deploy/digest.ts";
import { Sensitive, Unknown, type Value } from "../../src/expression/value.ts";
import { planFrom, refusalOf, storage, storageBicep, templateJson } from "../support/templates.ts";

const TYPES = ["string", "int", "bool", "array", "object", "securestring"];
const parameters = Object.fromEntries(TYPES.map((type) => [`a${type}`, { type }]));
const outputs = Object.fromEntries(TYPES.map((type) => [`a${type}`, { type, value: `[parameters('a${type}')]` }]));
const FILES = {
  "main.json": templateJson([], {
    definitions: { size: { type: "int" } },
    languageVersion: "2.0",
    parameters: { ...parameters, aref: { $ref: "#/definitions/size" } },
    outputs: { ...outputs, aref: { type: "int", value: "[parameters('aref')]" } },
  }).replace('"resources":[]', '"resources":{}'),
};

async function outputOf(name: string, lines: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const plan = await planFrom({ ...FILES, ...files }, "main.json", { parameters: lines });
  return plan.outputs[name]?.value;
}

describe("NAME=VALUE", () => {
  it.each<[string, string, Value]>([
    ["astring", "5", "5"],
    ["astring", "a=b=c", "a=b=c"],
    ["astring", "line\nline", "line\nline"],
    ["astring", "[concat('a', 'b')]", "[concat('a', 'b')]"],
    ["astring", "", ""],
    ["aint", "5", 5],
    ["aint", "-5", -5],
    ["abool", "true", true],
    ["abool", "False", false],
    ["aarray", '["x", 1]', ["x", 1]],
    ["aobject", "{ 'x': [1], /* y */ }", { x: [1] }],
    ["aref", "7", 7],
    ["ASTRING", "any case", "any case"],
  ])("%s=%s", async (name, text, expected) => {
    expect(await outputOf(name.toLowerCase(), [`${name}=${text}`])).toEqual(expected);
  });

  it("keeps a secret one a secret", async () => {
    const value = await outputOf("asecurestring", ["asecurestring=canary"]);
    expect(value).toBeInstanceOf(Sensitive);
  });

  it.each([
    ["of a text", { type: "securestring", allowedValues: ["a"] }, "p=canary"],
    [
      "in a secret object",
      { type: "secureObject", properties: { k: { type: "string", allowedValues: ["a"] } } },
      'p={"k":"canary"}',
    ],
    ["as a name in a secret object", { type: "secureObject", additionalProperties: false }, 'p={"canary":1}'],
    ["in a list", { type: "array", items: { type: "securestring", allowedValues: ["a"] } }, 'p=["canary"]'],
    [
      "in an object",
      { type: "object", properties: { k: { type: "securestring", allowedValues: ["a"] } } },
      'p={"k":"canary"}',
    ],
  ])("never shows a refused secret %s", async (_, type, line) => {
    const more = { languageVersion: "2.0", parameters: { p: type } };
    const files = { "main.json": templateJson([], more).replace('"resources":[]', '"resources":{}') };
    const refusal = await refusalOf(files, "main.json", { parameters: [line] });
    expect(refusal).toContain("parameter 'p");
    expect(refusal).toContain("«secret»");
    expect(refusal).not.toContain("canary");
  });

  it("has vault, name and version of a secret in the digest", async () => {
    const reference = (secretName: string, id = "/v") => JSON.stringify({ keyVault: { id }, secretName });
    const digestOf = async (text: string) => {
      const given = `{ "parameters": { "asecurestring": { "reference": ${text} } } }`;
      const plan = await planFrom({ ...FILES, "p.json": given }, "main.json", { parameters: ["p.json"] });
      return planDigests(plan).digest;
    };
    const own = await digestOf(reference("s"));
    expect(await digestOf(`${reference("s")} /* same */`)).toBe(own);
    expect(await digestOf(reference("s2"))).not.toBe(own);
    expect(await digestOf(reference("s", "/w"))).not.toBe(own);
  });

  it("keeps a secret member out of the digest", async () => {
    const p = { type: "object", properties: { k: { type: "securestring" }, n: { type: "int" } } };
    const main = templateJson([], { languageVersion: "2.0", parameters: { p } });
    const files = { "main.json": main.replace('"resources":[]', '"resources":{}') };
    const digestOf = async (value: string) =>
      planDigests(await planFrom(files, "main.json", { parameters: [`p=${value}`] })).digest;
    expect(await digestOf('{"k":"a","n":1}')).toBe(await digestOf('{"k":"b","n":1}'));
    expect(await digestOf('{"k":"a","n":1}')).not.toBe(await digestOf('{"k":"a","n":2}'));
  });

  it.each([
    ["aint=five", "PARAMETER_INVALID: main.json: the parameter aint is of type int, and its value is not JSON"],
    ["nope=1", "PARAMETER_INVALID: main.json does not declare the parameters that were given: 'nope'"],
    ["none.json", "SOURCE_NOT_FOUND: main.json: none.json does not exist"],
  ])("refuses %s", async (line, message) => {
    expect(await refusalOf(FILES, "main.json", { parameters: [line] })).toBe(message);
  });

  it("refuses a value of another type", async () => {
    expect(await refusalOf(FILES, "main.json", { parameters: ["aint=true"] })).toMatch(
      /_INVALID: .*parameter 'aint' is not valid. Expected a value of type 'Integer'/,
    );
  });
});

describe("parameter files", () => {
  const file = (entries: string) => `{
    // of production
    "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
    "contentVersion": "1.0.0.0",
    "parameters": { ${entries} },
  }`;

  it("may have comments, trailing commas and texts that look like expressions", async () => {
    const files = { "p.json": file(`"astring": { "value": "[concat('a')]" }, // x\n`) };
    expect(await outputOf("astring", ["p.json"], files)).toBe("[concat('a')]");
  });

  it("may be without their frame", async () => {
    expect(await outputOf("aint", ["p.json"], { "p.json": '{ "aint": { "value": 3 } }' })).toBe(3);
  });

  it("give way to what comes later", async () => {
    const files = { "p.json": file(`"aint": { "value": 1 }`), "q.json": file(`"AINT": { "value": 2 }`) };
    expect(await outputOf("aint", ["p.json", "q.json"], files)).toBe(2);
    expect(await outputOf("aint", ["q.json", "p.json"], files)).toBe(1);
    expect(await outputOf("aint", ["q.json", "aint=3"], files)).toBe(3);
  });

  it("leave what a vault holds unknown and secret", async () => {
    const files = {
      "p.json": file(`"asecurestring": { "reference": { "keyVault": { "id": "/v" }, "secretName": "s" } }`),
    };
    expect(await outputOf("asecurestring", ["p.json"], files)).toMatchObject({ reason: "key-vault", sensitive: true });
  });

  it.each([
    ["{}", 'PARAMETER_INVALID: main.json: p.json is not a parameter file: it has no object "parameters"'],
    [
      '{ "parameters": [] }',
      'PARAMETER_INVALID: main.json: p.json is not a parameter file: it has no object "parameters"',
    ],
    [
      '{ "parameters": {\n "aint": { "reference": {} } } }',
      "PARAMETER_INVALID: main.json: p.json:2:2: parameter aint has neither a value nor a Key Vault reference",
    ],
    ["{", /^SOURCE_NOT_JSON: .*p\.json/],
    ["astring: 1", /^SOURCE_NOT_JSON: .*p\.json/],
  ])("%j is refused", async (text, message) => {
    const refusal = await refusalOf({ ...FILES, "p.json": text }, "main.json", { parameters: ["p.json"] });
    if (typeof message === "string") expect(refusal).toBe(message);
    else expect(refusal).toMatch(message);
  });

  it("point findings at the line of the value", async () => {
    const template = templateJson([storage("a", { minimumTlsVersion: "[parameters('tls')]" })], {
      parameters: { tls: { type: "string" } },
    });
    const files = { "main.json": template, "p.json": '{ "parameters": {\n  "tls": { "value": "TLS1_0" }\n} }' };
    const plan = await planFrom(files, "main.json", { parameters: ["p.json"] });
    const [resource] = plan.resources;
    if (resource === undefined) throw new Error("no resource");
    expect(plan.locate(resource, ["properties", "minimumTlsVersion"])).toMatchObject({ file: "p.json", startLine: 2 });
  });
});

describe("a parameters file in Bicep", () => {
  const files = {
    "main.bicep": `param name string\n@secure()\nparam key string\n${storageBicep("name", "{ k: key }")}output n string = name\n`,
    "prod.bicepparam":
      "using 'main.bicep'\nparam name = readEnvironmentVariable('NAME', 'fallback')\nparam key = readEnvironmentVariable('KEY')\n",
    "other.bicepparam": "using none\nparam name = 'other'\nparam key = 'k'\n",
  };

  it("brings its template", async () => {
    const plan = await planFrom(files, "prod.bicepparam");
    expect(plan.resources.map(({ name }) => name)).toEqual(["fallback"]);
    expect(plan.source).toBe("bicep");
  });

  it("gives a Bicep file its values", async () => {
    const plan = await planFrom(files, "main.bicep", { parameters: ["other.bicepparam"] });
    expect(plan.outputs["n"]?.value).toBe("other");
  });

  it("gives way to single values", async () => {
    const plan = await planFrom(files, "prod.bicepparam", { parameters: ["name=single"] });
    expect(plan.outputs["n"]?.value).toBe("single");
  });

  it("reads only the environment variables that are named", async () => {
    const keyOf = async (environment: ReadonlyMap<string, string | undefined>) => {
      const plan = await planFrom(files, "prod.bicepparam", { environment });
      const [body] = plan.resources.map(({ after }) => after);
      return body;
    };
    expect(await keyOf(new Map())).toMatchObject({ properties: { k: { reason: "environment" } } });
    expect(await keyOf(new Map([["KEY", "canary"]]))).toMatchObject({ properties: { k: expect.any(Sensitive) } });
    const plan = await planFrom(files, "prod.bicepparam", { environment: new Map([["NAME", "allowed"]]) });
    expect(plan.outputs["n"]?.value).toBe("allowed");
  });

  it("is refused without a template", async () => {
    expect(await refusalOf(files, "other.bicepparam")).toBe("BICEP_FAILED: other.bicepparam names no template");
  });

  it("is not judged when its template is not at hand", async () => {
    const plan = await planFrom({ "m.bicepparam": "using 'br:r.io/a/b:1.0'\n" }, "m.bicepparam");
    expect(plan.notAnalysed).toMatchObject([{ resource: "br:r.io/a/b:1.0" }]);
  });
});

describe("a required parameter without a value", () => {
  const files = { "main.bicep": `param name string\n${storageBicep("name")}` };

  it("is unknown, with a notification", async () => {
    const plan = await planFrom(files, "main.bicep");
    expect(plan.resources[0]?.name).toBeInstanceOf(Unknown);
    expect(plan.notifications).toMatchObject([{ level: "warning", code: "parameter-missing" }]);
  });

  it("is refused when parameters are strict", async () => {
    expect(await refusalOf(files, "main.bicep", { strictParameters: true })).toBe(
      "PARAMETER_MISSING: main.bicep:1:7: the parameter 'name' has no value",
    );
  });

  it("is also refused for want of an environment variable", async () => {
    const withFile = { ...files, "p.bicepparam": "using 'main.bicep'\nparam name = readEnvironmentVariable('N')\n" };
    expect(await refusalOf(withFile, "p.bicepparam", { strictParameters: true })).toBe(
      "PARAMETER_MISSING: p.bicepparam:2:14: BCP427: the parameter 'name' needs readEnvironmentVariable('N')",
    );
  });
});
