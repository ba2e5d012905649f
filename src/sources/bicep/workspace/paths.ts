/** Why a text is no path to a file, by the compiler's code. */
export type PathFault = "BCP050" | "BCP051" | "BCP085" | "BCP086" | "BCP098" | "BCP111";

const FORBIDDEN = /["*:<>?|]/u;
const CONTROL_CHARACTERS_END = 0x20;

/**
 * What is wrong with a relative path as written in Bicep, the same on every operating system.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules#local-file
 */
export function findPathFault(path: string): PathFault | undefined {
  if (path === "") return "BCP050";
  if (path.startsWith("/") || /^[a-zA-Z]:/u.test(path)) return "BCP051";
  if (path.includes("\\")) return "BCP098";
  if (FORBIDDEN.test(path)) return "BCP085";
  if (hasControlCharacter(path)) return "BCP111";
  const last = path.at(-1);
  return last === " " || last === "." ? "BCP086" : undefined;
}

function hasControlCharacter(path: string): boolean {
  for (let index = 0; index < path.length; index += 1) {
    if (path.charCodeAt(index) < CONTROL_CHARACTERS_END) return true;
  }
  return false;
}

/** `path` as seen from the file `from`. Steps above the root remain, so that the caller can refuse them. */
export function resolvePath(from: string, path: string): string {
  const segments: string[] = [];
  for (const segment of [...from.split("/").slice(0, -1), ...path.split("/")]) {
    if (segment === "..") {
      if (segments.length === 0 || segments.at(-1) === "..") segments.push(segment);
      else segments.pop();
    } else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  return segments.join("/");
}

/** The folder of a file, `""` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}
