import type { Skipped, StringLiteral } from "../syntax/ast.ts";
import { toArtifact, type Artifact } from "./artifact.ts";
import type { JsonObject } from "./json.ts";
import { findPathFault, resolvePath } from "./paths.ts";

/** What the path in a `module`, `import`, `using`, `extends` or `test` stands for. */
export type Reference =
  | { readonly kind: "file"; readonly path: string }
  /** A registry module or template spec; `path` is where it is at hand. */
  | { readonly kind: "external"; readonly reference: string; readonly path: string | undefined }
  | { readonly kind: "faulty"; readonly code: string }
  /** Not readable as a text, and reported as such. */
  | { readonly kind: "skipped" };

/** Where a reference is written, and what decides over what it stands for. */
export interface ReferenceContext {
  readonly from: string;
  readonly configuration: JsonObject | undefined;
  readonly findModule: (reference: string) => string | undefined;
}

/**
 * What a path written in a file stands for.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules#path-to-module
 */
export function toReference(node: Skipped | StringLiteral, context: ReferenceContext): Reference {
  if (node.kind === "skipped") return { kind: "skipped" };
  if (node.holes.length > 0) return { kind: "faulty", code: "BCP092" };
  const [text = ""] = node.segments;
  if (text.includes(":")) return toExternal(toArtifact(text, context.configuration), context);
  const code = findPathFault(text);
  return code === undefined ? { kind: "file", path: resolvePath(context.from, text) } : { kind: "faulty", code };
}

function toExternal(artifact: Artifact, { findModule }: ReferenceContext): Reference {
  if (artifact.kind === "faulty") return artifact;
  const { reference } = artifact;
  return { kind: "external", reference, path: findModule(reference) };
}
