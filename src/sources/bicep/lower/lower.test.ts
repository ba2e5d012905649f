import { describe, expect, test } from "vitest";
import { printNode } from "../../../expression/print.ts";
import { Unknown } from "../../../expression/value.ts";
import { valueOf, type TemplateNode } from "../../arm/template/node.ts";
import type { EnvironmentVariable, SourceFiles } from "../workspace/source-files.ts";
import { loadWorkspace } from "../workspace/workspace.ts";
import { toGivenParameters } from "./lower-parameters.ts";
import { lower, type Lowered } from "./lower.ts";
import { toJson } from "../../arm/template/to-json.ts";

const ENVIRONMENT: Readonly<Record<string, EnvironmentVariable>> = {
  SET: { state: "set", value: "from the environment" },
  UNSET: { state: "unset" },
};

function sourcesOf(files: Readonly<Record<string, string>>): SourceFiles {
  return {
    read: (path) => (files[path] === undefined ? undefined : new TextEncoder().encode(files[path])),
    hasFolder: () => false,
    list: () => undefined,
    isOutside: () => false,
    findModule: () => undefined,
    environmentVariable: (name) => ENVIRONMENT[name] ?? { state: "withheld" },
  };
}

function lowerFiles(files: Readonly<Record<string, string>>, entry = "main.bicep"): Lowered {
  const workspace = loadWorkspace(entry, sourcesOf(files));
  if (workspace === undefined) throw new Error("no entry");
  return lower(workspace);
}

/** The part of a template at a path of names and indexes. */
function at(node: TemplateNode | undefined, path: string): TemplateNode {
  const found = path
    .split(".")
    .reduce<TemplateNode | undefined>(
      (part, step) => (part?.kind === "array" ? part.elements[Number(step)] : valueOf(part, step)),
      node,
    );
  if (found === undefined) throw new Error(`nothing at ${path}`);
  return found;
}

function sourceOf({ file, start, end }: TemplateNode): string {
  return `${file.name}: ${file.text.slice(start, end)}`;
}

const FILES = {
  "main.bicep": `param size int = 3
var tags = { team: 'ai' }
resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: 'acc-\${size}'
  location: 'westeurope'
  tags: tags
  properties: {
    disableLocalAuth: false
    networkAcls: { ipRules: [for i in range(0, size): { value: '10.0.0.\${i}' }] }
  }
}
module inner 'modules/inner.bicep' = { name: 'inner', params: { key: account.properties.endpoint } }
`,
  "modules/inner.bicep": `param key string
var settings = loadJsonContent('settings.json')
output key string = '\${key}\${settings.a}'
`,
  "modules/settings.json": `{ "a": 1, "b": ["x"] }`,
};

describe("places", () => {
  const { template } = lowerFiles(FILES);

  test.each([
    ["parameters.size.defaultValue", "main.bicep: 3"],
    ["parameters.size.type", "main.bicep: int"],
    ["variables.tags.team", "main.bicep: 'ai'"],
    ["resources.0.name", "main.bicep: 'acc-${size}'"],
    ["resources.0.type", "main.bicep: 'Microsoft.CognitiveServices/accounts@2024-10-01'"],
    ["resources.0.properties.disableLocalAuth", "main.bicep: false"],
    ["resources.0.properties.networkAcls.copy.0.input.value", "main.bicep: '10.0.0.${i}'"],
    ["resources.1.properties.parameters.key.value", "main.bicep: account.properties.endpoint"],
    ["resources.1.properties.template.outputs.key.value", "modules/inner.bicep: '${key}${settings.a}'"],
    ["resources.1.properties.template.variables.$fxv#0.b.0", 'modules/settings.json: "x"'],
  ])("%s is where it was written", (path, source) => {
    expect(sourceOf(at(template, path))).toBe(source);
  });

  test("names of members have places of their own", () => {
    const properties = at(template, "resources.0.properties");
    const member = properties.kind === "object" ? properties.members.get("disableLocalAuth") : undefined;
    expect(member?.file.placeOf(member.start)).toEqual({ line: 8, column: 5 });
  });

  test("parts of expressions keep their places", () => {
    const value = at(template, "resources.1.properties.template.outputs.key.value");
    const last = value.kind === "expression" && value.expression.kind === "call" ? value.expression.args[2] : undefined;
    expect(value.file.text.slice(last?.span.start, last?.span.end)).toBe("settings.a");
  });
});

test("a module that is used twice is lowered once", () => {
  const { template } = lowerFiles({
    "main.bicep": "module a 'm.bicep' = { name: 'a' }\nmodule b 'm.bicep' = { name: 'b' }",
    "m.bicep": "output o string = 'x'",
  });
  expect(at(template, "resources.0.properties.template")).toBe(at(template, "resources.1.properties.template"));
});

test("a registry module that is not at hand is marked with its reference", () => {
  const { template } = lowerFiles({ "main.bicep": "module a 'br:r.io/m/a:1.0' = { name: 'a' }" });
  expect(toJson(at(template, "resources.0.properties.template"))).toBe("[unresolvedModule('br:r.io/m/a:1.0')]");
});

describe("parameters files", () => {
  const given = (text: string): ReadonlyMap<string, { readonly value: unknown }> => {
    const { parameters } = lowerFiles({ "main.bicep": "", "main.bicepparam": text }, "main.bicepparam");
    return parameters === undefined ? new Map() : toGivenParameters(parameters);
  };

  test.each([
    ["readEnvironmentVariable('SET')", "from the environment"],
    ["readEnvironmentVariable('UNSET', 'fallback')", "fallback"],
    ["readEnvironmentVariable('SECRET', 'fallback')", "fallback"],
    ["'${1 + 2}'", "3"],
  ])("%s is worked out", (source, value) => {
    expect(given(`using 'main.bicep'\nparam a = ${source}`).get("a")?.value).toBe(value);
  });

  test.each([
    ["readEnvironmentVariable('SECRET')", "environment", "readEnvironmentVariable('SECRET')"],
    ["'a-${readEnvironmentVariable('SECRET')}'", "environment", "format('a-{0}', readEnvironmentVariable('SECRET'))"],
    ["externalInput('sys.cli', 'x')", "external", "externalInputs('sys_cli_0')"],
    ["getSecret('s', 'g', 'v', 'n')", "key-vault", "parameters('a')"],
  ])("%s stays unknown", (source, reason, expression) => {
    const value = given(`using 'main.bicep'\nparam a = ${source}`).get("a")?.value;
    expect(value).toBeInstanceOf(Unknown);
    expect(value).toMatchObject({ reason, expression });
  });

  test("a value that cannot be worked out is refused", () => {
    expect(() => given("using 'main.bicep'\nparam a = int('x')")).toThrow(
      expect.objectContaining({ code: "PARAMETER_INVALID" }),
    );
  });
});

test("a template cannot name the marks of what is not known", () => {
  const { template } = lowerFiles({ "main.bicep": "output a string = unresolvedModule('x')" });
  const value = at(template, "outputs.a.value");
  expect(value.kind === "expression" && value.expression.kind === "call" ? value.expression.key : "").not.toMatch(
    /^#/u,
  );
  expect(value.kind === "expression" ? printNode(value.expression) : "").toBe("unresolvedModule('x')");
});

test("all parts of expressions lie in the file of their node", () => {
  const { template } = lowerFiles({
    ...FILES,
    "main.bicep": "func f() object => loadJsonContent('modules/settings.json')\noutput o object = f()",
  });
  const body = at(template, "functions.0.members.f.output.value");
  expect(sourceOf(body)).toBe('modules/settings.json: { "a": 1, "b": ["x"] }');
  const { template: other } = lowerFiles({
    ...FILES,
    "main.bicep": "func f() string => string(loadJsonContent('modules/settings.json'))\noutput o string = f()",
  });
  const value = at(other, "functions.0.members.f.output.value");
  const part = value.kind === "expression" && value.expression.kind === "call" ? value.expression.args[0] : undefined;
  expect(value.file.text.slice(part?.span.start, part?.span.end)).toBe("loadJsonContent('modules/settings.json')");
});
