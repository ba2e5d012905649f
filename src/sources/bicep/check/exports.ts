import type { ImportDeclaration } from "../syntax/ast.ts";
import type { FileContext } from "./context.ts";
import type { Export } from "./model.ts";

/**
 * What an imported name stands for: `unknown` when the file is not at hand, `missing` when it or the name does not exist. From
 * a file with errors nothing can be imported.
 */
export function findExport(
  context: FileContext,
  declaration: ImportDeclaration,
  name: string | undefined,
): Export | "missing" | "unknown" {
  const model = context.modelOf(declaration);
  if (model === "unknown") return "unknown";
  if (model === "missing" || model.hasErrors || name === undefined) return "missing";
  return model.exports.get(name) ?? "missing";
}
