import type { ImportDeclaration, ImportItem } from "../../syntax/ast.ts";
import type { ImportedSymbol } from "../../binder/symbol.ts";
import type { FileContext } from "../context.ts";
import type { FileModel } from "../model.ts";
import { nameList } from "../name-list.ts";

/** Reports names that a file imports but the other one does not export. */
export function checkImport(context: FileContext, declaration: ImportDeclaration): void {
  const model = context.modelOf(declaration);
  const { target } = declaration;
  if (model === "unknown" || model === "missing" || model.hasErrors || target.kind !== "importList") return;
  for (const item of target.items) checkItem(context, item, model);
}

function checkItem(context: FileContext, { original }: ImportItem, { exports }: FileModel): void {
  if (original.kind === "skipped" || (original.kind === "string" && original.holes.length > 0)) return;
  const name = original.kind === "identifier" ? original.name : (original.segments[0] ?? "");
  if (name === "") return;
  const found = exports.get(name);
  if (found === undefined) context.report("BCP360", original, [name]);
  else if (found.kind === "ambiguous") context.report("BCP374", original, [name]);
}

/** Reports what a file imports under several names. */
export function checkRepeatedImports({ file, bindings, report }: FileContext): void {
  const byExport = new Map<string, ImportedSymbol[]>();
  for (const symbol of bindings.symbols) {
    if (symbol.kind !== "imported" || symbol.original === undefined) continue;
    const reference = file.references.get(symbol.declaration);
    if (reference?.kind !== "file") continue;
    const key = `${reference.path}#${symbol.original}`;
    byExport.set(key, [...(byExport.get(key) ?? []), symbol]);
  }
  for (const same of byExport.values()) {
    const names = nameList(same.map(({ name }) => name));
    if (same.length > 1) for (const { item } of same) report("BCP362", item, [names]);
  }
}
