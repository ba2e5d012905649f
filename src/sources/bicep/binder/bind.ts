import type { Namespaces } from "../functions/namespaces.ts";
import type { Report } from "../messages.ts";
import type {
  Declaration,
  Element,
  ForExpression,
  FunctionCall,
  IfCondition,
  Lambda,
  LocalVariable,
  ObjectLiteral,
  Program,
  ResourceAccess,
  SyntaxNode,
  TypeInstantiation,
  TypeName,
  TypedLambda,
  TypedVariable,
  VariableAccess,
} from "../syntax/ast.ts";
import { collectNested, collectSymbols, objectOfBody } from "./collect.ts";
import { findFunction, findNested, findType, findVariable, type Lookup } from "./lookup.ts";
import { targetOf, valuePlace, type Place } from "./placement.ts";
import { Scope } from "./scope.ts";
import type { BicepSymbol, DeclaredSymbol, FileSymbol, InheritedSymbol, LocalSymbol } from "./symbol.ts";

/** A node that names something. */
export type NamingNode = FunctionCall | ResourceAccess | TypeInstantiation | TypeName | VariableAccess;

/** What the names of a file stand for. */
export interface Bindings {
  /** What the file declares, in order. */
  readonly symbols: readonly FileSymbol[];
  /** What every use of a name stands for. */
  readonly uses: ReadonlyMap<SyntaxNode, BicepSymbol>;
  /** The symbol of every declaration, nested resources included. */
  readonly declared: ReadonlyMap<SyntaxNode, DeclaredSymbol>;
  /** The nested resources of every body of a resource. */
  readonly nested: ReadonlyMap<SyntaxNode, readonly DeclaredSymbol[]>;
  /** The variables of loops, lambdas and functions. */
  readonly locals: ReadonlyMap<SyntaxNode, LocalSymbol>;
  readonly parents: ReadonlyMap<SyntaxNode, SyntaxNode>;
  /** The declarations whose values or types each declaration names. */
  readonly dependencies: ReadonlyMap<DeclaredSymbol, ReadonlySet<DeclaredSymbol>>;
}

/** What names are looked up in. */
export interface BindingInput {
  readonly program: Program;
  readonly namespaces: Namespaces;
  /** What a parameters file takes over from those it extends. */
  readonly inherited: readonly InheritedSymbol[];
  readonly report: Report;
}

/** Finds out what the names in a file stand for, and reports those that stand for nothing. */
export function bind(input: BindingInput): Bindings {
  const binder = new Binder(input);
  binder.bindProgram();
  return binder;
}

/** What holds for a part of the tree while it is walked. */
interface Context {
  readonly scope: Scope;
  readonly place: Place;
  /** The declarations around it, the innermost last. */
  readonly owners: readonly DeclaredSymbol[];
}

class Binder implements Bindings {
  readonly symbols: readonly FileSymbol[];
  readonly uses = new Map<SyntaxNode, BicepSymbol>();
  readonly declared = new Map<SyntaxNode, DeclaredSymbol>();
  readonly nested = new Map<SyntaxNode, readonly DeclaredSymbol[]>();
  readonly locals = new Map<SyntaxNode, LocalSymbol>();
  readonly parents = new Map<SyntaxNode, SyntaxNode>();
  readonly dependencies = new Map<DeclaredSymbol, Set<DeclaredSymbol>>();
  readonly #input: BindingInput;

  constructor(input: BindingInput) {
    this.#input = input;
    this.symbols = collectSymbols(input.program);
    for (const symbol of this.symbols) if (symbol.kind === "declared") this.#declare(symbol);
  }

  bindProgram(): void {
    const { program, inherited } = this.#input;
    const scope = new Scope(undefined, [...this.symbols, ...inherited]);
    this.#walkAll(program, program.declarations, { scope, place: { kind: "anywhere" }, owners: [] });
  }

  #declare(symbol: DeclaredSymbol): void {
    const { declaration } = symbol;
    this.declared.set(declaration, symbol);
    this.dependencies.set(symbol, new Set());
    const body = declaration.kind === "resource" ? objectOfBody(declaration.value) : undefined;
    if (body === undefined) return;
    const nested = collectNested(body);
    this.nested.set(body, nested);
    for (const inner of nested) this.#declare(inner);
  }

  #walkAll(parent: SyntaxNode, children: Iterable<Element>, context: Context): void {
    for (const child of children) {
      if (child.kind === "token") continue;
      this.parents.set(child, parent);
      this.#walk(child, context);
    }
  }

  #walk(node: SyntaxNode, context: Context): void {
    if (this.#walkScope(node, context) || this.#walkCall(node, context)) return;
    if ("decorators" in node) this.#walkDecorated(node, context);
    else this.#walkAll(node, node.children, context);
    this.#bindName(node, context);
  }

  /** Walks a node that opens a scope; false when it opens none. */
  #walkScope(node: SyntaxNode, context: Context): boolean {
    switch (node.kind) {
      case "for":
        this.#walkFor(node, context);
        return true;
      case "if":
        this.#walkIf(node, context);
        return true;
      case "lambda":
        this.#walkLambda(node, context);
        return true;
      case "typedLambda":
        this.#walkTypedLambda(node, context);
        return true;
      case "object":
        this.#walkObject(node, context);
        return true;
      default:
        return false;
    }
  }

  #walkFor(node: ForExpression, context: Context): void {
    const { item, index, body } = node;
    const variables = [item, index].filter((variable) => variable !== undefined);
    const header = node.children.filter((child) => child !== body);
    this.#walkAll(node, header, context);
    this.#walkAll(node, [body], { ...context, scope: this.#openScope(node, variables, context) });
  }

  #walkIf(node: IfCondition, context: Context): void {
    const { body } = node;
    const header = node.children.filter((child) => child !== body);
    this.#walkAll(node, header, { ...context, place: { kind: "anywhere" } });
    this.#walkAll(node, [body], context);
  }

  #walkLambda(node: Lambda, context: Context): void {
    const header = node.children.filter((child) => child !== node.body);
    this.#walkAll(node, header, context);
    this.#walkAll(node, [node.body], { ...context, scope: this.#openScope(node, node.variables, context) });
  }

  #walkTypedLambda(node: TypedLambda, context: Context): void {
    const header = node.children.filter((child) => child !== node.body);
    this.#walkAll(node, header, context);
    this.#walkAll(node, [node.body], { ...context, scope: this.#openScope(node, node.parameters, context) });
  }

  #openScope(
    scope: ForExpression | Lambda | TypedLambda,
    variables: readonly (LocalVariable | TypedVariable)[],
    context: Context,
  ): Scope {
    const symbols = variables.map((variable, position): LocalSymbol => {
      const symbol: LocalSymbol = {
        kind: "local",
        name: variable.name.name,
        place: variable.name,
        variable,
        scope,
        position,
      };
      this.locals.set(variable, symbol);
      return symbol;
    });
    return new Scope(context.scope, symbols, scope.kind === "typedLambda");
  }

  #walkObject(node: ObjectLiteral, context: Context): void {
    const nested = this.nested.get(node);
    const scope = nested === undefined ? context.scope : new Scope(context.scope, nested);
    this.#walkAll(node, node.children, { ...context, scope });
  }

  #walkDecorated(node: Decorated, context: Context): void {
    const owner = this.declared.get(node);
    if (owner !== undefined) for (const ancestor of context.owners) this.dependencies.get(owner)?.add(ancestor);
    const owners = owner === undefined ? context.owners : [...context.owners, owner];
    const place: Place = { kind: "decorator", target: targetOf(node) };
    // The compiler does not look at the decorators of these.
    if (!["extends", "import", "parameterAssignment", "targetScope", "using"].includes(node.kind)) {
      this.#walkAll(node, node.decorators, { ...context, place, owners });
    }
    const rest = node.children.filter((child) => child.kind !== "decorator");
    if (isDeclaration(node)) this.#walkAll(node, rest, { scope: context.scope, place: valuePlace(node), owners });
    else this.#walkAll(node, rest, context);
  }

  /** Walks a call, in whose arguments other functions are allowed than for itself; false when it is none. */
  #walkCall(node: SyntaxNode, context: Context): boolean {
    if (node.kind !== "call") return false;
    const place: Place = context.place.kind === "decorator" ? { kind: "anywhere" } : context.place;
    this.#walkAll(node, node.children, { ...context, place });
    this.#use(node, findFunction(node.name, this.#lookup(context)), context);
    return true;
  }

  #bindName(node: SyntaxNode, context: Context): void {
    if (node.kind === "variable") this.#use(node, findVariable(node.name, this.#lookup(context)), context);
    else if (node.kind === "nestedResource") this.#use(node, findNested(node, this, this.#input.report), context);
    else if (node.kind === "typeName" || (node.kind === "typeInstantiation" && node.base === undefined)) {
      this.#use(node, findType(node.name, this.#lookup(context)), context);
    }
  }

  #lookup({ scope, place }: Context): Lookup {
    return { scope, place, namespaces: this.#input.namespaces, report: this.#input.report };
  }

  #use(node: NamingNode, symbol: BicepSymbol, { owners }: Context): void {
    this.uses.set(node, symbol);
    const owner = owners.at(-1);
    if (owner !== undefined && symbol.kind === "declared") this.dependencies.get(owner)?.add(symbol);
  }
}

type Decorated = Extract<SyntaxNode, { readonly decorators: unknown }>;

function isDeclaration(node: Decorated): node is Declaration & Decorated {
  return !["tupleItem", "typeMember", "typeMemberRest"].includes(node.kind);
}
