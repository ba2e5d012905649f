import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repositoryRoot } from "./repository-root.ts";

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "portcullis-root-")));
  mkdirSync(join(folder, "clone/.git"), { recursive: true });
  mkdirSync(join(folder, "clone/lib"), { recursive: true });
  writeFileSync(join(folder, "clone/lib/.git"), "gitdir: ../.git/modules/lib\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rootOf = (file: string, workingDirectory: string, home = "/home/somebody") =>
  repositoryRoot(file, { workingDirectory, home });

describe("what a file may name files in", () => {
  it("is its repository, from wherever it is judged", () => {
    const file = join(folder, "clone/infra/deep/main.bicep");
    expect(rootOf(file, "/elsewhere")).toBe(join(folder, "clone"));
    expect(rootOf(file, join(folder, "clone/infra"))).toBe(join(folder, "clone"));
  });

  it("is the submodule or worktree, which has a file in the place of the folder", () => {
    expect(rootOf(join(folder, "clone/lib/main.bicep"), folder)).toBe(join(folder, "clone/lib"));
  });

  it("is the working directory outside of repositories", () => {
    expect(rootOf(join(folder, "plain/infra/main.bicep"), join(folder, "plain"))).toBe(join(folder, "plain"));
  });

  it.each([
    ["/srv/projects/ai/infra/main.bicep", "/srv/projects"],
    ["/srv/main.bicep", "/srv"],
    ["/home/somebody/ai/infra/main.bicep", "/home/somebody/ai"],
    ["/home/somebody/main.bicep", "/home/somebody"],
  ])("of %s is %s when that lies outside of everything", (file, expected) => {
    expect(rootOf(file, "/elsewhere")).toBe(expected);
  });
});
