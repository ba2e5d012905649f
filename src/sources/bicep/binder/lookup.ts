import type { Namespaces } from "../functions/namespaces.ts";
import { isSemanticCode, type Report } from "../messages.ts";
import type { Identifier, ResourceAccess, SyntaxNode } from "../syntax/ast.ts";
import { suggest } from "../types/spelling.ts";
import { objectOfBody } from "./collect.ts";
import { findPlacementFault, type Place } from "./placement.ts";
import { findBuiltIn, type Scope } from "./scope.ts";
import type { BicepSymbol, DeclaredSymbol, UnboundSymbol } from "./symbol.ts";

/** What names are looked up in at one place. */
export interface Lookup {
  readonly scope: Scope;
  readonly place: Place;
  readonly namespaces: Namespaces;
  readonly report: Report;
}

/** What `name` stands for as a value. */
export function findVariable(name: Identifier, lookup: Lookup): BicepSymbol {
  const { scope, place, namespaces, report } = lookup;
  if (name.name === "") return unbound(name);
  const found = scope.find(name.name) ?? findBuiltIn(name.name, namespaces);
  if (found !== undefined) return found.kind === "builtInFunction" ? placed(name, found, lookup) : found;
  if (place.kind === "decorator" && namespaces.decorators.has(name.name)) return { kind: "decorator", name: name.name };
  if (!reportBanned(name, lookup)) reportUnknown(name, [...namespaces.types].sort(), report);
  return unbound(name);
}

/** A function that is named but not called; that it may not be called here at all is said first. */
function placed(name: Identifier, found: BicepSymbol, { namespaces, place, report }: Lookup): BicepSymbol {
  const called = place.kind === "decorator" ? undefined : namespaces.findFunction(name.name);
  const fault = called === undefined ? undefined : findPlacementFault(called, place);
  if (fault === undefined) return found;
  report(fault, name, [name.name]);
  return unbound(name);
}

/** What `name` stands for as a type. */
export function findType(name: Identifier, { scope, namespaces, report }: Lookup): BicepSymbol {
  if (name.name === "") return unbound(name);
  const found = scope.find(name.name) ?? findBuiltIn(name.name, namespaces);
  if (found !== undefined) return found;
  report("BCP302", name, [name.name]);
  return unbound(name);
}

/** What `name` stands for where it is called. */
export function findFunction(name: Identifier, lookup: Lookup): BicepSymbol {
  const { scope, namespaces, place, report } = lookup;
  if (name.name === "") return unbound(name);
  const declared = scope.find(name.name);
  if (declared !== undefined) return declared;
  if (namespaces.names.has(name.name)) return { kind: "namespace", name: name.name };
  const decorator = place.kind === "decorator" ? namespaces.decorators.get(name.name) : undefined;
  const called = decorator ?? namespaces.findFunction(name.name);
  if (called === undefined) {
    reportUnknownFunction(name, lookup);
    return unbound(name);
  }
  const fault = findPlacementFault(called, place);
  if (fault === undefined) return { kind: decorator === undefined ? "builtInFunction" : "decorator", name: name.name };
  report(fault, name, [name.name]);
  return unbound(name);
}

/** What is needed to find nested resources. */
interface NestedLookup {
  readonly uses: ReadonlyMap<SyntaxNode, BicepSymbol>;
  readonly nested: ReadonlyMap<SyntaxNode, readonly DeclaredSymbol[]>;
}

/** The resource that `base::name` stands for. */
export function findNested(node: ResourceAccess, { uses, nested }: NestedLookup, report: Report): BicepSymbol {
  const { base, name } = node;
  const outer = uses.get(base);
  if (outer?.kind === "unbound" || name.name === "") return unbound(name);
  if (outer?.kind !== "declared" || outer.declaration.kind !== "resource") {
    report("BCP158", name);
    return unbound(name);
  }
  // Those of a loop can only be told apart by an index, which there is no way to write.
  if (outer.declaration.value.kind === "for") {
    report("BCP158", name);
    return unbound(name);
  }
  const body = objectOfBody(outer.declaration.value);
  const known = body === undefined ? [] : (nested.get(body) ?? []);
  const found = known.find((symbol) => symbol.name === name.name);
  if (found !== undefined) return found;
  report("BCP159", name, [outer.name, name.name]);
  return unbound(name);
}

function unbound({ name }: Identifier): UnboundSymbol {
  return { kind: "unbound", name };
}

/** Reports a function of ARM templates that the language has no use for; false when the name is none. */
function reportBanned(name: Identifier, { namespaces, report }: Lookup): boolean {
  const code = namespaces.banned.get(name.name);
  if (code === undefined || !isSemanticCode(code)) return false;
  report(code, name, [name.name]);
  return true;
}

function reportUnknownFunction(name: Identifier, lookup: Lookup): void {
  if (reportBanned(name, lookup)) return;
  const { namespaces, place, report } = lookup;
  const decorators = place.kind === "decorator" ? [...namespaces.decorators.keys()] : [];
  reportUnknown(name, [...namespaces.functionNames, ...decorators].sort(), report);
}

function reportUnknown(name: Identifier, candidates: readonly string[], report: Report): void {
  const suggestion = suggest(name.name, candidates);
  if (suggestion === undefined) report("BCP057", name, [name.name]);
  else report("BCP082", name, [name.name, suggestion]);
}
