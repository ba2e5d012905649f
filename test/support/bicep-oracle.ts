import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { array, boolean, object, optional, parse, string } from "valibot";
import type { BicepCli } from "./bicep-cli.ts";

const Compilation = object({
  success: boolean(),
  contents: optional(string()),
  parameters: optional(string()),
  diagnostics: array(object({ level: string(), code: string() })),
});

/** What Microsoft's compiler makes of a file: JSON, or nothing when it refuses the file. */
export interface Compiled {
  readonly template: unknown;
  readonly parameters: unknown;
}

/**
 * Asks Microsoft's compiler, and remembers its answers between runs in the folder for temporary files: they depend on what lies in the
 * folder of the file and below it, or else on `inputs`.
 */
export class BicepOracle {
  readonly #cli: BicepCli;
  readonly #folder = join(tmpdir(), "portcullis-bicep-oracle");

  constructor(cli: BicepCli) {
    this.#cli = cli;
  }

  /** @param inputs the folder that the answer depends on */
  async compile(path: string, inputs = dirname(path)): Promise<Compiled | undefined> {
    const known = join(this.#folder, `${fingerprint(path, inputs)}.json`);
    if (!existsSync(known)) {
      const isParameters = path.endsWith(".bicepparam");
      const request = isParameters ? { path, parameterOverrides: {} } : { path };
      const answer = await this.#cli.request(isParameters ? "bicep/compileParams" : "bicep/compile", request);
      mkdirSync(this.#folder, { recursive: true });
      writeFileSync(known, JSON.stringify(parse(Compilation, answer)));
    }
    const { success, contents, parameters } = parse(Compilation, JSON.parse(readFileSync(known, "utf8")));
    if (!success) return undefined;
    return {
      template: contents === undefined ? undefined : JSON.parse(contents),
      parameters: parameters === undefined ? undefined : JSON.parse(parameters),
    };
  }

  stop(): void {
    this.#cli.stop();
  }
}

function fingerprint(path: string, folder: string): string {
  const hash = createHash("sha256").update(path);
  for (const file of globSync("**/*", { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}
