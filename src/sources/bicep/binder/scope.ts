import type { Namespaces } from "../functions/namespaces.ts";
import type { BicepSymbol, FileSymbol, InheritedSymbol, LocalSymbol } from "./symbol.ts";
import { isReferable } from "./symbol.ts";

/** The names that can be used at one place, the inner ones first. */
export class Scope {
  readonly #symbols = new Map<string, BicepSymbol>();
  readonly #outer: Scope | undefined;
  /** Whether only variables, functions and imports of the outer scopes can be seen, as in the body of a function. */
  readonly #closed: boolean;

  constructor(outer: Scope | undefined, symbols: Iterable<FileSymbol | InheritedSymbol | LocalSymbol>, closed = false) {
    this.#outer = outer;
    this.#closed = closed;
    for (const symbol of symbols) {
      if (symbol.name === "" || this.#symbols.has(symbol.name) || !canBeNamed(symbol)) continue;
      this.#symbols.set(symbol.name, symbol);
    }
  }

  /** What `name` stands for in this scope or one around it. */
  find(name: string): BicepSymbol | undefined {
    const own = this.#symbols.get(name);
    if (own !== undefined) return own;
    const outer = this.#outer?.find(name);
    return outer === undefined || !this.#closed || isVisibleToFunctions(outer) ? outer : undefined;
  }
}

function canBeNamed(symbol: FileSymbol | InheritedSymbol | LocalSymbol): boolean {
  return symbol.kind === "inherited" || symbol.kind === "local" || isReferable(symbol);
}

function isVisibleToFunctions(symbol: BicepSymbol): boolean {
  if (symbol.kind === "declared")
    return ["function", "resource", "variableDeclaration"].includes(symbol.declaration.kind);
  return symbol.kind === "wildcard" || symbol.kind === "imported";
}

/** What the language itself knows by `name` where a value or type is asked for. */
export function findBuiltIn(name: string, namespaces: Namespaces): BicepSymbol | undefined {
  if (namespaces.names.has(name)) return { kind: "namespace", name };
  if (namespaces.types.has(name)) return { kind: "ambientType", name };
  return namespaces.findFunction(name) === undefined ? undefined : { kind: "builtInFunction", name };
}
