import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replaceFile } from "./replace-file.ts";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "portcullis-test-"))));
afterEach(() => rmSync(folder, { recursive: true }));

describe("writing a whole file", () => {
  it("writes a new one and replaces an old one, and leaves nothing else", async () => {
    const path = join(folder, "report.json");
    await replaceFile(path, "one");
    await replaceFile(path, "two");
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(readdirSync(folder)).toEqual(["report.json"]);
  });

  it("says that the folder does not exist, and leaves nothing", async () => {
    await expect(replaceFile(join(folder, "no", "report.json"), "x")).rejects.toMatchObject({
      code: "OUTPUT_NOT_WRITTEN",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves nothing half-written where a folder stands", async () => {
    await expect(replaceFile(folder, "x")).rejects.toMatchObject({ code: "OUTPUT_NOT_WRITTEN" });
    expect(readdirSync(join(folder, "..")).filter((name) => name.startsWith(`${folder.split("/").at(-1)}.`))).toEqual(
      [],
    );
  });
});
