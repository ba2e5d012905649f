/** Bundles each host into dist/, byte for byte the same on every machine, and collects the licences of what is inside. */
import { build, type BuildOptions, type Metafile, type Plugin } from "esbuild";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const ROOT = join(import.meta.dirname, "..");

/** The hosts whose bundle must be a single file: they are copied by themselves. */
const SINGLE_FILE_HOSTS = ["action", "task"];

/**
 * Modules that the command line loads only when it needs them, each with its file beside cli.cjs: what is not in the first file is not parsed at
 * start-up. They are reached by a dynamic import.
 */
const CLI_PARTS: Readonly<Record<string, string>> = {
  "src/config/parse-config.ts": "cli-config",
  "src/sources/offline/session.ts": "cli-offline",
  "src/sources/bicep/cli/machine-bicep.ts": "cli-bicep",
};

/** Modules whose classes the parts and cli.cjs hand each other: there is one of each, in cli.cjs, which exports them. */
const CLI_EXPORTS: ReadonlySet<string> = new Set(["src/expression/value.ts"]);

const SHARED: BuildOptions = {
  absWorkingDir: ROOT,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  // Parts are loaded by `require`: Node looks through a CommonJS file for its exports before `import()` runs it, which takes longer than running it.
  supported: { "dynamic-import": false },
  mainFields: ["module", "main"],
  define: { "import.meta.url": "__importMetaUrl" },
  banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};

/** Builds into `folder`. @returns esbuild's record of what went into which file */
export async function bundle(folder: string): Promise<Metafile> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const hosts = { ...SHARED, outdir: folder };
  const results = [
    await build({ ...hosts, entryPoints: SINGLE_FILE_HOSTS.map((host) => `src/hosts/${host}.ts`) }),
    await build({ ...hosts, entryPoints: ["src/hosts/cli.ts"], plugins: [keepPartsOut] }),
    await build({
      ...hosts,
      entryPoints: Object.fromEntries(Object.entries(CLI_PARTS).map(([path, name]) => [name, path])),
      plugins: [takeClassesFromCli],
    }),
  ];
  const metafile = {
    inputs: Object.assign({}, ...results.map((result) => result.metafile?.inputs)) as Metafile["inputs"],
    outputs: Object.assign({}, ...results.map((result) => result.metafile?.outputs)) as Metafile["outputs"],
  };
  writeFileSync(join(folder, "LICENSES.txt"), licences(metafile));
  return metafile;
}

/** Leaves the parts out of the first file of the command line. */
const keepPartsOut: Plugin = {
  name: "keep-parts-out",
  setup(host) {
    host.onResolve({ filter: /\.ts$/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== "dynamic-import" || pluginData === "inner") return undefined;
      const found = await host.resolve(path, { kind, resolveDir, pluginData: "inner" });
      const part = CLI_PARTS[relative(ROOT, found.path).replaceAll("\\", "/")];
      return part === undefined ? undefined : { path: `./${part}.cjs`, external: true };
    });
  },
};

/** Lets the parts have the classes of the first file of the command line. */
const takeClassesFromCli: Plugin = {
  name: "take-classes-from-cli",
  setup(part) {
    part.onResolve({ filter: /\.ts$/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (kind !== "import-statement" || pluginData === "inner") return undefined;
      const found = await part.resolve(path, { kind, resolveDir, pluginData: "inner" });
      const isShared = CLI_EXPORTS.has(relative(ROOT, found.path).replaceAll("\\", "/"));
      return isShared ? { path: "./cli.cjs", external: true } : undefined;
    });
  },
};

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
