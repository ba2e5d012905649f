import { homedir } from "node:os";
import { resolve } from "node:path";
import type { BicepCompiler, CompilerRequest } from "../../../ports.ts";
import { bicepCli } from "./bicep-cli.ts";

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
