import type { BoundFile } from "../binder/bind-file.ts";
import type { BicepSymbol, DeclaredSymbol } from "../binder/symbol.ts";
import type { FunctionCall, InstanceCall, PropertyAccess, ResourceDeclaration, SyntaxNode } from "../syntax/ast.ts";
import { keyText, openBody, propertiesOf, unwrap } from "./body.ts";
import type { ResourceInfo, ResourceTable } from "./resource-table.ts";
import type { Scopes } from "./scope-data.ts";

/** What is known before a deployment of every resource. */
const CONSTANT_PROPERTIES: ReadonlySet<string> = new Set(["id", "name", "type", "apiVersion"]);

/** `constant` ones read something of a resource that is known all the same, which holds unless the rest says otherwise. */
type Decision = "constant" | "inline" | "keep";

interface Parts {
  readonly file: BoundFile;
  readonly resources: ResourceTable;
  readonly scopes: Scopes;
}

/**
 * The variables, assignments and existing resources that have no place of their own in the template: what they stand for is only
 * known during the deployment, so it is written wherever they are used.
 */
export function findInlined(parts: Parts): ReadonlySet<DeclaredSymbol> {
  const finder = new InliningFinder(parts);
  for (const symbol of parts.file.bindings.symbols) {
    if (symbol.kind === "declared" && isCandidate(symbol)) finder.decide(symbol);
  }
  for (const { symbol } of parts.resources.all) finder.decide(symbol);
  return finder.inlined();
}

function isCandidate({ declaration }: DeclaredSymbol): boolean {
  return declaration.kind === "variableDeclaration" || declaration.kind === "parameterAssignment";
}

class InliningFinder {
  readonly #parts: Parts;
  readonly #decisions = new Map<DeclaredSymbol, Decision>();
  #current: DeclaredSymbol | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  inlined(): ReadonlySet<DeclaredSymbol> {
    return new Set([...this.#decisions].filter(([, decision]) => decision === "inline").map(([symbol]) => symbol));
  }

  decide(symbol: DeclaredSymbol): Decision {
    const known = this.#decisions.get(symbol);
    if (known !== undefined) return known;
    const { declaration } = symbol;
    if (declaration.kind === "resource") this.#decideResource(symbol, declaration);
    else this.#visitFor(symbol, declaration.children.filter(isNode));
    return this.#decisions.get(symbol) ?? "keep";
  }

  #decideResource(symbol: DeclaredSymbol, declaration: ResourceDeclaration): void {
    const info = this.#parts.resources.get(symbol);
    if (!declaration.existing || info === undefined) {
      this.#decisions.set(symbol, "constant");
      return;
    }
    this.#decisions.set(symbol, "keep");
    if (this.#belongsToInlined(info)) {
      this.#decisions.set(symbol, "inline");
      return;
    }
    const { object, loop } = openBody(declaration.value);
    if (loop !== undefined) return;
    const properties = propertiesOf(object).filter(
      (property) => !["dependsOn", "parent", "scope"].includes(keyText(property) ?? ""),
    );
    this.#visitFor(symbol, properties);
  }

  #belongsToInlined(info: ResourceInfo): boolean {
    let inherited = false;
    for (const { resource } of info.ancestors) {
      const inlined = this.decide(resource.symbol) === "inline";
      inherited = resource.declaration.existing && (inherited || inlined);
    }
    const extended = info.ancestors.length > 0 ? undefined : this.#parts.scopes.ofResource(info).resource;
    return inherited || (extended !== undefined && this.decide(extended.symbol) === "inline");
  }

  #visitFor(symbol: DeclaredSymbol, nodes: readonly SyntaxNode[]): void {
    const outer = this.#current;
    this.#current = symbol;
    this.#decisions.set(symbol, "keep");
    for (const node of nodes) this.#visit(node);
    this.#current = outer;
  }

  #visit(node: SyntaxNode): void {
    if (this.#isDecided()) return;
    switch (node.kind) {
      case "variable":
        this.#visitName(node);
        return;
      case "property":
        this.#visitProperty(node);
        return;
      case "call":
      case "instanceCall":
        this.#visitCall(node);
        return;
      default:
        this.#visitAll(node);
    }
  }

  #visitAll(node: SyntaxNode): void {
    for (const child of node.children) if (isNode(child)) this.#visit(child);
  }

  #visitName(node: SyntaxNode): void {
    const symbol = this.#parts.file.bindings.uses.get(node);
    if (symbol?.kind !== "declared") return;
    if (isCandidate(symbol)) this.#settle(this.decide(symbol) === "inline" ? "inline" : "keep");
    else if (isDeployed(symbol) && this.#decision() !== "constant") this.#settle("inline");
  }

  #visitProperty(node: PropertyAccess): void {
    const symbol = this.#symbolBehind(unwrap(node.base));
    if (symbol?.kind !== "declared" || !isDeployed(symbol)) {
      this.#visitAll(node);
      return;
    }
    this.#settle(this.#isConstant(symbol, node.name.name) ? "constant" : "inline");
  }

  #isConstant(symbol: DeclaredSymbol, property: string): boolean {
    if (symbol.declaration.kind === "module") return property === "name";
    if (!CONSTANT_PROPERTIES.has(property)) return false;
    return (property !== "id" && property !== "name") || this.decide(symbol) !== "inline";
  }

  #symbolBehind(node: SyntaxNode): BicepSymbol | undefined {
    return node.kind === "index" ? this.#symbolBehind(node.base) : this.#parts.file.bindings.uses.get(node);
  }

  #visitCall(node: FunctionCall | InstanceCall): void {
    const { bindings, namespaces } = this.#parts.file;
    const base = node.kind === "instanceCall" ? bindings.uses.get(unwrap(node.base)) : bindings.uses.get(node);
    const isBuiltIn = base?.kind === "builtInFunction" || base?.kind === "namespace";
    if (isBuiltIn) {
      const called = namespaces.findFunction(node.name.name);
      this.#settle(called?.placement === "inlining" || called?.name === "externalInput" ? "inline" : "keep");
      if (called?.name === "nameof") return;
    }
    this.#visitAll(node);
  }

  #decision(): Decision | undefined {
    return this.#current === undefined ? undefined : this.#decisions.get(this.#current);
  }

  #isDecided(): boolean {
    return this.#current === undefined || this.#decision() === "inline";
  }

  #settle(decision: Decision): void {
    if (this.#current !== undefined && !this.#isDecided()) this.#decisions.set(this.#current, decision);
  }
}

function isDeployed({ declaration }: DeclaredSymbol): boolean {
  return declaration.kind === "resource" || declaration.kind === "module";
}

function isNode(child: SyntaxNode["children"][number]): child is SyntaxNode {
  return child.kind !== "token";
}
