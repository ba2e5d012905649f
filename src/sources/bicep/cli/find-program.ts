import { access, constants, stat } from "node:fs/promises";
import { platform } from "node:os";
import { delimiter, isAbsolute, join, resolve } from "node:path";
import { GateError } from "../../../diagnostics/gate-error.ts";

/** Where the Bicep CLI may be. */
export interface ProgramPlaces {
  /** What the option or `BICEP_PATH` names: this one or none. */
  readonly named: string | undefined;
  readonly workingDirectory: string;
  /** The value of `PATH`. */
  readonly searchPath: string;
  /** The user's own home folder, where azd and az keep theirs; `undefined` when there is none. */
  readonly homeFolder: string | undefined;
}

/**
 * The absolute path of the Bicep CLI: the one that is named, else the first on `PATH`, else azd's, else az's.
 *
 * @throws GateError BICEP_NOT_FOUND
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/installation-troubleshoot
 */
export async function findProgram(places: ProgramPlaces): Promise<string> {
  const { named, workingDirectory } = places;
  if (named !== undefined && named !== "") {
    const path = resolve(workingDirectory, named);
    if (await isProgram(path)) return path;
    throw new GateError("BICEP_NOT_FOUND", `${named}, where the Bicep CLI is said to be, is no program`);
  }
  for (const candidate of candidatesOf(places)) if (await isProgram(candidate)) return candidate;
  throw new GateError("BICEP_NOT_FOUND", "there is no Bicep CLI on this machine (BICEP_PATH, PATH, ~/.azd, ~/.azure)");
}

function candidatesOf({ searchPath, homeFolder }: ProgramPlaces): readonly string[] {
  const name = platform() === "win32" ? "bicep.exe" : "bicep";
  const folders = searchPath.split(delimiter).filter(isAbsolute);
  if (homeFolder !== undefined && isAbsolute(homeFolder))
    folders.push(join(homeFolder, ".azd", "bin"), join(homeFolder, ".azure", "bin"));
  return folders.map((folder) => join(folder, name));
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false; // not there, or not to be run
  }
}
