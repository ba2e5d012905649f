import { bindFile } from "../binder/bind-file.ts";
import type { Bindings } from "../binder/bind.ts";
import { orderDeclarations, type DeclarationOrder } from "../binder/order.ts";
import type { BicepSymbol, InheritedSymbol } from "../binder/symbol.ts";
import type { Namespaces } from "../functions/namespaces.ts";
import type {
  Expression,
  FunctionDeclaration,
  IfCondition,
  ParameterDeclaration,
  SyntaxNode,
  TypeDeclaration,
  TypeExpression,
} from "../syntax/ast.ts";
import type { BicepType, FunctionType, ScopeKind } from "../types/type.ts";
import type { SourceFiles } from "../workspace/source-files.ts";
import type { BicepFile, ReferringDeclaration } from "../workspace/workspace.ts";
import type { FileContext } from "./context.ts";
import { AliasTypes } from "./declare/alias-type.ts";
import { declare } from "./declare/type-expression.ts";
import { FileDiagnostics } from "./diagnostics.ts";
import { typeOfFunction } from "./function-type.ts";
import { CallFolder } from "./infer/fold-call.ts";
import { infer } from "./infer/infer.ts";
import type { FileModel, ReferencedModel } from "./model.ts";
import { typeOfParameter } from "./parameter-type.ts";
import { typeOfSymbol } from "./symbol-type.ts";

/** What is known of other files when one is checked. */
export interface Surroundings {
  readonly sources: SourceFiles;
  readonly modelOf: (declaration: ReferringDeclaration) => ReferencedModel;
  /** The file that a parameters file extends. */
  readonly base: FileModel | undefined;
}

/** Works out the types of a file, each once, and collects what is wrong with it. */
export class FileChecker implements FileContext {
  readonly file: BicepFile;
  readonly sources: SourceFiles;
  readonly targetScope: ScopeKind;
  readonly namespaces: Namespaces;
  readonly bindings: Bindings;
  readonly order: DeclarationOrder;
  readonly extensions: ReadonlySet<string>;
  readonly base: FileModel | undefined;
  readonly modelOf: Surroundings["modelOf"];
  readonly found = new FileDiagnostics();
  readonly report = this.found.report;
  readonly carry = this.found.carry;
  readonly withdraw = this.found.withdraw;
  readonly aliases: AliasTypes;
  readonly folder = new CallFolder();
  readonly #types = new Map<SyntaxNode, BicepType>();
  readonly #declared = new Map<SyntaxNode, BicepType>();
  readonly #parameters = new Map<SyntaxNode, BicepType>();
  readonly #symbols = new Map<BicepSymbol, BicepType>();

  constructor(file: BicepFile, surroundings: Surroundings) {
    this.file = file;
    this.sources = surroundings.sources;
    this.modelOf = surroundings.modelOf;
    this.base = surroundings.base;
    const inherited = inheritedSymbols(file, surroundings.base);
    const { bindings, namespaces, targetScope } = bindFile(file, { inherited, report: this.carry });
    this.bindings = bindings;
    this.namespaces = namespaces;
    this.targetScope = targetScope;
    this.order = orderDeclarations(bindings);
    this.extensions = extensionsOf(file, bindings);
    this.aliases = new AliasTypes(this);
  }

  readonly typeOf = (node: Expression | IfCondition): BicepType => {
    return remember(this.#types, node, () => infer(this, node));
  };

  readonly declaredType = (node: TypeExpression): BicepType => {
    return remember(this.#declared, node, () => declare(this, node));
  };

  readonly parameterType = (node: ParameterDeclaration): BicepType => {
    return remember(this.#parameters, node, () => typeOfParameter(this, node));
  };

  readonly typeOfSymbol = (symbol: BicepSymbol): BicepType => {
    return remember(this.#symbols, symbol, () => typeOfSymbol(this, symbol));
  };

  readonly aliasType = (node: TypeDeclaration): BicepType => this.aliases.get(node);

  readonly functionType = (node: FunctionDeclaration): FunctionType => typeOfFunction(this, node);
}

function remember<Key>(known: Map<Key, BicepType>, key: Key, work: () => BicepType): BicepType {
  const found = known.get(key);
  if (found !== undefined) return found;
  const type = work();
  known.set(key, type);
  return type;
}

/** A parameters file can name what those it extends assign, each or all together. */
function inheritedSymbols({ tree }: BicepFile, base: FileModel | undefined): InheritedSymbol[] {
  const isExtending = tree.program.declarations.some((declaration) => declaration.kind === "extends");
  if (!isExtending) return [];
  const assigned = [...(base?.assignments.keys() ?? [])];
  return [
    ...assigned.map((name): InheritedSymbol => ({ kind: "inherited", name, assigned: "assignment" })),
    { kind: "inherited", name: "base", assigned: "all" },
  ];
}

function extensionsOf({ features }: BicepFile, { symbols }: Bindings): ReadonlySet<string> {
  const declared = symbols.filter((symbol) => {
    return symbol.kind === "declared" && symbol.declaration.kind === "extension";
  });
  return new Set([...features.extensions, ...declared.map((symbol) => symbol.name)]);
}
