/**
 * Where the files of a registry module or template spec may lie in a folder of modules, without their names: as the compiler's
 * cache (`~/.bicep`) has them, or as registry, repository and version.
 *
 * @example
 * foldersOfModule("br:mcr.microsoft.com/bicep/avm/res/search:1.0");
 * // ["br/mcr.microsoft.com/bicep$avm$res$search/1.0$", "mcr.microsoft.com/bicep/avm/res/search/1.0"]
 * @param reference with aliases replaced, such as `br:registry/repository:tag` or `ts:subscription/group/name:version`
 */
export function foldersOfModule(reference: string): readonly string[] {
  const spec = /^ts:(?<path>[^:]+):(?<version>[^:]+)$/u.exec(reference)?.groups;
  if (spec !== undefined) return [`ts/${spec["path"]}/${spec["version"]}`.toLowerCase()];
  const { registry, repository, mark, version } =
    /^br:(?<registry>[^/]+)\/(?<repository>[^:@]+)(?<mark>[:@])(?<version>.+)$/u.exec(reference)?.groups ?? {};
  if (registry === undefined || repository === undefined || version === undefined) return [];
  const host = registry.replaceAll(":", "$");
  const cached = mark === ":" ? encodeTag(version) : version.replaceAll(":", "#");
  const plain = version.replaceAll(":", "#");
  return [`br/${host}/${repository.replaceAll("/", "$")}/${cached}`, `${host}/${repository}/${plain}`];
}

/** The names that the entry file of a module may have, the compiled one first. */
export const MODULE_FILES: readonly string[] = ["main.json", "main.bicep"];

/** A tag as the cache writes it for file systems without letter case: the places of capitals follow as a hexadecimal number. */
function encodeTag(tag: string): string {
  let mask = 0n;
  for (const { index } of tag.matchAll(/[A-Z]/gu)) mask |= 1n << BigInt(index);
  return `${tag}$${mask === 0n ? "" : mask.toString(16)}`;
}
