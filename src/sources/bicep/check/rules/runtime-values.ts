import type { DeclaredSymbol } from "../../binder/symbol.ts";
import type { ArrayAccess, Expression, PropertyAccess, ResourceDeclaration, SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import { namedDeployable } from "./collection.ts";
import { isInlined } from "./inlined-call.ts";
import { bodyMember, parentOf } from "./resource-body.ts";

/** What of a resource and of a module is known before it is deployed. */
const KNOWN: Readonly<Record<"module" | "resource", ReadonlySet<string>>> = {
  module: new Set(["name"]),
  resource: new Set(["apiVersion", "id", "name", "type"]),
};

/** Whether the name and the ID of an existing resource are known before anything is deployed. */
interface Identity {
  readonly name: boolean;
  readonly id: boolean;
}

/** Finds the parts of expressions that have a value only once something else is deployed. */
export class RuntimeValues {
  readonly #context: FileContext;
  readonly #variables = new Map<DeclaredSymbol, boolean>();
  readonly #existing = new Map<ResourceDeclaration, Identity>();

  constructor(context: FileContext) {
    this.#context = context;
    // Each comes behind those it names, so that nothing is looked into twice.
    for (const symbol of context.order.symbols) {
      const { declaration } = symbol;
      if (declaration.kind === "variableDeclaration") this.#variables.set(symbol, this.has(declaration.value));
      else if (declaration.kind === "resource" && declaration.existing) {
        this.#existing.set(declaration, this.#identityOf(declaration));
      }
    }
  }

  /** The parts of `node` that are known later only, in the order of their places. */
  *find(node: SyntaxNode): Generator<SyntaxNode> {
    if (node.kind === "property" || node.kind === "index") yield* this.#findInAccess(node);
    else if (node.kind === "variable" || node.kind === "nestedResource") {
      if (this.#isRuntimeName(node)) yield node;
    } else if (node.kind === "call" || node.kind === "instanceCall") {
      if (isInlined(this.#context, node)) yield node;
      else if (node.name.name !== "nameof") yield* this.#findInParts(node);
    } else yield* this.#findInParts(node);
  }

  /** Whether a part of `node` is known later only. */
  has(node: SyntaxNode): boolean {
    return this.find(node).next().done !== true;
  }

  *#findInParts({ children }: SyntaxNode): Generator<SyntaxNode> {
    for (const child of children) if (child.kind !== "token") yield* this.find(child);
  }

  *#findInAccess(node: ArrayAccess | PropertyAccess): Generator<SyntaxNode> {
    const { index, symbol } = this.#deployed(node.base);
    if (symbol === undefined) {
      yield* this.#findInParts(node);
      return;
    }
    if (index !== undefined) yield* this.find(index);
    if (!this.#isKnown(node, symbol)) yield node;
    if (node.kind === "index") yield* this.find(node.index);
  }

  /** The resource or module that `base` stands for, with the index that chooses it from a loop. */
  #deployed(base: Expression): { readonly symbol?: DeclaredSymbol; readonly index?: Expression } {
    const node = asserted(base);
    const symbol = namedDeployable(this.#context, node);
    if (symbol !== undefined) return isLoop(symbol) ? {} : { symbol };
    if (node.kind !== "index") return {};
    const of = namedDeployable(this.#context, asserted(node.base));
    return of !== undefined && isLoop(of) ? { symbol: of, index: node.index } : {};
  }

  #isKnown(node: ArrayAccess | PropertyAccess, { declaration }: DeclaredSymbol): boolean {
    if (declaration.kind !== "module" && declaration.kind !== "resource") return true;
    // What is known of the resources of extensions depends on them.
    if (this.#context.typeOf(node.base).kind === "any") return true;
    const name = node.kind === "property" ? node.name.name : this.#textOf(node.index);
    if (name === undefined || !KNOWN[declaration.kind].has(name)) return false;
    const identity = declaration.kind === "resource" ? this.#existing.get(declaration) : undefined;
    return name === "id" || name === "name" ? identity?.[name] !== false : true;
  }

  /** The name of an existing resource may come from what is deployed, and with it its ID, or that of its parent. */
  #identityOf(declaration: ResourceDeclaration): Identity {
    const own = bodyMember(declaration, "name");
    const name = own === undefined || !this.has(own);
    const parent = parentOf(this.#context, declaration);
    const outer = parent === undefined ? undefined : this.#existing.get(parent);
    return { name, id: name && outer?.id !== false };
  }

  #textOf(index: Expression): string | undefined {
    const type = this.#context.typeOf(index);
    return type.kind === "stringLiteral" ? type.value : undefined;
  }

  #isRuntimeName(node: SyntaxNode): boolean {
    const symbol = this.#context.bindings.uses.get(node);
    if (symbol?.kind !== "declared") return false;
    const { kind } = symbol.declaration;
    return kind === "module" || kind === "resource" || this.#variables.get(symbol) === true;
  }
}

function isLoop({ declaration }: DeclaredSymbol): boolean {
  return "value" in declaration && declaration.value.kind === "for";
}

/** The expression without the `!` behind it. */
function asserted(node: Expression): Expression {
  return node.kind === "nonNull" ? asserted(node.operand) : node;
}
