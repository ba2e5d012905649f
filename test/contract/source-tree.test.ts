import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SourceTree } from "../../src/ports.ts";
import { fileTree } from "../../src/sources/file-tree.ts";
import { memoryTree } from "../support/fakes.ts";

const FILES = {
  "a.json": "{}",
  "infra/main.json": '{"x":1}',
  "infra/deep/b.json": "b",
  "node_modules/x/c.json": "c",
  ".git/config": "d",
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "portcullis-tree-"));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ["the file system", () => fileTree(folder)],
  ["memory", () => memoryTree(FILES)],
])("a source tree in %s", (_, create: () => SourceTree) => {
  it("tells files from folders from nothing", async () => {
    const tree = create();
    expect(await tree.stat("infra/main.json")).toEqual({ kind: "file", sizeBytes: 7 });
    expect(await tree.stat("infra")).toMatchObject({ kind: "folder" });
    expect(await tree.stat("none")).toBeUndefined();
  });

  it("reads whole files and refuses others", async () => {
    const tree = create();
    expect(new TextDecoder().decode(await tree.read("infra/main.json"))).toBe('{"x":1}');
    await expect(tree.read("none")).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
  });

  it("lists files below a folder in order, without dependencies and version control", async () => {
    const tree = create();
    expect((await tree.list(".")).map((path) => tree.nameOf(path))).toEqual([
      "a.json",
      "infra/deep/b.json",
      "infra/main.json",
    ]);
    expect((await tree.list("infra")).map((path) => tree.nameOf(path))).toEqual([
      "infra/deep/b.json",
      "infra/main.json",
    ]);
  });

  it("names files from the working directory", () => {
    const tree = create();
    expect(tree.nameOf("infra/../a.json")).toBe("a.json");
    expect(tree.nameOf(".")).toBe(".");
    expect(tree.nameOf("../outside.json")).toBe("../outside.json");
  });
});
