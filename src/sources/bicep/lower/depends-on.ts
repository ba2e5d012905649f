import type { ExpressionNode } from "../../../expression/ast.ts";
import type { MemberNode } from "../../arm/template/node.ts";
import type { DeclaredSymbol } from "../binder/symbol.ts";
import type { ForExpression, SyntaxNode } from "../syntax/ast.ts";
import { Builder } from "./build.ts";
import { objectOf, type Dependency, type DependencyGraph } from "./dependency-graph.ts";
import { indexContext, loopOf } from "./index-context.ts";
import type { IndexContext, Lowerer } from "./lowerer.ts";
import { symbolicReference } from "./reference.ts";
import { moduleId, resourceId } from "./resource-id.ts";
import { moduleOf } from "./unit.ts";

/** What something waits for. */
interface Entry {
  readonly symbol: DeclaredSymbol;
  /** What entries are sorted by. */
  readonly key: string;
  readonly dependency: Dependency;
  /** Which one of a loop; absent for all of them. */
  readonly context: IndexContext | undefined;
}

/** Longest way through existing resources and variables that is followed. */
const MAX_PATH = 64;

/** Works out what the resources and modules of a template wait for. */
export class DependencyLowering {
  readonly #lowerer: Lowerer;
  readonly #graph: DependencyGraph;

  constructor(lowerer: Lowerer, graph: DependencyGraph) {
    this.#lowerer = lowerer;
    this.#graph = graph;
  }

  /** The member `dependsOn` of a resource or module; `undefined` when it waits for nothing. */
  lower(symbol: DeclaredSymbol): MemberNode | undefined {
    const body = objectOf(symbol) ?? symbol.declaration;
    const entries = (this.#graph.get(symbol) ?? []).flatMap((dependency) =>
      this.#paths([dependency]).map((path) => this.#follow(path, body)),
    );
    const chosen = withoutCovered(entries).sort((left, right) =>
      this.#lowerer.unit.comparer.compare(left.key, right.key),
    );
    if (chosen.length === 0) return undefined;
    const { nodes } = this.#lowerer.unit;
    const values = chosen.map((entry) => nodes.expression(this.#name(entry, symbol.place), symbol.place));
    return nodes.member("dependsOn", nodes.array(values, symbol.place), symbol.place);
  }

  /** The ways from a dependency to what is deployed: through variables, and existing resources that are not part of the template. */
  #paths(path: readonly Dependency[]): (readonly Dependency[])[] {
    this.#lowerer.unit.budget.spend(path.length);
    const last = path.at(-1);
    if (last === undefined || path.length > MAX_PATH) return [];
    if (this.#isDeployed(last)) return [path];
    return (this.#graph.get(last.symbol) ?? [])
      .filter((next) => !path.includes(next))
      .flatMap((next) => this.#paths([...path, next]));
  }

  #isDeployed({ symbol, weak }: Dependency): boolean {
    const { declaration } = symbol;
    if (declaration.kind === "module") return true;
    if (declaration.kind !== "resource") return false;
    if (!declaration.existing) return true;
    const { symbolicNames, inlined } = this.#lowerer.unit;
    return symbolicNames && !weak && !inlined.has(symbol);
  }

  #follow(path: readonly Dependency[], body: SyntaxNode): Entry {
    let lowerer = this.#lowerer;
    let place: SyntaxNode = body;
    let context: IndexContext | undefined;
    let allByIndex = true;
    let all = false;
    for (const { symbol, index } of path) {
      context = index === undefined ? undefined : indexContext(lowerer, this.#loopOf(symbol), { index, place });
      lowerer = context?.lowerer ?? lowerer;
      const usesCopyIndex = context !== undefined && hasCopyIndex(context.index);
      all = usesCopyIndex && !allByIndex;
      allByIndex &&= usesCopyIndex;
      place = symbol.declaration;
    }
    const dependency = path.at(-1);
    if (dependency === undefined) throw new RangeError("an empty path");
    const { symbol } = dependency;
    const key = this.#lowerer.unit.resources.get(symbol)?.symbolicName ?? symbol.name;
    return all
      ? { symbol, key, dependency: { ...dependency, index: undefined }, context: undefined }
      : { symbol, key, dependency, context };
  }

  #loopOf(symbol: DeclaredSymbol): ForExpression | undefined {
    const resource = this.#lowerer.unit.resources.get(symbol);
    if (resource !== undefined) return loopOf(resource);
    const { declaration } = symbol;
    return (declaration.kind === "module" || declaration.kind === "variableDeclaration") &&
      declaration.value.kind === "for"
      ? declaration.value
      : undefined;
  }

  #name({ symbol, context }: Entry, place: SyntaxNode): ExpressionNode {
    const { unit } = this.#lowerer;
    const resource = unit.resources.get(symbol);
    if (unit.symbolicNames || (isLoop(symbol) && context === undefined)) {
      const name = resource?.symbolicName ?? symbol.name;
      return symbolicReference(name, { context: isLoop(symbol) ? context : undefined, place });
    }
    const lowerer = context?.lowerer ?? this.#lowerer;
    if (resource !== undefined) return resourceId(lowerer, resource, place);
    const module = moduleOf(symbol, unit.scopes);
    if (module === undefined) return new Builder(place).text(symbol.name);
    return moduleId(lowerer, module, { index: context?.index, place });
  }
}

/** Whoever waits for a whole loop needs not wait for some of it, too. */
function withoutCovered(entries: readonly Entry[]): Entry[] {
  const bySymbol = new Map<DeclaredSymbol, Entry[]>();
  for (const entry of entries) {
    const group = bySymbol.get(entry.symbol);
    if (group === undefined) bySymbol.set(entry.symbol, [entry]);
    else group.push(entry);
  }
  return [...bySymbol.values()].flatMap((group) => {
    const whole = group.find(({ dependency }) => dependency.index === undefined);
    return whole === undefined ? distinct(group) : [whole];
  });
}

function distinct(entries: readonly Entry[]): Entry[] {
  const strong = new Set<unknown>();
  const weak = new Set<unknown>();
  return entries.filter(({ dependency }) => {
    const known = dependency.weak ? weak : strong;
    if (known.has(dependency.index)) return false;
    known.add(dependency.index);
    return true;
  });
}

function isLoop({ declaration }: DeclaredSymbol): boolean {
  return "value" in declaration && declaration.value.kind === "for";
}

function hasCopyIndex(node: ExpressionNode): boolean {
  switch (node.kind) {
    case "call":
      return node.name === "copyIndex" || node.args.some(hasCopyIndex);
    case "member":
      return hasCopyIndex(node.target);
    case "index":
      return hasCopyIndex(node.target) || hasCopyIndex(node.index);
    default:
      return false;
  }
}
