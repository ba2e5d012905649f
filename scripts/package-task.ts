/**
 * Puts the Azure DevOps task together in out/task (manifest, bundle, icon, licences) and packs it with task/vss-extension.json as an extension,
 * out/PUBLISHER.portcullis-VERSION.vsix. `--publisher NAME` replaces the publisher of the manifest.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type ExtensionManifest, vsixEntries } from "./package/vsix.ts";
import { zip, type ZipEntry } from "./package/zip.ts";

const ROOT = join(import.meta.dirname, "..");

/** What the task consists of: where it stands in the repository, and its name in the package. */
const PARTS = [
  { from: "task/task.json", name: "task.json" },
  { from: "dist/task.cjs", name: "task.cjs" },
  { from: "task/icon.png", name: "icon.png" },
  { from: "dist/LICENSES.txt", name: "LICENSES.txt" },
];

interface Packaged {
  /** The folder with the task. */
  readonly folder: string;
  /** The extension. */
  readonly vsix: string;
}

/** Packs the committed bundle into `out`. */
export function packageTask(out: string, publisher?: string): Packaged {
  const folder = join(out, "task");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { from, name } of PARTS) copyFileSync(join(ROOT, from), join(folder, name));
  const manifest = readManifest(publisher);
  const vsix = join(out, `${manifest.publisher}.${manifest.id}-${manifest.version}.vsix`);
  writeFileSync(vsix, zip(vsixEntries(manifest, payloadOf(manifest, folder))));
  return { folder, vsix };
}

function readManifest(publisher: string | undefined): ExtensionManifest {
  const manifest = JSON.parse(readFileSync(join(ROOT, "task/vss-extension.json"), "utf8")) as ExtensionManifest;
  return publisher === undefined ? manifest : { ...manifest, publisher };
}

/** The files that the manifest names. Its only folder is that of the task. */
function payloadOf(manifest: ExtensionManifest, folder: string): readonly ZipEntry[] {
  const single = [manifest.icons.default, manifest.content.details.path].map((path) => ({
    name: path,
    data: readFileSync(join(ROOT, "task", path)),
  }));
  const inside = manifest.files.flatMap(({ packagePath }) =>
    readdirSync(folder)
      .sort()
      .map((name) => ({ name: `${packagePath}/${name}`, data: readFileSync(join(folder, name)) })),
  );
  return [...single, ...inside];
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { publisher: { type: "string" } } });
  const { folder, vsix } = packageTask(join(ROOT, "out"), values.publisher);
  console.log(`${folder}\n${vsix}`);
}
