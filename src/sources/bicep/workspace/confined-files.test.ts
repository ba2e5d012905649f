import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { confinedFiles } from "./confined-files.ts";
import { nameOfFile, readText, type SourceFiles } from "./source-files.ts";

const folder = mkdtempSync(join(tmpdir(), "confined-files-"));
const root = join(folder, "repository");
const modules = join(folder, "modules");

function write(path: string, text: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

describe("confined files", () => {
  let sources: SourceFiles;
  beforeAll(() => {
    write(join(folder, "secret.txt"), "secret");
    write(join(root, "infra/main.bicep"), "param a string");
    write(join(modules, "br/registry.example/team$app/V1$1/main.json"), "{}");
    write(join(modules, "registry.example/team/app/2/main.bicep"), "param b string");
    symlinkSync(join(folder, "secret.txt"), join(root, "infra/link.txt"));
    symlinkSync(join(root, "infra"), join(root, "inner"));
    symlinkSync(folder, join(root, "outer"));
    const environment = new Map([
      ["SET", "value"],
      ["UNSET", undefined],
    ]);
    sources = confinedFiles({ root, moduleFolders: [modules], environment });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("reads files and folders below the root", () => {
    expect(readText(sources, "infra/main.bicep")).toBe("param a string");
    expect(sources.hasFolder("infra")).toBe(true);
    expect(sources.hasFolder("infra/main.bicep")).toBe(false);
    expect(sources.list("infra")).toEqual(["main.bicep"]);
    expect(sources.list("none")).toBeUndefined();
  });

  test("follows links that stay inside", () => {
    expect(readText(sources, "inner/main.bicep")).toBe("param a string");
    expect(sources.isOutside("inner/main.bicep")).toBe(false);
  });

  test.each(["../secret.txt", "infra/../../secret.txt", "infra/link.txt", "outer/secret.txt", "br:x/y:1/main.json"])(
    "refuses %s",
    (path) => {
      expect(sources.read(path)).toBeUndefined();
      expect(sources.isOutside(path)).toBe(true);
    },
  );

  test("refuses a folder outside", () => {
    expect(sources.hasFolder("..")).toBe(false);
    expect(sources.list("outer")).toBeUndefined();
  });

  test("finds modules in the cache and in vendored folders", () => {
    expect(sources.findModule("br:registry.example/team/app:V1")).toBe("br:registry.example/team/app:V1/main.json");
    const vendored = sources.findModule("br:registry.example/team/app:2");
    expect(vendored).toBe("br:registry.example/team/app:2/main.bicep");
    expect(readText(sources, vendored ?? "")).toBe("param b string");
    expect(sources.findModule("br:registry.example/team/app:3")).toBeUndefined();
  });

  test("names files, those of modules that lie in the root included", () => {
    write(join(root, "vendor/registry.example/team/app/4/main.bicep"), "param b string");
    const moduleFolders = [join(root, "vendor"), modules];
    const named = confinedFiles({ root, moduleFolders, environment: new Map(), nameOf: (path) => `../${path}` });
    expect(nameOfFile(named, "infra/main.bicep")).toBe("../infra/main.bicep");
    const [inside = "", outside = ""] = [4, 2].map((tag) => named.findModule(`br:registry.example/team/app:${tag}`));
    expect(nameOfFile(named, inside)).toBe("../vendor/registry.example/team/app/4/main.bicep");
    expect(nameOfFile(named, outside)).toBe(outside);
    expect(nameOfFile(sources, "infra/main.bicep")).toBe("infra/main.bicep");
  });

  test("confines a module to its own folder", () => {
    sources.findModule("br:registry.example/team/app:2");
    expect(
      sources.read("br:registry.example/team/app:2/../../../../br/registry.example/team$app/V1$1/main.json"),
    ).toBeUndefined();
    expect(sources.isOutside("br:registry.example/team/app:2/../x")).toBe(true);
  });

  test("tells set, unset and withheld variables apart", () => {
    expect(sources.environmentVariable("SET")).toEqual({ state: "set", value: "value" });
    expect(sources.environmentVariable("UNSET")).toEqual({ state: "unset" });
    expect(sources.environmentVariable("HOME")).toEqual({ state: "withheld" });
  });
});
