import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bicepCli } from "./compiler.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis-test-"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();

/** A program that stands for the Bicep CLI. */
function program(script: string): string {
  const path = join(folder, "bin", "bicep");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const compile = (bicepPath: string | undefined, searchPath = "") =>
  bicepCli({ workingDirectory: folder, bicepPath, searchPath: `${searchPath}:/usr/bin:/bin` }).compile(
    "main.bicep",
    signal,
  );

describe("the Bicep CLI", () => {
  it("compiles, found by BICEP_PATH or on PATH", async () => {
    const path = program(`echo '{"resources":[]}'`);
    const compiled = { template: '{"resources":[]}\n', parameters: null };
    expect(await compile(path)).toEqual(compiled);
    expect(await compile(undefined, join(folder, "bin"))).toEqual(compiled);
  });

  it("sees PATH and an empty home, and nothing else of the environment", async () => {
    const seen = join(folder, "seen");
    await compile(program(`env > ${seen}; ls -A "$HOME" >> ${seen}; echo '{}'`));
    const names = readFileSync(seen, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split("=")[0]);
    const own = ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "HOME", "PATH", "USERPROFILE"];
    const ofTheShell = new Set(["PWD", "OLDPWD", "SHLVL", "_"]);
    expect(new Set(names.filter((name) => !ofTheShell.has(name ?? "")))).toEqual(new Set(own));
  });

  it("refuses what the program refuses, with its own lines", async () => {
    const path = program("echo 'main.bicep(3,5) : Error BCP018: Expected the \"=\" character' >&2; exit 1");
    await expect(compile(path)).rejects.toMatchObject({
      code: "BICEP_FAILED",
      message: expect.stringContaining("BCP018"),
    });
  });

  it("says that there is none", async () => {
    await expect(compile(join(folder, "nowhere"))).rejects.toMatchObject({ code: "BICEP_NOT_FOUND" });
  });
});
