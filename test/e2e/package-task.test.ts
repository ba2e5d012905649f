import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawIcon } from "../../scripts/draw-icon.ts";
import { packageTask } from "../../scripts/package-task.ts";
import { readTaskManifest } from "./support/manifests.ts";
import { ROOT, runBundle } from "./support/run-bundle.ts";
import { unzip } from "./support/unzip.ts";

let out: string;
let folder: string;
let vsix: string;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), "portcullis-package-"));
  ({ folder, vsix } = packageTask(out));
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe("the packaged task", () => {
  it("has the target of every handler beside its manifest", () => {
    const targets = Object.values(readTaskManifest().execution).map(({ target }) => target);
    expect(targets.length).toBeGreaterThan(0);
    for (const target of targets) expect(existsSync(join(folder, target)), target).toBe(true);
    expect(readFileSync(join(folder, "task.json"), "utf8")).toBe(readFileSync(join(ROOT, "task/task.json"), "utf8"));
  });

  it("brings the licences and an icon of 128 pixels", () => {
    expect(readdirSync(folder).sort()).toEqual(["LICENSES.txt", "icon.png", "task.cjs", "task.json"]);
    const icon = readFileSync(join(folder, "icon.png"));
    expect(icon.toString("latin1", 1, 4)).toBe("PNG");
    expect([icon.readUInt32BE(16), icon.readUInt32BE(20)]).toEqual([128, 128]);
  });

  it("starts from its own folder and says what is missing", async () => {
    const { code, stdout } = await runBundle(join(folder, "task.cjs"), { env: { AGENT_TEMPDIRECTORY: out }, cwd: out });
    expect(stdout).toContain("neither template nor plan is given");
    expect(code).toBe(2);
  });
});

describe("the icon", () => {
  it("is what scripts/draw-icon.ts draws", () => {
    const { width, height, pixels } = drawIcon();
    const file = readFileSync(join(ROOT, "task/icon.png"));
    const at = file.indexOf("IDAT");
    const rows = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
    const stride = width * 4 + 1;
    const plain = Array.from({ length: height }, (_, row) => rows.subarray(row * stride + 1, (row + 1) * stride));
    expect(Buffer.concat(plain).equals(pixels)).toBe(true);
  });
});

describe("the extension", () => {
  it("holds the task in the folder that its contribution names", () => {
    const files = unzip(readFileSync(vsix));
    const extension = JSON.parse(files.get("extension.vsomanifest")?.toString() ?? "") as {
      contributions: { properties: { name: string } }[];
    };
    for (const { properties } of extension.contributions) {
      for (const name of readdirSync(folder)) {
        expect(files.get(`${properties.name}/${name}`)?.equals(readFileSync(join(folder, name))), name).toBe(true);
      }
    }
  });

  it("holds every asset of its manifest and a content type for every ending", () => {
    const files = unzip(readFileSync(vsix));
    const manifest = files.get("extension.vsixmanifest")?.toString() ?? "";
    const assets = [...manifest.matchAll(/ Path="(?<path>[^"]+)"/g)].map((match) => match.groups?.["path"] ?? "");
    expect(assets.length).toBe(3);
    for (const path of assets) expect(files.has(path), path).toBe(true);
    const types = files.get("[Content_Types].xml")?.toString() ?? "";
    for (const name of files.keys()) {
      if (name !== "[Content_Types].xml") expect(types).toContain(`Extension="${name.slice(name.lastIndexOf("."))}"`);
    }
  });

  it("is the same bytes every time", () => {
    const first = readFileSync(vsix);
    expect(readFileSync(packageTask(out).vsix).equals(first)).toBe(true);
  });

  it("takes another publisher", () => {
    const { vsix: other } = packageTask(out, "somebody");
    expect(unzip(readFileSync(other)).get("extension.vsixmanifest")?.toString()).toContain('Publisher="somebody"');
  });
});
