import type { BoundFile } from "../binder/bind-file.ts";
import type { DeclaredSymbol } from "../binder/symbol.ts";
import type { Expression, ObjectLiteral, SyntaxNode } from "../syntax/ast.ts";
import { literalText, openBody, propertyOf } from "./body.ts";
import { isWithin, loopsLeft } from "./locals.ts";
import type { ResourceInfo, ResourceTable } from "./resource-table.ts";

/** Something that a resource, module or variable uses. */
export interface Dependency {
  readonly symbol: DeclaredSymbol;
  /** Which one of a loop; absent for all of them. */
  readonly index: Expression | undefined;
  /** Whether only what is known before the deployment is read of it. */
  readonly weak: boolean;
}

/** What every resource, module and variable of a file uses. */
export type DependencyGraph = ReadonlyMap<DeclaredSymbol, readonly Dependency[]>;

const IDENTIFYING: ReadonlySet<string> = new Set(["id", "name", "type", "apiVersion"]);

/** Finds out what every resource, module and variable of a file uses; variables that come down to nothing are left out. */
export function findDependencies(file: BoundFile, resources: ResourceTable): DependencyGraph {
  const collector = new DependencyCollector(file, resources);
  for (const symbol of file.bindings.declared.values()) collector.inherit(symbol);
  for (const [node, symbol] of file.bindings.uses) if (symbol.kind === "declared") collector.use(node, symbol);
  return collector.withoutPlainVariables();
}

class DependencyCollector {
  readonly #file: BoundFile;
  readonly #resources: ResourceTable;
  readonly #dependencies = new Map<DeclaredSymbol, Dependency[]>();
  /** The same once more, by what is used. */
  readonly #bySymbol = new Map<DeclaredSymbol, Map<DeclaredSymbol, Dependency[]>>();

  constructor(file: BoundFile, resources: ResourceTable) {
    this.#file = file;
    this.#resources = resources;
  }

  /** What belongs to another resource depends on it. */
  inherit(symbol: DeclaredSymbol): void {
    if (!isNode(symbol.declaration)) return;
    const parent = this.#resources.get(symbol)?.ancestors.at(-1);
    const inherited: Dependency[] =
      parent === undefined ? [] : [{ symbol: parent.resource.symbol, index: parent.index, weak: true }];
    this.#dependencies.set(symbol, inherited);
    for (const dependency of inherited) this.#namesOf(symbol, dependency.symbol).push(dependency);
  }

  /** Adds what a name stands for to what its owner uses. */
  use(node: SyntaxNode, symbol: DeclaredSymbol): void {
    if (!isNode(symbol.declaration) || (node.kind !== "variable" && node.kind !== "nestedResource")) return;
    const parent = this.#file.bindings.parents.get(node);
    // Of `outer::inner`, only the inner resource is used.
    if (parent?.kind === "nestedResource" && parent.base === node) return;
    const owner = this.#ownerOf(node);
    if (owner !== undefined) this.#use(owner, node, symbol);
  }

  /** The resource, module or variable that a name stands in. */
  #ownerOf(node: SyntaxNode): DeclaredSymbol | undefined {
    const { parents, declared } = this.#file.bindings;
    for (let outer = parents.get(node); outer !== undefined; outer = parents.get(outer)) {
      if (isOwner(outer)) return declared.get(outer);
    }
    return undefined;
  }

  /** Variables that do not lead to a resource or module are nothing to wait for. */
  withoutPlainVariables(): DependencyGraph {
    const users = this.#users();
    const waiting = [...this.#dependencies].filter(([symbol, used]) => isVariable(symbol) && used.length === 0);
    const plain = waiting.map(([symbol]) => symbol);
    for (let symbol = plain.pop(); symbol !== undefined; symbol = plain.pop()) {
      for (const user of users.get(symbol) ?? []) {
        const before = this.#dependencies.get(user) ?? [];
        const after = before.filter((dependency) => dependency.symbol !== symbol);
        this.#dependencies.set(user, after);
        if (after.length === 0 && before.length > 0 && isVariable(user)) plain.push(user);
      }
    }
    return this.#dependencies;
  }

  #users(): ReadonlyMap<DeclaredSymbol, ReadonlySet<DeclaredSymbol>> {
    const users = new Map<DeclaredSymbol, Set<DeclaredSymbol>>();
    for (const [user, used] of this.#dependencies) {
      for (const { symbol } of used) {
        const known = users.get(symbol) ?? new Set();
        users.set(symbol, known.add(user));
      }
    }
    return users;
  }

  #use(owner: DeclaredSymbol, node: Expression, symbol: DeclaredSymbol): void {
    if (!isNode(symbol.declaration)) return;
    const isLoop = symbol.declaration.value.kind === "for";
    const resource = this.#resources.get(symbol);
    const dependency: Dependency = {
      symbol,
      index: isLoop ? this.#indexOf(owner, node) : undefined,
      weak: resource !== undefined && this.#isWeak(owner, node, resource),
    };
    const known = this.#dependencies.get(owner) ?? [];
    const sameName = this.#namesOf(owner, symbol);
    if (sameName.some((other) => sameDependency(other, dependency))) return;
    sameName.push(dependency);
    known.push(dependency);
    this.#dependencies.set(owner, known);
  }

  #namesOf(owner: DeclaredSymbol, symbol: DeclaredSymbol): Dependency[] {
    const used = this.#bySymbol.get(owner) ?? new Map<DeclaredSymbol, Dependency[]>();
    this.#bySymbol.set(owner, used);
    const known = used.get(symbol) ?? [];
    used.set(symbol, known);
    return known;
  }

  /** The index behind a name, as far as it means the same for the whole body of `owner`. */
  #indexOf(owner: DeclaredSymbol, node: Expression): Expression | undefined {
    const { bindings } = this.#file;
    const parent = bindings.parents.get(node);
    if (parent?.kind !== "index" || parent.base !== node) return undefined;
    const place = bodyOf(owner);
    return place !== undefined && loopsLeft(parent.index, place, bindings).size > 0 ? undefined : parent.index;
  }

  #isWeak(owner: DeclaredSymbol, node: Expression, resource: ResourceInfo): boolean {
    if (!resource.isAzure) return false;
    return this.#isIdentified(node, resource) || this.#isCalled(node, resource) || this.#isPlaced(owner, node);
  }

  #isIdentified(node: SyntaxNode, resource: ResourceInfo): boolean {
    const parent = this.#file.bindings.parents.get(node);
    if (parent?.kind === "nonNull") return this.#isIdentified(parent, resource);
    if (parent?.kind === "property") return IDENTIFYING.has(parent.name.name);
    if (parent?.kind !== "index" || parent.base !== node) return false;
    const name = literalText(parent.index);
    if (name !== undefined) return IDENTIFYING.has(name);
    return resource.loop !== undefined && this.#isIdentified(parent, resource);
  }

  #isCalled(node: SyntaxNode, resource: ResourceInfo): boolean {
    const parent = this.#file.bindings.parents.get(node);
    if (parent?.kind === "nonNull") return this.#isCalled(parent, resource);
    if (parent?.kind === "instanceCall") return true;
    return parent?.kind === "index" && parent.base === node && resource.loop !== undefined
      ? this.#isCalled(parent, resource)
      : false;
  }

  /** Whether `node` only says what `owner` belongs to. */
  #isPlaced(owner: DeclaredSymbol, node: SyntaxNode): boolean {
    const body = objectOf(owner);
    return ["parent", "scope"].some((name) => {
      const property = propertyOf(body, name);
      return property !== undefined && isWithin(node, property, this.#file.bindings);
    });
  }
}

function sameDependency(left: Dependency, right: Dependency): boolean {
  return left.symbol === right.symbol && left.index === right.index && left.weak === right.weak;
}

type Used = Extract<DeclaredSymbol["declaration"], { kind: "module" | "resource" | "variableDeclaration" }>;

function isOwner({ kind }: SyntaxNode): boolean {
  return kind === "resource" || kind === "module" || kind === "variableDeclaration";
}

function isNode(declaration: DeclaredSymbol["declaration"]): declaration is Used {
  return ["module", "resource", "variableDeclaration"].includes(declaration.kind);
}

function isVariable({ declaration }: DeclaredSymbol): boolean {
  return declaration.kind === "variableDeclaration";
}

/** The object of a resource or module. */
export function objectOf({ declaration }: DeclaredSymbol): ObjectLiteral | undefined {
  return declaration.kind === "resource" || declaration.kind === "module"
    ? openBody(declaration.value).object
    : undefined;
}

/** What a resource, module or variable is, without its loop and condition. */
export function bodyOf(symbol: DeclaredSymbol): SyntaxNode | undefined {
  const { declaration } = symbol;
  if (declaration.kind !== "variableDeclaration") return objectOf(symbol);
  return declaration.value.kind === "for" ? declaration.value.body : declaration.value;
}
