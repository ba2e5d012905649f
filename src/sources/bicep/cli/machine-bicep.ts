import { homedir } from "node:os";
import { resolve } from "node:path";
import type { BicepCompiler } from "../../../ports.ts";
import { bicepCli } from "./bicep-cli.ts";

/** What a compiler may read. */
export interface CompilerRequest {
  /** The repository: what lies outside of it is not read. Absolute. */
  readonly root: string;
  readonly workingDirectory: string;
  /** The environment variables that files may read. */
  readonly variables: readonly string[];
  /** Folders with vendored registry modules. */
  readonly moduleFolders: readonly string[];
}

/** The Bicep CLI of a machine with this environment. */
export function machineBicep(
  env: Readonly<Record<string, string | undefined>>,
): (request: CompilerRequest) => BicepCompiler {
  return ({ root, workingDirectory, variables, moduleFolders }) =>
    bicepCli({
      root,
      workingDirectory,
      named: env["BICEP_PATH"],
      searchPath: env["PATH"] ?? "",
      homeFolder: homedir(),
      environment: new Map(variables.map((name) => [name, env[name]])),
      moduleFolders: moduleFolders.map((folder) => resolve(workingDirectory, folder)),
    });
}
