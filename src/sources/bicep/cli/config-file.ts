import { isJsonObject, type JsonObject, parseJson } from "../workspace/json.ts";
import { folderOf } from "../workspace/paths.ts";
import { readText, type SourceFiles } from "../workspace/source-files.ts";

/** The name of a configuration file of the compiler. */
export const CONFIG_NAME = "bicepconfig.json";

/** The configuration that the compiler would use for a file. */
export interface ConfigFile {
  /** `undefined` when there is none inside of the root. */
  readonly path: string | undefined;
  readonly json: JsonObject | undefined;
  /** Why it cannot be told what the compiler makes of it. */
  readonly fault: string | undefined;
}

/**
 * The nearest `bicepconfig.json` above a file, whether it may be read or not: the compiler reads it without asking.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-config
 */
export function findConfigFile(file: string, sources: SourceFiles): ConfigFile {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    const path = folder === "" ? CONFIG_NAME : `${folder}/${CONFIG_NAME}`;
    if (sources.isOutside(path)) return { path, json: undefined, fault: undefined };
    const text = readText(sources, path);
    if (text !== undefined) return readConfig(path, text);
    if (folder === "" || folder.startsWith("..")) return { path: undefined, json: undefined, fault: undefined };
  }
}

function readConfig(path: string, text: string): ConfigFile {
  const json = parseJson(text);
  if (!isJsonObject(json)) return { path, json: undefined, fault: "is not valid JSON" };
  const moves = json.has("cacheRootDirectory");
  return { path, json, fault: moves ? "moves the cache of modules (cacheRootDirectory)" : undefined };
}

/** The texts of a list in a configuration. */
export function extensionsIn(config: JsonObject | undefined, name: string): readonly string[] {
  const list = config?.get(name);
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}
