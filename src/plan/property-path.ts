/** One step into a body: a member name, or a zero-based array index. */
export type PathSegment = string | number;

/** A sequence of steps from the top of a resource body to a property. The empty path is the body itself. */
export type PropertyPath = readonly PathSegment[];

const PLAIN_NAME = /^[A-Za-z_$][\w$-]*$/;

/**
 * Reads the written form of a path.
 *
 * @example parsePath("properties.ipRules[0].value") // ["properties", "ipRules", 0, "value"]
 * @example parsePath("tags['a.b']") // ["tags", "a.b"]
 */
export function parsePath(text: string): PropertyPath {
  if (!text.includes("[")) return text === "" ? [] : text.split(".");
  const segments: PathSegment[] = [];
  for (const match of text.matchAll(/\['(?<quoted>(?:[^'\\]|\\.)*)'\]|\[(?<index>\d+)\]|(?<plain>[^.[]+)/g)) {
    const { quoted, index, plain } = match.groups ?? {};
    if (index !== undefined) segments.push(Number(index));
    else if (quoted !== undefined) segments.push(quoted.replaceAll(/\\(?<char>.)/g, "$<char>"));
    else if (plain !== undefined) segments.push(plain);
  }
  return segments;
}

/**
 * The written form of a path; `parsePath` reads it back. Names that would be ambiguous are quoted.
 *
 * @example formatPath(["tags", "a.b"]) // "tags['a.b']"
 */
export function formatPath(path: PropertyPath): string {
  let text = "";
  for (const segment of path) {
    if (typeof segment === "number") text += `[${segment}]`;
    else if (PLAIN_NAME.test(segment)) text += text === "" ? segment : `.${segment}`;
    else text += `['${segment.replaceAll(/[\\']/g, String.raw`\$&`)}']`;
  }
  return text;
}

/** `path` as segments, whichever of the two forms it has. */
export function toPath(path: PropertyPath | string): PropertyPath {
  return typeof path === "string" ? parsePath(path) : path;
}
