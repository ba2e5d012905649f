import type { BicepSymbol, FileSymbol } from "../../binder/symbol.ts";
import { isReferable } from "../../binder/symbol.ts";
import type { SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import { nameOfMember } from "../members.ts";
import { nameList } from "../name-list.ts";

/** Something with a name, and where that stands. */
interface Named {
  readonly name: string;
  readonly place: SyntaxNode;
}

/** Reports names that a file, a resource, a loop, a lambda or a function declares more than once. */
export function checkDuplicateNames(context: FileContext): void {
  const { symbols, nested, locals } = context.bindings;
  reportSame(
    context,
    symbols.filter((symbol) => isReferable(symbol) || kindOf(symbol) === "assert"),
    "BCP028",
  );
  for (const kind of ["output", "metadata"]) {
    const ofKind = symbols.filter((symbol) => kindOf(symbol) === kind);
    reportSame(context, ofKind, "BCP145");
  }
  for (const inner of nested.values()) reportSame(context, inner, "BCP028");
  const byScope = new Map<SyntaxNode, Named[]>();
  for (const local of locals.values()) byScope.set(local.scope, [...(byScope.get(local.scope) ?? []), local]);
  for (const inner of byScope.values()) reportSame(context, inner, "BCP028");
  checkReserved(context, symbols);
}

function kindOf(symbol: BicepSymbol): string {
  return symbol.kind === "declared" ? symbol.declaration.kind : symbol.kind;
}

function reportSame(context: FileContext, items: readonly Named[], code: "BCP028" | "BCP145"): void {
  for (const same of groupBy(items, ({ name }) => name).values()) {
    if (same.length > 1) for (const { name, place } of same) context.report(code, place, [name]);
  }
}

function checkReserved(context: FileContext, symbols: readonly FileSymbol[]): void {
  for (const symbol of symbols) {
    if (!isReferable(symbol)) continue;
    const isExtension = symbol.kind === "declared" && symbol.declaration.kind === "extension";
    if (context.namespaces.names.has(symbol.name) && !isExtension) {
      context.report("BCP084", symbol.place, [symbol.name]);
    }
  }
}

/** The kinds of declarations that the deployment engine tells apart without regard to letter case. */
const CASELESS: readonly (readonly [kind: string, plural: string])[] = [
  ["parameter", "parameters"],
  ["variableDeclaration", "variables"],
  ["output", "outputs"],
  ["typeDeclaration", "types"],
  ["assert", "asserts"],
];

/** Reports names of a kind that differ in letter case only. */
export function checkCasing(context: FileContext): void {
  for (const [kind, plural] of CASELESS) {
    reportCasing(
      context,
      context.bindings.symbols.filter((symbol) => kindOf(symbol) === kind),
      plural,
    );
  }
  const copy = context.bindings.symbols.find((symbol) => {
    return kindOf(symbol) === "variableDeclaration" && symbol.name.toLowerCase() === "copy";
  });
  if (copy !== undefined) context.report("BCP239", copy.place, ["copy"]);
}

/** As `checkCasing`, for the members of an object type. */
export function checkTypeMembers(context: FileContext, node: SyntaxNode): void {
  if (node.kind !== "objectType") return;
  const members = node.members.flatMap((member): Named[] => {
    const name = member.kind === "typeMember" ? nameOfMember(member) : undefined;
    return member.kind === "typeMember" && name !== undefined ? [{ name, place: member.key }] : [];
  });
  reportCasing(context, members, "type properties");
}

function reportCasing(context: FileContext, items: readonly Named[], plural: string): void {
  for (const same of groupBy(items, ({ name }) => name.toLowerCase()).values()) {
    const names = new Set(same.map(({ name }) => name));
    // Names that are equal altogether are reported as such.
    if (same.length < 2 || names.size < same.length) continue;
    for (const { place } of same) context.report("BCP353", place, [plural, nameList(names)]);
  }
}

function groupBy(items: readonly Named[], keyOf: (item: Named) => string): Map<string, Named[]> {
  const groups = new Map<string, Named[]>();
  for (const item of items) {
    if (item.name === "") continue;
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
