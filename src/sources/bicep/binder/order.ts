import type { Bindings } from "./bind.ts";
import { findComponents } from "./components.ts";
import type { DeclaredSymbol } from "./symbol.ts";

/** In which order what a file declares can be worked out. */
export interface DeclarationOrder {
  /** Each behind those it names. */
  readonly symbols: readonly DeclaredSymbol[];
  /** Those that cannot be worked out, as they lead to each other, with all of their circle. Types may do so. */
  readonly cycles: ReadonlyMap<DeclaredSymbol, readonly DeclaredSymbol[]>;
}

/** Orders the declarations of a file by what they name. */
export function orderDeclarations({ dependencies }: Bindings): DeclarationOrder {
  const components = findComponents(dependencies.keys(), (symbol) => dependencies.get(symbol) ?? []);
  const cycles = new Map<DeclaredSymbol, readonly DeclaredSymbol[]>();
  for (const component of components) {
    const [first] = component;
    const isCycle = component.length > 1 || (first !== undefined && dependencies.get(first)?.has(first) === true);
    if (!isCycle || first?.declaration.kind === "typeDeclaration") continue;
    for (const symbol of component) cycles.set(symbol, component);
  }
  return { symbols: components.flat(), cycles };
}
