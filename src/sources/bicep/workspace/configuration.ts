import { isJsonObject, parseJson, type JsonObject } from "./json.ts";
import { folderOf } from "./paths.ts";
import { readText, type SourceFiles } from "./source-files.ts";

const FILE_NAME = "bicepconfig.json";

/**
 * Finds the `bicepconfig.json` that holds for a file: the nearest one above it, never one outside of the root.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-config
 */
export class Configurations {
  readonly #sources: SourceFiles;
  readonly #byFolder = new Map<string, JsonObject | undefined>();

  constructor(sources: SourceFiles) {
    this.#sources = sources;
  }

  /** The configuration for the file at `path`; `undefined` when there is none, or when it is malformed. */
  find(path: string): JsonObject | undefined {
    return this.#inFolder(folderOf(path));
  }

  #inFolder(folder: string): JsonObject | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const text = readText(this.#sources, folder === "" ? FILE_NAME : `${folder}/${FILE_NAME}`);
    const value = text === undefined ? undefined : parseJson(text);
    const above = text === undefined && folder !== "" ? this.#inFolder(folderOf(folder)) : undefined;
    const found = isJsonObject(value) ? value : above;
    this.#byFolder.set(folder, found);
    return found;
  }
}
