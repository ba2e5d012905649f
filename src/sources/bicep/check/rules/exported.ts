import type { DeclaredSymbol } from "../../binder/symbol.ts";
import type { FileContext } from "../context.ts";
import { hasDecorator } from "../declare/modify.ts";
import { nameList } from "../name-list.ts";

/** What belongs to one deployment and cannot be had by other files. */
const LOCAL: ReadonlySet<string> = new Set(["module", "parameter", "resource"]);

/** Reports what is exported although it depends on what only a deployment of the file has. */
export function checkExported(context: FileContext): void {
  const { order, bindings } = context;
  // Each comes behind those it names.
  const reached = new Map<DeclaredSymbol, string>();
  for (const symbol of order.symbols) {
    if (LOCAL.has(symbol.declaration.kind)) reached.set(symbol, symbol.name);
    for (const named of bindings.dependencies.get(symbol) ?? []) {
      const name = reached.get(named);
      if (name !== undefined && !reached.has(symbol)) reached.set(symbol, name);
    }
    checkOne(context, symbol, reached.get(symbol));
  }
}

function checkOne(context: FileContext, { declaration }: DeclaredSymbol, reached: string | undefined): void {
  if (reached === undefined || LOCAL.has(declaration.kind) || declaration.kind === "output") return;
  const decorator = hasDecorator(context, declaration, "export");
  if (decorator !== undefined) context.report("BCP372", decorator, [nameList([reached])]);
}
