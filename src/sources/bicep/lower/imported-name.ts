import type { ExpressionNode } from "../../../expression/ast.ts";
import type { ImportDeclaration } from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import { Builder } from "./build.ts";
import type { Lowerer } from "./lowerer.ts";
import { unresolvedModule } from "./markers.ts";

/** A name that comes from another file. */
interface ImportUse {
  readonly name: string;
  readonly place: Span;
}

/** The variable that is imported under a name. */
export function resolvedImport(
  { unit, names }: Lowerer,
  declaration: ImportDeclaration,
  { name, place }: ImportUse,
): ExpressionNode {
  const found = names.imported(unit.file, declaration, name);
  const build = new Builder(place);
  if (found !== undefined) return build.call("variables", build.text(found));
  return unresolvedModule(unit.file.references.get(declaration), place);
}

/** The call of a function that is imported under a name. */
export function importedCall(
  { unit, names }: Lowerer,
  declaration: ImportDeclaration,
  use: ImportUse & { readonly args: readonly ExpressionNode[] },
): ExpressionNode {
  const found = names.imported(unit.file, declaration, use.name);
  if (found === undefined) return unresolvedModule(unit.file.references.get(declaration), use.place);
  return new Builder(use.place).call(qualified(found), ...use.args);
}

const OWN_NAMESPACE = "__bicep";

/** The namespace of a function and its name there. */
export function splitFunctionName(name: string): { readonly namespace: string; readonly name: string } {
  const dot = name.indexOf(".");
  if (dot < 0) return { namespace: OWN_NAMESPACE, name };
  return { namespace: name.slice(0, dot), name: name.slice(dot + 1) };
}

/** The name under which a function of the template is called. */
export function qualified(name: string): string {
  const parts = splitFunctionName(name);
  return `${parts.namespace}.${parts.name}`;
}
