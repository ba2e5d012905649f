import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bicepCli, type BicepCliOptions } from "../../src/sources/bicep/cli/bicep-cli.ts";
import { writeFakeBicep } from "../support/fake-bicep.ts";

const ANY = new AbortController().signal;
const STORAGE = `resource st 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'st'\n  location: 'westeurope'\n  kind: 'StorageV2'\n  sku: { name: 'Standard_LRS' }\n}\n`;

let base: string;
let root: string;
/** Written by the program when it is started. */
let started: string;

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "portcullis-guard-")));
  root = join(base, "repo");
  started = join(base, "started");
  write("../secret.txt", "canary");
  write("../secret.json", "{}");
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function compile(path: string, options: Partial<BicepCliOptions> = {}) {
  const jsonrpc = `fs.writeFileSync(${JSON.stringify(started)}, "");
    onRequest(({ id, method, params }) => answer(id, method === "bicep/version" ? { version: "0.49.2" } : { success: true, contents: "T", template: "T", parameters: "P" }));`;
  const named = writeFakeBicep({ path: join(base, "bin", "bicep"), jsonrpc });
  const cli = bicepCli({
    root,
    workingDirectory: root,
    named,
    searchPath: "/usr/bin",
    homeFolder: join(base, "home"),
    environment: new Map(),
    moduleFolders: [],
    ...options,
  });
  return cli.compile(path, ANY);
}

async function refusalOf(path: string, options: Partial<BicepCliOptions> = {}): Promise<string> {
  const error: unknown = await compile(path, options).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "BICEP_NOT_CONFINED" });
  expect(existsSync(started)).toBe(false);
  const { message, details } = error as Error & { readonly details: readonly string[] };
  return [message, ...details].join("\n");
}

describe("files outside of the repository", () => {
  it.each([
    ["module", "module m '../secret.bicep' = { name: 'm' }", "../secret.bicep"],
    ["import", "import * as x from '../secret.bicep'", "../secret.bicep"],
    ["loadTextContent", "output o string = loadTextContent('../secret.txt')", "../secret.txt"],
    ["parentheses", "output o string = loadTextContent(('../secret.txt'))", "../secret.txt"],
    ["an assertion", "output o string = loadTextContent('../secret.txt'!)", "../secret.txt"],
    ["several lines", "output o string = loadTextContent('''../secret.txt''')", "../secret.txt"],
    ["a namespace", "output o string = sys.loadTextContent('../secret.txt')", "../secret.txt"],
    ["a function", "func f() string => loadTextContent('../secret.txt')", "../secret.txt"],
    ["loadJsonContent", "var v = loadJsonContent('../secret.json')", "../secret.json"],
    ["loadYamlContent", "var v = loadYamlContent('../secret.json')", "../secret.json"],
    ["loadFileAsBase64", "var v = loadFileAsBase64('../secret.txt')", "../secret.txt"],
    ["loadDirectoryFileInfo", "var v = loadDirectoryFileInfo('../repo2')", "../repo2"],
    ["a detour", "var v = loadTextContent('a/../../secret.txt')", "../secret.txt"],
    ["an extension", "extension '../x.tgz' as x", "../x.tgz"],
  ])("are not reached by %s", async (_, text, path) => {
    write("main.bicep", `${STORAGE}${text}\n`);
    expect(await refusalOf("main.bicep")).toContain(`${path} lies outside of the repository`);
  });

  it.each([
    ["a variable", "var p = '../secret.txt'\nvar v = loadTextContent(p)", "is not written out"],
    ["interpolation", "var p = '..'\nvar v = loadTextContent('${p}/secret.txt')", "is not written out"],
    ["an absolute path", "var v = loadTextContent('/etc/passwd')", "is not written out"],
    ["an address", "var v = loadTextContent('file:///etc/passwd')", "is not written out"],
    ["a pattern", "var v = loadDirectoryFileInfo('a', '../../*')", "a pattern that names folders"],
    ["a broken file", "var v = = loadTextContent('../secret.txt')", "line 1: BCP009"],
  ])("are not reached by %s", async (_, text, reason) => {
    write("main.bicep", `${text}\n`);
    expect(await refusalOf("main.bicep")).toContain(reason);
  });

  it.each([
    ["using", "using '../secret.bicep'"],
    ["extends", "using none\nextends '../secret.bicepparam'"],
    ["a loaded file", "using 'main.bicep'\nparam p = loadTextContent('../secret.txt')"],
  ])("are not reached by %s of a parameters file", async (_, text) => {
    write("main.bicep", "param p string\n");
    write("prod.bicepparam", `${text}\n`);
    expect(await refusalOf("prod.bicepparam")).toContain("lies outside of the repository");
  });

  it("are not reached by a module of a module", async () => {
    write("main.bicep", "module m 'a/b.bicep' = { name: 'm' }\n");
    write("a/b.bicep", "module m '../c.bicep' = { name: 'm' }\n");
    write("c.bicep", "var v = loadTextContent('../secret.txt')\n");
    expect(await refusalOf("main.bicep")).toContain("../secret.txt lies outside");
  });

  it("are not reached by symbolic links", async () => {
    write("main.bicep", "var v = loadTextContent('link.txt')\nvar w = loadTextContent('folder/secret.txt')\n");
    symlinkSync(join(base, "secret.txt"), join(root, "link.txt"));
    symlinkSync(base, join(root, "folder"));
    const refusal = await refusalOf("main.bicep");
    expect(refusal).toContain("link.txt lies outside");
    expect(refusal).toContain("folder/secret.txt lies outside");
  });

  it("are no entry files", async () => {
    write("../other.bicep", "var v = 1\n");
    expect(await refusalOf("../other.bicep")).toContain("../other.bicep lies outside");
  });
});

describe("configurations", () => {
  it("count below the root", async () => {
    write("main.bicep", STORAGE);
    write("bicepconfig.json", "{}");
    expect(await compile("main.bicep")).toMatchObject({ template: "T" });
  });

  it("do not count above it", async () => {
    write("main.bicep", STORAGE);
    write("../bicepconfig.json", "{}");
    expect(await refusalOf("main.bicep")).toContain(join(base, "bicepconfig.json"));
    write("bicepconfig.json", "{}");
    expect(await compile("main.bicep")).toMatchObject({ template: "T" });
  });

  it("do not lead out of it", async () => {
    write("infra/main.bicep", STORAGE);
    symlinkSync(join(base, "secret.json"), join(root, "infra/bicepconfig.json"));
    expect(await refusalOf("infra/main.bicep")).toContain("infra/bicepconfig.json lies outside");
  });

  it.each([
    ['{"cacheRootDirectory":"/tmp"}', "moves the cache"],
    ['{"implicitExtensions":["x"],"extensions":{"x":"../../x.tgz"}}', "x.tgz lies outside"],
    ['{"implicitExtensions":["x"],"extensions":{"x":"br:evil.example.com/x:1"}}', "br:evil.example.com/x:1 is not on"],
    ["{", "is not valid JSON"],
  ])("do not change what is read: %s", async (config, reason) => {
    write("main.bicep", STORAGE);
    write("bicepconfig.json", config);
    expect(await refusalOf("main.bicep")).toContain(reason);
  });
});

describe("modules of registries", () => {
  const REFERENCE = "br/public:avm/res/x:1.0.0";
  const CACHED = ".bicep/br/mcr.microsoft.com/bicep$avm$res$x/1.0.0$";

  beforeEach(() => write("main.bicep", `module m '${REFERENCE}' = { name: 'm' }\n`));

  it("must be on the machine", async () => {
    expect(await refusalOf("main.bicep")).toContain(
      "br:mcr.microsoft.com/bicep/avm/res/x:1.0.0 is not on this machine",
    );
  });

  it("may be in the cache", async () => {
    write(`../home/${CACHED}/main.json`, "{}");
    expect(await compile("main.bicep")).toMatchObject({ template: "T" });
  });

  it("may be vendored", async () => {
    write("modules/mcr.microsoft.com/bicep/avm/res/x/1.0.0/main.json", "{}");
    expect(await compile("main.bicep", { moduleFolders: [join(root, "modules")] })).toMatchObject({ template: "T" });
  });

  it("must not be sources alone, from which the program could not be served", async () => {
    write("modules/mcr.microsoft.com/bicep/avm/res/x/1.0.0/main.bicep", "");
    expect(await refusalOf("main.bicep", { moduleFolders: [join(root, "modules")] })).toContain(
      "is not on this machine",
    );
  });

  it("must lie where they are looked for", async () => {
    write("../elsewhere/main.json", "{}");
    mkdirSync(join(root, "modules/mcr.microsoft.com/bicep/avm/res/x"), { recursive: true });
    symlinkSync(join(base, "elsewhere"), join(root, "modules/mcr.microsoft.com/bicep/avm/res/x/1.0.0"));
    expect(await refusalOf("main.bicep", { moduleFolders: [join(root, "modules")] })).toContain(
      "is not on this machine",
    );
  });

  it("follow the aliases of the configuration that holds", async () => {
    write(`../home/${CACHED}/main.json`, "{}");
    write("bicepconfig.json", '{"moduleAliases":{"br":{"public":{"registry":"evil.example.com"}}}}');
    expect(await refusalOf("main.bicep")).toContain("br:evil.example.com/avm/res/x:1.0.0 is not on this machine");
  });
});

describe("environment variables", () => {
  const parameters = (text: string) => {
    write("main.bicep", "param p string\n");
    write("prod.bicepparam", `using 'main.bicep'\n${text}\n`);
  };

  it("may be asked for: what is not allowed is not there", async () => {
    parameters("param p = readEnvironmentVariable('TOKEN', '')");
    expect(await compile("prod.bicepparam")).toMatchObject({ parameters: "P" });
  });

  it.each(["PATH", "HOME", "UserProfile"])("are not those that the program needs itself: %s", async (name) => {
    parameters(`param p = readEnvironmentVariable('${name}', '')`);
    expect(await refusalOf("prod.bicepparam")).toContain(`the environment variable ${name}`);
  });

  it("have names that are written out", async () => {
    parameters("var n = 'PATH'\nparam p = readEnvironmentVariable(n, '')");
    expect(await refusalOf("prod.bicepparam")).toContain("whose name is not written out");
  });

  it("may be the path, when that is allowed", async () => {
    parameters("param p = readEnvironmentVariable('PATH', '')");
    expect(await compile("prod.bicepparam", { environment: new Map([["PATH", "/usr/bin"]]) })).toMatchObject({
      parameters: "P",
    });
  });
});
