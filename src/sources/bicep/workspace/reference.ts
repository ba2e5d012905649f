import type { Skipped, StringLiteral } from "../syntax/ast.ts";
import { findPathFault, resolvePath } from "./paths.ts";

/** What the path in a `module`, `import`, `using`, `extends` or `test` stands for. */
export type Reference =
  | { readonly kind: "file"; readonly path: string }
  /** A registry or template spec; `path` is where it is vendored. */
  | { readonly kind: "external"; readonly reference: string; readonly path: string | undefined }
  | { readonly kind: "faulty"; readonly code: string }
  /** Not readable as a text, and reported as such. */
  | { readonly kind: "skipped" };

/**
 * What a path written in the file `from` stands for.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules#path-to-module
 */
export function toReference(from: string, node: Skipped | StringLiteral): Reference {
  if (node.kind === "skipped") return { kind: "skipped" };
  if (node.holes.length > 0) return { kind: "faulty", code: "BCP092" };
  const [text = ""] = node.segments;
  const scheme = /^(?<scheme>[a-zA-Z]*)[:/]/u.exec(text)?.groups?.["scheme"];
  if (scheme === "br" || scheme === "ts") return externalReference(text, scheme);
  if (/^[^/:]+:/u.test(text)) return { kind: "faulty", code: "BCP189" };
  const code = findPathFault(text);
  return code === undefined ? { kind: "file", path: resolvePath(from, text) } : { kind: "faulty", code };
}

function externalReference(text: string, scheme: string): Reference {
  const pattern =
    scheme === "br"
      ? /^br(?::[^/]+\/[^:@]+|\/[\w-]+:[^:@]+)(?::[^:]+|@sha256:[0-9a-f]{64})$/u
      : /^ts(?::[^/]+\/[^/]+\/[^/:]+|\/[\w-]+:[^/:]+):[^:]+$/u;
  if (pattern.test(text)) return { kind: "external", reference: text, path: undefined };
  return { kind: "faulty", code: scheme === "br" ? "BCP193" : "BCP194" };
}
