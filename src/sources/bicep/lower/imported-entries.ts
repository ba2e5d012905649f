import type { TemplateNode } from "../../arm/template/node.ts";
import type { DeclaredSymbol, WildcardSymbol } from "../binder/symbol.ts";
import type { ImportDeclaration, SyntaxNode } from "../syntax/ast.ts";
import type { BicepFile } from "../workspace/workspace.ts";
import { decoratorOf } from "./decorators.ts";
import { findJsonDeclaration, jsonExports, jsonMentions, type JsonDeclaration } from "./json-imports.ts";
import type { Lowerer } from "./lowerer.ts";
import { relativePath } from "./relative-path.ts";
import type { FileUnit, TemplateNames } from "./unit.ts";

/** Where an imported declaration comes from. */
export interface ImportOrigin {
  /** How the template names the other file. */
  readonly template: string;
  /** What it is called there. */
  readonly name: string;
}

/** What is asked of the files around. */
export interface ImportSources {
  /** The Bicep file at a path; `undefined` when it is another kind of file. */
  readonly unit: (path: string) => FileUnit | undefined;
  /** The JSON template at a path. */
  readonly template: (path: string) => TemplateNode | undefined;
  readonly lowerer: (unit: FileUnit, names: TemplateNames) => Lowerer;
}

/** Something that a file takes over from another. */
export interface ImportedEntry {
  readonly path: string;
  readonly origin: ImportOrigin;
  readonly content:
    | { readonly kind: "symbol"; readonly unit: FileUnit; readonly symbol: DeclaredSymbol }
    /** A call that loads a file, whose content becomes a variable. */
    | { readonly kind: "file"; readonly unit: FileUnit; readonly node: SyntaxNode }
    | { readonly kind: "json"; readonly root: TemplateNode; readonly declaration: JsonDeclaration };
}

/** A file that something is taken over from. */
interface Origin {
  readonly path: string;
  readonly template: string;
}

interface BicepOrigin extends Origin {
  readonly unit: FileUnit;
}

/** Everything that a file takes over from others, directly or because that needs it, by `entryKey`. */
export function collectImports(root: FileUnit, sources: ImportSources): ReadonlyMap<string, ImportedEntry> {
  const collector = new ImportCollector(root, sources);
  for (const symbol of root.bindings.symbols) {
    if (symbol.kind === "imported") collector.import(root, symbol.declaration, symbol.original ?? symbol.name);
    else if (symbol.kind === "wildcard") collector.importAll(root, symbol);
  }
  collector.addUsed();
  return collector.entries;
}

/** What stands for `name` of the file at `path`. */
export function entryKey(path: string, name: string): string {
  return `${path}\0${name}`;
}

/** The file that an `import` names; `undefined` when it is not at hand. */
export function importedPath(file: BicepFile, declaration: ImportDeclaration): string | undefined {
  const reference = file.references.get(declaration);
  return reference !== undefined && "path" in reference ? reference.path : undefined;
}

class ImportCollector {
  readonly entries = new Map<string, ImportedEntry>();
  readonly #root: FileUnit;
  readonly #sources: ImportSources;
  readonly #wildcards = new Set<WildcardSymbol>();
  /** Declarations whose parts were not looked at yet. */
  readonly #waiting: { readonly from: BicepOrigin; readonly node: SyntaxNode }[] = [];

  constructor(root: FileUnit, sources: ImportSources) {
    this.#root = root;
    this.#sources = sources;
  }

  import(from: FileUnit, declaration: ImportDeclaration, original: string): void {
    const origin = this.#originOf(from, declaration);
    if (origin === undefined) return;
    const unit = this.#sources.unit(origin.path);
    if (unit === undefined) {
      this.#importJson(origin, original);
      return;
    }
    const symbols = unit.bindings.symbols.filter((symbol) => symbol.kind === "declared");
    const symbol = symbols.find(({ name }) => name === original);
    if (symbol !== undefined) this.#add({ ...origin, unit }, symbol);
  }

  importAll(from: FileUnit, symbol: WildcardSymbol): void {
    const origin = this.#originOf(from, symbol.declaration);
    if (origin === undefined || this.#wildcards.has(symbol)) return;
    this.#wildcards.add(symbol);
    const unit = this.#sources.unit(origin.path);
    if (unit === undefined) {
      const root = this.#sources.template(origin.path);
      for (const name of root === undefined ? [] : jsonExports(root)) this.#importJson(origin, name);
      return;
    }
    for (const exported of unit.bindings.symbols) {
      if (exported.kind === "declared" && isExported(exported)) this.#add({ ...origin, unit }, exported);
    }
  }

  /** Adds what stands in the declarations that were added. */
  addUsed(): void {
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      const { from, node } = next;
      this.#addLoaded(from, node);
      this.#addNamed(from, node);
      for (const child of node.children) if (child.kind !== "token") this.#waiting.push({ from, node: child });
    }
  }

  #originOf(from: FileUnit, declaration: ImportDeclaration): Origin | undefined {
    const path = importedPath(from.file, declaration);
    if (path === undefined) return undefined;
    const reference = from.file.references.get(declaration);
    const isExternal = reference?.kind === "external";
    return { path, template: isExternal ? reference.reference : relativePath(this.#root.file.path, path) };
  }

  #add(from: BicepOrigin, symbol: DeclaredSymbol): void {
    const { path, unit, template } = from;
    const key = entryKey(path, symbol.name);
    if (this.entries.has(key)) return;
    const origin = { template, name: symbol.name };
    this.entries.set(key, { path, origin, content: { kind: "symbol", unit, symbol } });
    this.#waiting.push({ from, node: symbol.declaration });
  }

  #addLoaded({ path, unit, template }: BicepOrigin, node: SyntaxNode): void {
    const name = unit.fileVariables.get(node);
    if (name === undefined) return;
    const origin = { template, name };
    this.entries.set(entryKey(path, name), { path, origin, content: { kind: "file", unit, node } });
  }

  #addNamed(from: BicepOrigin, node: SyntaxNode): void {
    const symbol = from.unit.bindings.uses.get(node);
    if (symbol?.kind === "imported") this.import(from.unit, symbol.declaration, symbol.original ?? symbol.name);
    else if (symbol?.kind === "wildcard") this.importAll(from.unit, symbol);
    else if (symbol?.kind === "declared" && isImportable(symbol)) this.#add(from, symbol);
  }

  #importJson({ path, template }: Origin, original: string): void {
    const root = this.#sources.template(path);
    const waiting = [original];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const key = entryKey(path, name);
      const declaration = root === undefined ? undefined : findJsonDeclaration(root, name);
      if (root === undefined || declaration === undefined || this.entries.has(key)) continue;
      this.entries.set(key, { path, origin: { template, name }, content: { kind: "json", root, declaration } });
      waiting.push(...jsonMentions(declaration));
    }
  }
}

function isImportable({ declaration }: DeclaredSymbol): boolean {
  return ["function", "typeDeclaration", "variableDeclaration"].includes(declaration.kind);
}

function isExported(symbol: DeclaredSymbol): boolean {
  return isImportable(symbol) && decoratorOf(symbol.declaration.decorators, "export") !== undefined;
}
