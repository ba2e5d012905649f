/** Bundles each host into one file below dist/, byte for byte the same on every machine, and collects the licences of what is inside. */
import { build, type Metafile } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const HOSTS = ["cli", "action", "task"] as const;

/** Builds into `folder`. @returns esbuild's record of what went into which bundle */
export async function bundle(folder: string): Promise<Metafile> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const hosts = HOSTS.filter((host) => readdirSync(join(ROOT, "src/hosts")).includes(`${host}.ts`));
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(hosts.map((host) => [host, `src/hosts/${host}.ts`])),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    mainFields: ["module", "main"],
    define: { "import.meta.url": "__importMetaUrl" },
    banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    minify: true,
    keepNames: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  writeFileSync(join(folder, "LICENSES.txt"), licences(result.metafile));
  return result.metafile;
}

/** The licence text of every package that is in a bundle, sorted by name. */
function licences({ inputs }: Metafile): string {
  const packages = new Map<string, string>();
  for (const path of Object.keys(inputs)) {
    const folder = /^(?<folder>.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.groups?.["folder"];
    if (folder === undefined) continue;
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as Record<
      string,
      string
    >;
    packages.set(
      `${name} ${version}`,
      `${name} ${version}\n${license ?? "see below"}\n\n${licenceText(join(ROOT, folder))}`,
    );
  }
  const texts = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `Portcullis contains the following third-party software.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

function licenceText(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined
    ? "(no licence file in the package)\n"
    : `${readFileSync(join(folder, file), "utf8").trim()}\n`;
}

if (import.meta.main) await bundle(join(ROOT, "dist"));
