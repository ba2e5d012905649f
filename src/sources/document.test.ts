import { describe, expect, it } from "vitest";
import { memoryTree, type TreeFile } from "../../test/support/trees.ts";
import { GateError } from "../diagnostics/gate-error.ts";
import { MAX_FILE_BYTES, readDocument } from "./document.ts";

const TEXT = '{ "name": "Grüße 😀" }\n';
const utf16le = Buffer.from(`\uFEFF${TEXT}`, "utf16le");

async function read(file: TreeFile): Promise<string> {
  try {
    const { path, name, text } = await readDocument(memoryTree({ "./a.json": file }), "./a.json");
    expect([path, name]).toEqual(["./a.json", "a.json"]);
    return text;
  } catch (error) {
    if (error instanceof GateError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

describe("a document", () => {
  it.each<readonly [string, TreeFile]>([
    ["UTF-8", TEXT],
    ["UTF-8 with a byte order mark", `\uFEFF${TEXT}`],
    ["UTF-16, little-endian, as PowerShell redirects", utf16le],
    ["UTF-16, big-endian", Buffer.from(utf16le).swap16()],
  ])("is read as %s", async (_, file) => {
    expect(await read(file)).toBe(TEXT);
  });

  it.each<readonly [string, TreeFile, string]>([
    ["empty", "", "SOURCE_EMPTY: a.json is empty"],
    ["blank", " \n\t", "SOURCE_EMPTY: a.json is empty"],
    ["only a byte order mark", Buffer.from([0xff, 0xfe]), "SOURCE_EMPTY: a.json is empty"],
    [
      "a saved Terraform plan",
      Buffer.from("PK\u0003\u0004\u0000\u0000tfplan"),
      "SOURCE_BINARY: a.json is a binary file",
    ],
    ["UTF-16 without a byte order mark", Buffer.from(TEXT, "utf16le"), "SOURCE_BINARY: a.json is a binary file"],
    ["a device", { kind: "other" }, "SOURCE_UNREADABLE: a.json is not a regular file"],
    ["too large", { sizeBytes: MAX_FILE_BYTES + 1 }, "SOURCE_TOO_LARGE: a.json has 128 MB; at most 128 MB are read"],
    ["far too large", { sizeBytes: 5e9 }, "SOURCE_TOO_LARGE: a.json has 4768 MB; at most 128 MB are read"],
  ])("is refused when it is %s", async (_, file, message) => {
    expect(await read(file)).toBe(message);
  });

  it("is refused when it is not there, or a folder", async () => {
    const tree = memoryTree({ "folder/a.json": TEXT });
    await expect(readDocument(tree, "missing.json")).rejects.toMatchObject({
      code: "SOURCE_NOT_FOUND",
      message: "missing.json does not exist",
    });
    await expect(readDocument(tree, "folder")).rejects.toMatchObject({ code: "SOURCE_UNREADABLE" });
  });
});
