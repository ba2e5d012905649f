import type { TemplateNode } from "../../arm/template/node.ts";
import type { Span } from "../syntax/span.ts";
import type { NodeFactory } from "./nodes.ts";

/**
 * The files of a folder that match a pattern with `*` and `?`, as `loadDirectoryFileInfo` tells of them.
 *
 * @param files `folder` is the way to it from the file that asks
 */
export function directoryInfo(
  files: { readonly nodes: NodeFactory; readonly names: readonly string[]; readonly folder: string },
  pattern: string | undefined,
  place: Span,
): TemplateNode {
  const { nodes, names, folder } = files;
  const matched = names.filter((name) => matches(name, pattern ?? "*"));
  return nodes.array(
    matched.map((name) => fileInfo(nodes, { name, folder, place })),
    place,
  );
}

function fileInfo(
  nodes: NodeFactory,
  { name, folder, place }: { readonly name: string; readonly folder: string; readonly place: Span },
): TemplateNode {
  const dot = name.lastIndexOf(".");
  const members = {
    relativePath: `${folder}/${name}`,
    baseName: name,
    extension: dot < 0 || dot === name.length - 1 ? "" : name.slice(dot),
  };
  return nodes.object(
    Object.entries(members).map(([key, value]) => nodes.member(key, nodes.scalar(value, place), place)),
    place,
  );
}

/** Matches in time in proportion to the product of both lengths. */
function matches(name: string, pattern: string): boolean {
  let nameAt = 0;
  let patternAt = 0;
  let star = -1;
  let retry = 0;
  while (nameAt < name.length) {
    const expected = pattern.charAt(patternAt);
    if (expected === "*") {
      star = patternAt;
      patternAt += 1;
      retry = nameAt;
    } else if (expected !== "" && (expected === "?" || expected === name.charAt(nameAt))) {
      nameAt += 1;
      patternAt += 1;
    } else if (star >= 0) {
      patternAt = star + 1;
      retry += 1;
      nameAt = retry;
    } else return false;
  }
  return /^\**$/u.test(pattern.slice(patternAt));
}
