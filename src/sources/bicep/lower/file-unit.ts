import type { TextComparer } from "../../../expression/dotnet/collation.ts";
import { SourceFile } from "../../arm/template/node.ts";
import type { BoundFile } from "../binder/bind-file.ts";
import type { Bindings } from "../binder/bind.ts";
import type { DeclaredSymbol } from "../binder/symbol.ts";
import type { Namespaces } from "../functions/namespaces.ts";
import type { ModuleDeclaration } from "../syntax/ast.ts";
import type { ScopeKind } from "../types/type.ts";
import { nameOfFile, type SourceFiles } from "../workspace/source-files.ts";
import type { BicepFile } from "../workspace/workspace.ts";
import type { LoweringBudget } from "./budget.ts";
import { findExternalInputs, type ExternalInputs } from "./external-inputs.ts";
import { findFileVariables, type FileVariables } from "./file-variables.ts";
import { findInlined } from "./inlining.ts";
import { NodeFactory } from "./nodes.ts";
import { ResourceTable } from "./resource-table.ts";
import { Scopes } from "./scope-data.ts";
import { usesSymbolicNames } from "./symbolic-names.ts";
import type { TypeSpelling } from "./type-spelling.ts";
import type { FileUnit, ModuleContent } from "./unit.ts";

/** What a unit asks of the others. */
interface Surroundings {
  readonly sources: SourceFiles;
  readonly spelling: TypeSpelling;
  readonly budget: LoweringBudget;
  readonly comparer: TextComparer;
  /** The file with what its names stand for. */
  readonly bound: BoundFile;
  readonly contentOf: (file: BicepFile, declaration: ModuleDeclaration) => ModuleContent;
  /** Whether outputs of the file are secrets. */
  readonly hasSecureOutputs: (unit: FileUnit) => boolean;
}

/** A Bicep file, everything about it worked out when it is first asked for. */
export class LazyUnit implements FileUnit {
  readonly file: BicepFile;
  readonly sources: SourceFiles;
  readonly budget: LoweringBudget;
  readonly comparer: TextComparer;
  readonly targetScope: ScopeKind;
  readonly namespaces: Namespaces;
  readonly bindings: Bindings;
  readonly nodes: NodeFactory;
  readonly spelling: TypeSpelling;
  readonly resources: ResourceTable;
  readonly scopes: Scopes;
  readonly #surroundings: Surroundings;
  #inlined: ReadonlySet<DeclaredSymbol> | undefined;
  #fileVariables: FileVariables | undefined;
  #externalInputs: ExternalInputs | undefined;
  #symbolicNames: boolean | undefined;

  constructor(surroundings: Surroundings) {
    const { bound } = surroundings;
    const { file } = bound;
    this.file = file;
    this.sources = surroundings.sources;
    this.targetScope = bound.targetScope;
    this.namespaces = bound.namespaces;
    this.bindings = bound.bindings;
    this.nodes = new NodeFactory(new SourceFile(nameOfFile(this.sources, file.path), file.tree.text));
    this.spelling = surroundings.spelling;
    this.budget = surroundings.budget;
    this.comparer = surroundings.comparer;
    this.resources = new ResourceTable(bound, surroundings.spelling);
    this.scopes = new Scopes(bound, this.resources);
    this.#surroundings = surroundings;
  }

  get inlined(): ReadonlySet<DeclaredSymbol> {
    this.#inlined ??= findInlined({ file: this, resources: this.resources, scopes: this.scopes });
    return this.#inlined;
  }

  get fileVariables(): FileVariables {
    this.#fileVariables ??= findFileVariables(this);
    return this.#fileVariables;
  }

  get externalInputs(): ExternalInputs {
    this.#externalInputs ??= findExternalInputs(this);
    return this.#externalInputs;
  }

  get symbolicNames(): boolean {
    this.#symbolicNames ??= usesSymbolicNames(this, {
      resources: this.resources,
      hasSecureOutputs: () => this.#surroundings.hasSecureOutputs(this),
      moduleHasSecureOutputs: (declaration) => this.contentOf(declaration).secureOutputs.size > 0,
    });
    return this.#symbolicNames;
  }

  readonly contentOf = (declaration: ModuleDeclaration): ModuleContent =>
    this.#surroundings.contentOf(this.file, declaration);
}
