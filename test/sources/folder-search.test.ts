import { describe, expect, it } from "vitest";
import { type Files, loadFrom, storage, storageBicep, templateJson } from "../support/templates.ts";

const STORE = storageBicep("'a'");
const COMPILED = { metadata: { _generator: { name: "bicep", version: "0.49.2" } } };
const link = (properties: object) => ({
  type: "Microsoft.Resources/deployments",
  apiVersion: "2022-09-01",
  name: "linked",
  properties: { mode: "Incremental", templateLink: properties },
});

async function targetsIn(files: Files, folder = "."): Promise<readonly string[]> {
  const { targets } = await loadFrom(files, [folder]);
  return targets.map(({ name, error }) => (error === null ? name : `${name}: ${error.code}`));
}

it("says that a folder of modules is none", async () => {
  await expect(loadFrom({ "a.bicep": STORE }, ["a.bicep"], { modules: ["vendor"] })).rejects.toMatchObject({
    code: "USAGE",
    message: expect.stringContaining("vendor"),
  });
});

describe("a folder", () => {
  it.each<[string, Files, readonly string[]]>([
    [
      "gives entry files, not their modules",
      { "main.bicep": "module m 'modules/m.bicep' = {\n  name: 'm'\n}\n", "modules/m.bicep": STORE },
      ["main.bicep"],
    ],
    [
      "gives modules that nothing uses",
      { "modules/a.bicep": STORE, "modules/b.bicep": STORE },
      ["modules/a.bicep", "modules/b.bicep"],
    ],
    [
      "gives each parameters file, not the template of both",
      { "main.bicep": STORE, "prod.bicepparam": "using 'main.bicep'\n", "test.bicepparam": "using 'main.bicep'\n" },
      ["prod.bicepparam", "test.bicepparam"],
    ],
    [
      "gives no parameters file that others extend",
      {
        "main.bicep": STORE,
        "base.bicepparam": "using none\n",
        "prod.bicepparam": "using 'main.bicep'\nextends 'base.bicepparam'\n",
      },
      ["prod.bicepparam"],
    ],
    [
      "gives no file that only has types",
      {
        "main.bicep": `import { t } from 'types.bicep'\n${STORE}`,
        "types.bicep": "@export()\ntype t = string\n",
        "more.bicep": "@export()\nvar x = 1\n",
      },
      ["main.bicep"],
    ],
    [
      "gives one of several files in a circle",
      {
        "a.bicep": "module b 'b.bicep' = {\n  name: 'b'\n}\n",
        "b.bicep": "module a 'a.bicep' = {\n  name: 'a'\n}\n",
      },
      ["a.bicep: BICEP_FAILED"],
    ],
    [
      "gives no template that another one links to",
      {
        "azuredeploy.json": templateJson([link({ relativePath: "nested/store.json" })]),
        "nested/store.json": templateJson([storage("a")]),
      },
      ["azuredeploy.json"],
    ],
    [
      "gives no template that another one links to by an expression",
      {
        "azuredeploy.json": templateJson([
          link({ uri: "[uri(deployment().properties.templateLink.uri, 'nested/store.json')]" }),
        ]),
        "nested/store.json": templateJson([storage("a")]),
      },
      ["azuredeploy.json"],
    ],
    [
      "gives no template that a Bicep file uses as a module",
      { "main.bicep": "module m 'store.json' = {\n  name: 'm'\n}\n", "store.json": templateJson([storage("a")]) },
      ["main.bicep"],
    ],
    [
      "gives the Bicep file, not what it compiles to",
      { "main.bicep": STORE, "main.json": templateJson([storage("a")], COMPILED) },
      ["main.bicep"],
    ],
    [
      "gives a compiled template without its Bicep file",
      { "main.json": templateJson([storage("a")], COMPILED) },
      ["main.json"],
    ],
    [
      "gives a template beside a Bicep file that it is not made of",
      { "main.bicep": STORE, "main.json": templateJson([storage("a")]) },
      ["main.bicep", "main.json"],
    ],
    [
      "gives no parameter files and no other JSON",
      {
        "main.json": templateJson([storage("a")]),
        "main.parameters.json": `{ "$schema": "https://x/deploymentParameters.json#", /* x */ "parameters": {} }`,
        "package.json": "{}",
        "bicepconfig.json": '{ "analyzers": {} }',
      },
      ["main.json"],
    ],
    [
      "gives what cannot be read, so that it is seen",
      { "main.bicep": "resource x = {\n" },
      ["main.bicep: BICEP_FAILED"],
    ],
    ["with nothing in it", { "types.bicep": "@export()\ntype t = string\n" }, [".: SOURCE_NOTHING_DEPLOYABLE"]],
  ])("%s", async (_, files, expected) => {
    expect(await targetsIn(files)).toEqual(expected);
  });

  it("says what it passed over", async () => {
    const files = {
      "main.bicep": STORE,
      "main.json": templateJson([storage("a")], COMPILED),
      "package.json": "{}",
      "types.bicep": "@export()\ntype t = string\n",
    };
    const { notifications } = await loadFrom(files, ["."]);
    expect(notifications.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "files-skipped: 2 files in . are no plan documents: package.json, types.bicep",
      "compiled-templates-skipped: 1 compiled templates in . are judged as the Bicep files beside them: main.json",
    ]);
  });

  it("gives no vendored modules", async () => {
    const files = { "main.bicep": STORE, "vendor/br/r.io/m/1.0$/main.json": templateJson([storage("a")]) };
    const { targets } = await loadFrom(files, ["."], { modules: ["vendor"] });
    expect(targets.map(({ name }) => name)).toEqual(["main.bicep"]);
  });

  it("refuses what is nested deeper than the machine bears", async () => {
    const depth = 3000;
    const files = Object.fromEntries(
      Array.from({ length: depth }, (_, index) => [
        `m${index}.bicep`,
        index + 1 < depth ? `module n 'm${index + 1}.bicep' = {\n  name: 'n'\n}\n` : STORE,
      ]),
    );
    const { targets } = await loadFrom(files, ["m0.bicep"]);
    expect(targets.map(({ error }) => error?.code)).toEqual(["SOURCE_TOO_DEEP"]);
  });

  it("does not hide a file that is named itself", async () => {
    const files = { "main.bicep": "module m 'm.bicep' = {\n  name: 'm'\n}\n", "m.bicep": STORE };
    const { targets } = await loadFrom(files, ["m.bicep", "main.bicep"]);
    expect(targets.map(({ name }) => name)).toEqual(["m.bicep", "main.bicep"]);
  });
});

describe("linked templates", () => {
  const linked = (path: string) => templateJson([link({ relativePath: path })]);

  it("are opened, however deep", async () => {
    const { targets } = await loadFrom(
      {
        "infra/main.json": linked("a/one.json"),
        "infra/a/one.json": linked("two.json"),
        "infra/a/two.json": templateJson([storage("deep")]),
      },
      ["infra/main.json"],
    );
    expect(targets[0]?.plan?.resources.map(({ name }) => name)).toEqual(["deep"]);
  });

  it("stay out when they are not there, or not in the repository", async () => {
    for (const path of ["none.json", "../../etc/secret.json", "https://example.com/a.json"]) {
      const { targets } = await loadFrom({ "infra/main.json": linked(path) }, ["infra/main.json"]);
      expect(targets[0]?.plan?.resources).toEqual([]);
      expect(targets[0]?.plan?.notAnalysed).toHaveLength(1);
    }
  });

  it("may link to themselves", async () => {
    const { targets } = await loadFrom({ "main.json": linked("main.json") }, ["main.json"]);
    expect(targets[0]?.error ?? targets[0]?.plan).not.toBeNull();
  });
});

describe("a template that Resource Manager would refuse", () => {
  it("is refused with the place of the fault", async () => {
    const text = templateJson([storage("[nope()]")]);
    const { targets } = await loadFrom({ "main.json": text }, ["main.json"]);
    expect(targets[0]?.error).toMatchObject({
      code: "TEMPLATE_INVALID",
      message: expect.stringMatching(/^main\.json:1:\d+: /),
    });
  });
});

describe("the default name of a deployment", () => {
  const name = async (path: string, text: string) => {
    const { targets } = await loadFrom({ [path]: text, "main.bicep": "output n string = deployment().name\n" }, [path]);
    return targets[0]?.plan?.outputs["n"]?.value;
  };

  it.each([
    ["infra/main.prod.bicep", "output n string = deployment().name\n", "main.prod"],
    ["main.test.bicepparam", "using 'main.bicep'\n", "main.test"],
    [`${"x".repeat(70)}.bicep`, "output n string = deployment().name\n", "x".repeat(64)],
  ])("of %s is %s", async (path, text, expected) => {
    expect(await name(path, text)).toBe(expected);
  });
});
