import { GateError } from "../../../diagnostics/gate-error.ts";
import { TextComparer } from "../../../expression/dotnet/collation.ts";
import { Evaluator } from "../../../expression/evaluate.ts";
import { valueOf, type TemplateNode } from "../../arm/template/node.ts";
import { readJsonc } from "../../arm/template/read-jsonc.ts";
import { bindFile, type BoundFile } from "../binder/bind-file.ts";
import type { InheritedSymbol } from "../binder/symbol.ts";
import type { Declaration, ModuleDeclaration } from "../syntax/ast.ts";
import { nameOfFile } from "../workspace/source-files.ts";
import type { BicepFile, ReferringDeclaration, TemplateFile, Workspace } from "../workspace/workspace.ts";
import { LoweringBudget } from "./budget.ts";
import { LazyUnit } from "./file-unit.ts";
import { ImportClosure } from "./import-closure.ts";
import type { ImportSources } from "./imported-entries.ts";
import { lowerParameters, type LoweredParameters } from "./lower-parameters.ts";
import { createLowerer } from "./lowering.ts";
import type { Lowerer } from "./lowerer.ts";
import { unresolvedModule } from "./markers.ts";
import { ParametersFile } from "./parameters-file.ts";
import { secureOutputsOf } from "./secure-outputs.ts";
import { lowerOutputTypes, lowerTemplate } from "./template.ts";
import { TypeSpelling } from "./type-spelling.ts";
import type { FileUnit, ModuleContent } from "./unit.ts";

/** How a workspace is lowered. */
export interface LoweringOptions {
  /** Gives the names of a file their meaning; a checker that has done so already hands its results on. */
  readonly bind?: (file: BicepFile, inherited: readonly InheritedSymbol[]) => BoundFile;
}

function bindAnew(file: BicepFile, inherited: readonly InheritedSymbol[]): BoundFile {
  return bindFile(file, { inherited });
}

/** Lowers the files of a workspace, each once, however often it is used. */
export class LoweringSession {
  readonly #workspace: Workspace;
  readonly #bind: (file: BicepFile, inherited: readonly InheritedSymbol[]) => BoundFile;
  readonly #spelling = new TypeSpelling();
  readonly #budget = new LoweringBudget();
  readonly #comparer = new TextComparer();
  readonly #units = new Map<string, LazyUnit>();
  readonly #lowerers = new Map<string, { readonly lowerer: Lowerer; readonly closure: ImportClosure }>();
  readonly #contents = new Map<string, ModuleContent>();
  readonly #open = new Set<string>();

  constructor(workspace: Workspace, { bind = bindAnew }: LoweringOptions = {}) {
    this.#workspace = workspace;
    this.#bind = bind;
  }

  /**
   * The template of the file at `path`.
   *
   * @throws GateError BICEP_FAILED when a file cannot be read, or uses itself as a module
   */
  content(path: string): ModuleContent {
    const known = this.#contents.get(path);
    if (known !== undefined) return known;
    if (this.#open.has(path)) throw new GateError("BICEP_FAILED", `${this.#nameOf(path)} uses itself as a module`);
    this.#open.add(path);
    const content = this.#lower(path);
    this.#open.delete(path);
    this.#contents.set(path, content);
    return content;
  }

  /**
   * What the parameters file at `path` says.
   *
   * @throws GateError PARAMETER_INVALID when a value cannot be worked out, or what `content` throws
   */
  parameters(path: string): LoweredParameters {
    return lowerParameters(this.#parametersFile(path, new Evaluator()));
  }

  /** The path of the template that a parameters file is for; `undefined` when it names none that is at hand. */
  templatePath(path: string): string | undefined {
    const file = this.#workspace.files.get(path);
    const declaration = file?.kind === "bicep" ? declarationOf(file, "using") : undefined;
    return file?.kind === "bicep" && declaration !== undefined ? pathOf(file, declaration) : undefined;
  }

  #parametersFile(path: string, evaluator: Evaluator): ParametersFile {
    const file = this.#workspace.files.get(path);
    if (file?.kind !== "bicep") throw this.#unreadable(path);
    if (this.#open.has(path)) throw new GateError("BICEP_FAILED", `${this.#nameOf(path)} extends itself`);
    this.#open.add(path);
    const extended = declarationOf(file, "extends");
    const basePath = extended === undefined ? undefined : pathOf(file, extended);
    const base = basePath === undefined ? undefined : this.#parametersFile(basePath, evaluator);
    this.#open.delete(path);
    const { lowerer, closure } = this.#tools(file, base?.inheritedSymbols());
    return new ParametersFile({ evaluator, lowerer, closure, base });
  }

  #lower(path: string): ModuleContent {
    const file = this.#workspace.files.get(path);
    if (file === undefined) throw this.#unreadable(path);
    if (file.kind === "template") return withSecureOutputs(templateNode(file, this.#nameOf(path)));
    const { lowerer, closure } = this.#tools(file);
    return withSecureOutputs(lowerTemplate(lowerer, closure.declarations()));
  }

  #tools(
    file: BicepFile,
    inherited?: readonly InheritedSymbol[],
  ): { readonly lowerer: Lowerer; readonly closure: ImportClosure } {
    const known = this.#lowerers.get(file.path);
    if (known !== undefined) return known;
    const unit = this.#unit(file, inherited);
    const closure = new ImportClosure(unit, this.#imports());
    const tools = { closure, lowerer: createLowerer(unit, closure) };
    this.#lowerers.set(file.path, tools);
    return tools;
  }

  #unit(file: BicepFile, inherited: readonly InheritedSymbol[] = []): LazyUnit {
    const known = this.#units.get(file.path);
    if (known !== undefined) return known;
    const unit = new LazyUnit({
      sources: this.#workspace.sources,
      spelling: this.#spelling,
      budget: this.#budget,
      comparer: this.#comparer,
      bound: this.#bind(file, inherited),
      contentOf: (user, declaration) => this.#contentOf(user, declaration),
      hasSecureOutputs: () => this.#hasSecureOutputs(file),
    });
    this.#units.set(file.path, unit);
    return unit;
  }

  #hasSecureOutputs(file: BicepFile): boolean {
    const { lowerer, closure } = this.#tools(file);
    return secureOutputsOf(lowerOutputTypes(lowerer, closure.declarations())).size > 0;
  }

  #contentOf(file: BicepFile, declaration: ModuleDeclaration): ModuleContent {
    const path = pathOf(file, declaration);
    if (path !== undefined) return this.content(path);
    const reference = file.references.get(declaration);
    const { nodes } = this.#unit(file);
    const mark = nodes.unevaluated(unresolvedModule(reference, declaration.path), declaration.path);
    return { template: mark, secureOutputs: new Set() };
  }

  #unreadable(path: string): GateError {
    const isOutside = this.#workspace.sources.isOutside(path);
    const why = isOutside ? "lies outside of the repository and is not read" : "cannot be read";
    return new GateError("BICEP_FAILED", `${this.#nameOf(path)} ${why}`);
  }

  #nameOf(path: string): string {
    return nameOfFile(this.#workspace.sources, path);
  }

  #imports(): ImportSources {
    return {
      unit: (path) => {
        const file = this.#workspace.files.get(path);
        return file?.kind === "bicep" ? this.#unit(file) : undefined;
      },
      template: (path) => {
        const file = this.#workspace.files.get(path);
        return file?.kind === "template" ? this.content(path).template : undefined;
      },
      lowerer: (unit: FileUnit, names) => createLowerer(unit, names),
    };
  }
}

function declarationOf<Kind extends "extends" | "using">(
  { tree }: BicepFile,
  kind: Kind,
): Extract<Declaration, { kind: Kind }> | undefined {
  return tree.program.declarations.find(
    (declaration): declaration is Extract<Declaration, { kind: Kind }> => declaration.kind === kind,
  );
}

function pathOf(file: BicepFile, declaration: ReferringDeclaration): string | undefined {
  const reference = file.references.get(declaration);
  return reference !== undefined && "path" in reference ? reference.path : undefined;
}

function withSecureOutputs(template: TemplateNode): ModuleContent {
  return { template, secureOutputs: secureOutputsOf(template) };
}

/** A JSON template, or the one in a template spec as the compiler's cache has it. */
function templateNode({ text }: TemplateFile, name: string): TemplateNode {
  const root = readJsonc(text, name);
  const template = valueOf(valueOf(root, "properties"), "mainTemplate") ?? root;
  if (valueOf(template, "$schema") === undefined) throw new GateError("BICEP_FAILED", `${name} is no template`);
  return template;
}
