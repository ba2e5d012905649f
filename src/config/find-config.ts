import { dirname, join } from "node:path";
import { GateError } from "../diagnostics/gate-error.ts";
import type { SourceTree } from "../ports.ts";
import { readDocument } from "../sources/document.ts";
import type { ConfigFile } from "./load-settings.ts";

const FILE_NAME = "portcullis.yml";

/**
 * The configuration file: the one named, else the first `portcullis.yml` from the working directory upwards to the repository root. Outside
 * a repository only the working directory itself counts.
 *
 * @throws GateError CONFIG_NOT_FOUND when the named file does not exist
 */
export async function findConfig(
  named: string | undefined,
  workingDirectory: string,
  tree: SourceTree,
): Promise<ConfigFile | null> {
  if (named !== undefined) {
    if ((await tree.stat(named))?.kind !== "file")
      throw new GateError("CONFIG_NOT_FOUND", `${tree.nameOf(named)} does not exist`);
    return read(named, tree);
  }
  const found: string[] = [];
  let folder = workingDirectory;
  while (true) {
    const path = join(folder, FILE_NAME);
    if ((await tree.stat(path))?.kind === "file") found.push(path);
    if ((await tree.stat(join(folder, ".git"))) !== undefined)
      return found[0] === undefined ? null : read(found[0], tree);
    const parent = dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  const [nearest] = found;
  return nearest !== undefined && dirname(nearest) === workingDirectory ? read(nearest, tree) : null;
}

async function read(path: string, tree: SourceTree): Promise<ConfigFile> {
  const { name, text } = await readDocument(tree, path);
  return { name, text };
}
