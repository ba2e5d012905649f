import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Sensitive, Unknown, type Value } from "../../src/expression/value.ts";
import { bicepCli, type BicepCliOptions } from "../../src/sources/bicep/cli/bicep-cli.ts";
import { findBicepCli } from "../support/bicep-cli.ts";

const BICEP = findBicepCli();
const ANY = new AbortController().signal;
const SCOPE = { subscriptionId: "11111111-1111-4111-8111-111111111111", resourceGroup: "rg" };

let base: string;
let root: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "portcullis-real-"));
  root = join(base, "repo");
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function cli(options: Partial<BicepCliOptions> = {}) {
  return bicepCli({
    root,
    workingDirectory: root,
    named: BICEP ?? undefined,
    searchPath: "/usr/bin",
    homeFolder: join(base, "home"),
    environment: new Map(),
    moduleFolders: [],
    ...options,
  });
}

describe.skipIf(BICEP === null)(`Microsoft's Bicep CLI${BICEP === null ? " (skipped: there is none)" : ""}`, () => {
  it("compiles a template with its modules", async () => {
    write("main.bicep", "param p string\nmodule m 'm.bicep' = { name: 'm', params: { q: p } }\n");
    write("m.bicep", "param q string\noutput o string = q\n");
    const { template, parameters } = await cli().compile("main.bicep", ANY);
    expect(JSON.parse(template)).toMatchObject({ resources: [{ type: "Microsoft.Resources/deployments" }] });
    expect(parameters).toBeNull();
  });

  it("says where a file is wrong", async () => {
    write("main.bicep", "param p string\n\noutput o string = q\n");
    await expect(cli().compile("main.bicep", ANY)).rejects.toMatchObject({
      code: "BICEP_FAILED",
      details: ['main.bicep(3,19) : Error BCP057: The name "q" does not exist in the current context.'],
    });
  });

  it("reads no variable of this process but those that are allowed", async () => {
    process.env["PORTCULLIS_CANARY"] = "canary";
    write("main.bicep", "param a string\nparam b string\n");
    write(
      "prod.bicepparam",
      "using 'main.bicep'\nparam a = readEnvironmentVariable('PORTCULLIS_CANARY', 'none')\nparam b = readEnvironmentVariable('DEPLOY_ENV', 'none')\n",
    );
    const environment = new Map([["DEPLOY_ENV", "test"]]);
    const { parameters } = await cli({ environment }).compile("prod.bicepparam", ANY);
    delete process.env["PORTCULLIS_CANARY"];
    expect(JSON.parse(parameters ?? "")).toMatchObject({
      parameters: { a: { value: "none" }, b: { value: "test" } },
    });
  });

  it("takes a module from the cache of the user without changing it", async () => {
    const cached = "../home/.bicep/br/mcr.microsoft.com/bicep$avm$res$x/1.0.0$";
    write("main.bicep", "module m 'br/public:avm/res/x:1.0.0' = { name: 'm' }\n");
    write(`${cached}/main.json`, MODULE);
    write(`${cached}/manifest`, "{}");
    write(`${cached}/metadata`, "{}");
    const { template } = await cli().compile("main.bicep", ANY);
    expect(template).toContain("from a registry");
    expect(readdirSync(join(root, cached))).toEqual(["main.json", "manifest", "metadata"]);
  });

  it("takes a vendored module, which has its template alone", async () => {
    write("main.bicep", "module m 'br:example.azurecr.io/team/x@sha256:" + "ab".repeat(32) + "' = { name: 'm' }\n");
    write(`modules/example.azurecr.io/team/x/sha256#${"ab".repeat(32)}/main.json`, MODULE);
    const { template } = await cli({ moduleFolders: [join(root, "modules")] }).compile("main.bicep", ANY);
    expect(template).toContain("from a registry");
  });

  it("takes a template spec from the cache", async () => {
    const spec = "00000000-0000-0000-0000-000000000001/group/name";
    const id =
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/group/providers/Microsoft.Resources/templateSpecs/name/versions/v1";
    const entity = `{"id":"${id}","name":"v1","location":"westeurope","properties":{"mainTemplate":${MODULE}}}`;
    write("main.bicep", `module m 'ts:${spec}:v1' = { name: 'm' }\n`);
    write(`../home/.bicep/ts/${spec}/v1/main.json`, entity);
    const { template } = await cli().compile("main.bicep", ANY);
    expect(template).toContain(id);
  });

  it("expands a parameters file", async () => {
    write("main.bicep", STORAGE);
    write("prod.bicepparam", "using 'main.bicep'\nparam name = 'abc'\nparam tag = 'x'\nparam secret = 's'\n");
    expect(await expand("prod.bicepparam", null)).toEqual([
      expect.objectContaining({ id: idOf("abc"), tags: { tag: "x", secret: "[parameters('secret')]" } }),
    ]);
  });

  it("expands a template with values of every kind, and knows no more than we do", async () => {
    write("infra/main.bicep", STORAGE);
    const tag = 'it\'s\n\t"${x}" \\ \u2028 \u0001 é';
    const parameters = new Map<string, Value>([
      ["name", "abc"],
      ["tag", tag],
      ["secret", new Sensitive("hunter2")],
      ["more", { "it's": [1, -2.5, true, null, {}, [], "a\nb"], large: 9007199254740993n }],
      ["partly", { known: 1, deep: { "a'b": new Unknown("parameter") } }],
    ]);
    const [resource] = await expand("infra/main.bicep", parameters);
    expect(resource).toMatchObject({
      id: idOf("abc"),
      tags: { tag, secret: expect.stringContaining("externalInputs(") as string },
      properties: {
        more: String.raw`{"it's":[1,-2.5,true,null,{},[],"a\nb"],"large":9007199254740993}`,
        deep: { "a'b": expect.stringContaining("externalInputs(") as string },
      },
    });
    expect(JSON.stringify(resource)).not.toContain("hunter2");
  });

  it("leaves what was not given unknown, however it is restricted", async () => {
    write("main.bicep", "@allowed(['a', 'b'])\nparam sku string\n@minValue(2)\nparam n int\n" + STORAGE);
    const names = ["sku", "n", "name", "tag", "secret"];
    const [resource] = await expand("main.bicep", new Map(names.map((name) => [name, new Unknown("parameter")])));
    expect(resource).toMatchObject({ name: expect.stringContaining("externalInputs(") as string, kind: "StorageV2" });
  });

  it("expands an ARM template", async () => {
    write("main.json", MODULE);
    expect(await expand("main.json", new Map())).toEqual([expect.objectContaining({ name: "lock" })]);
  });

  it("says why a target cannot be expanded", async () => {
    write("main.bicep", STORAGE);
    write("prod.bicepparam", "using 'main.bicep'\nparam name = 'abc'\n");
    await expect(expand("prod.bicepparam", null)).rejects.toThrow(/^the Bicep CLI refuses prod\.bicepparam: .* BCP258/);
  });

  async function expand(path: string, parameters: ReadonlyMap<string, Value> | null) {
    const { snapshot } = await cli().expand({ path, parameters, scope: SCOPE }, ANY);
    return (JSON.parse(snapshot) as { predictedResources: object[] }).predictedResources;
  }
});

const idOf = (name: string) =>
  `/subscriptions/${SCOPE.subscriptionId}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/${name}`;

const STORAGE = `
param name string
param tag string
@secure()
param secret string
param more object = {}
param partly object = {}
resource st 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: name
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  tags: { tag: tag, secret: secret }
  properties: { more: string(more), deep: partly.?deep }
}
`;

const MODULE = JSON.stringify({
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
  resources: [
    {
      type: "Microsoft.Authorization/locks",
      apiVersion: "2020-05-01",
      name: "lock",
      properties: { level: "CanNotDelete", notes: "from a registry" },
    },
  ],
});
