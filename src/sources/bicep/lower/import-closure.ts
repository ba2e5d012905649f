import { TextComparer } from "../../../expression/dotnet/collation.ts";
import type { TemplateNode } from "../../arm/template/node.ts";
import type { DeclaredSymbol, WildcardSymbol } from "../binder/symbol.ts";
import type {
  FunctionDeclaration,
  ImportDeclaration,
  SyntaxNode,
  TypeDeclaration,
  VariableDeclaration,
} from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import type { BicepFile } from "../workspace/workspace.ts";
import { decoratorOf } from "./decorators.ts";
import { loadContent } from "./file-content.ts";
import { splitFunctionName } from "./imported-name.ts";
import {
  findJsonDeclaration,
  isLoopVariable,
  jsonExports,
  jsonMentions,
  renameJson,
  type JsonDeclaration,
} from "./json-imports.ts";
import type { Lowerer } from "./lowerer.ts";
import { relativePath } from "./relative-path.ts";
import { discriminatorOf, type ResolvedType } from "./type-reference.ts";
import type { FileUnit, TemplateNames } from "./unit.ts";

/** Where an imported declaration comes from. */
export interface ImportOrigin {
  /** How the template names the other file. */
  readonly template: string;
  /** What it is called there. */
  readonly name: string;
}

type Source<Declaration> =
  | { readonly kind: "declaration"; readonly lowerer: Lowerer; readonly declaration: Declaration }
  /** A value, or the `copy` object of one that is a loop. */
  | { readonly kind: "copy" | "value"; readonly value: TemplateNode; readonly place: Span };

interface Imported<Declaration> {
  readonly name: string;
  readonly origin: ImportOrigin;
  readonly source: Source<Declaration>;
}

export type ImportedType = Imported<TypeDeclaration>;
export type ImportedVariable = Imported<VariableDeclaration>;
export type ImportedFunction = Imported<FunctionDeclaration>;

/** Everything that a template takes over from other files, each sorted by name. */
export interface ImportedDeclarations {
  readonly types: readonly ImportedType[];
  readonly variables: readonly ImportedVariable[];
  readonly functions: readonly ImportedFunction[];
}

/** What the closure asks of the files around. */
export interface ImportSources {
  /** The Bicep file at a path; `undefined` when it is another kind of file. */
  readonly unit: (path: string) => FileUnit | undefined;
  /** The JSON template at a path. */
  readonly template: (path: string) => TemplateNode | undefined;
  readonly lowerer: (unit: FileUnit, names: TemplateNames) => Lowerer;
}

/** Something that is taken over. */
interface Entry {
  readonly path: string;
  readonly origin: ImportOrigin;
  readonly content:
    | { readonly kind: "symbol"; readonly unit: FileUnit; readonly symbol: DeclaredSymbol }
    | { readonly kind: "file"; readonly unit: FileUnit; readonly node: SyntaxNode }
    | { readonly kind: "json"; readonly root: TemplateNode; readonly declaration: JsonDeclaration };
}

/**
 * What a file takes over from others, directly or because that needs it, and how it is called in the template: what is imported by
 * name keeps that name, everything else gets one that no file can use.
 */
export class ImportClosure implements TemplateNames {
  readonly #root: FileUnit;
  readonly #sources: ImportSources;
  readonly #entries = new Map<string, Entry>();
  readonly #names = new Map<string, string>();
  readonly #comparer = new TextComparer();

  constructor(root: FileUnit, sources: ImportSources) {
    this.#root = root;
    this.#sources = sources;
    for (const symbol of root.bindings.symbols) {
      if (symbol.kind === "imported") this.#import(root, symbol.declaration, symbol.original ?? symbol.name);
      else if (symbol.kind === "wildcard") this.#importAll(root, symbol);
    }
    this.#giveNames();
  }

  readonly declared = (path: string, name: string): string => {
    return path === this.#root.file.path ? name : (this.#names.get(keyOf(path, name)) ?? name);
  };

  readonly imported = (file: BicepFile, declaration: ImportDeclaration, original: string): string | undefined => {
    const path = pathOf(file, declaration);
    return path === undefined ? undefined : this.#names.get(keyOf(path, original));
  };

  readonly type = (file: BicepFile, declaration: ImportDeclaration, original: string): ResolvedType => {
    const path = pathOf(file, declaration);
    const entry = path === undefined ? undefined : this.#entries.get(keyOf(path, original));
    const name = path === undefined ? undefined : this.#names.get(keyOf(path, original));
    if (entry === undefined || name === undefined || path === undefined) return { kind: "unresolved" };
    const pointer = ["definitions", name];
    const { content } = entry;
    if (content.kind === "json") {
      return { kind: "schema", pointer, schema: content.declaration.node, root: content.root };
    }
    if (content.kind !== "symbol" || content.symbol.declaration.kind !== "typeDeclaration")
      return { kind: "unresolved" };
    const { declaration: type } = content.symbol;
    const lowerer = this.#sources.lowerer(content.unit, this);
    return { kind: "declared", pointer, lowerer, node: type.value, discriminator: discriminatorOf(type.decorators) };
  };

  /** What is taken over. */
  declarations(): ImportedDeclarations {
    const types: ImportedType[] = [];
    const variables: ImportedVariable[] = [];
    const functions: ImportedFunction[] = [];
    for (const [key, { path, origin, content }] of this.#entries) {
      const name = this.#names.get(key) ?? origin.name;
      if (content.kind === "json") {
        const value = renameJson(content.declaration, (other) => this.declared(path, other));
        const isLoop = isLoopVariable(content.root, content.declaration);
        const source = { kind: isLoop ? "copy" : "value", value, place: START } as const;
        const { section } = content.declaration;
        if (section === "type") types.push({ name, origin, source });
        else if (section === "variable") variables.push({ name, origin, source });
        else functions.push({ name, origin, source });
        continue;
      }
      const lowerer = this.#sources.lowerer(content.unit, this);
      if (content.kind === "file") {
        variables.push({ name, origin, source: loadedSource(content.unit, content.node) });
        continue;
      }
      const { declaration } = content.symbol;
      if (declaration.kind === "typeDeclaration") {
        types.push({ name, origin, source: { kind: "declaration", lowerer, declaration } });
      } else if (declaration.kind === "variableDeclaration") {
        variables.push({ name, origin, source: { kind: "declaration", lowerer, declaration } });
      } else if (declaration.kind === "function") {
        functions.push({ name, origin, source: { kind: "declaration", lowerer, declaration } });
      }
    }
    return {
      types: this.#sorted(types),
      variables: this.#sorted(variables),
      functions: this.#sorted(functions, bareName),
    };
  }

  #sorted<Item extends { readonly name: string }>(
    items: readonly Item[],
    key: (name: string) => string = (name) => name,
  ): Item[] {
    return [...items].sort((left, right) => this.#comparer.compare(key(left.name), key(right.name)));
  }

  #import(from: FileUnit, declaration: ImportDeclaration, original: string): void {
    const path = pathOf(from.file, declaration);
    if (path === undefined) return;
    const template = this.#templateName(from, declaration, path);
    const unit = this.#sources.unit(path);
    if (unit === undefined) {
      this.#importJson({ path, template }, original);
      return;
    }
    const symbol = unit.bindings.symbols.find(
      (candidate) => candidate.name === original && candidate.kind === "declared",
    );
    if (symbol?.kind === "declared") this.#add({ path, unit, template }, symbol);
  }

  #importAll(from: FileUnit, { declaration }: WildcardSymbol): void {
    const path = pathOf(from.file, declaration);
    if (path === undefined) return;
    const template = this.#templateName(from, declaration, path);
    const unit = this.#sources.unit(path);
    if (unit === undefined) {
      const root = this.#sources.template(path);
      for (const name of root === undefined ? [] : jsonExports(root)) this.#importJson({ path, template }, name);
      return;
    }
    for (const symbol of unit.bindings.symbols) {
      if (symbol.kind === "declared" && isExported(symbol)) this.#add({ path, unit, template }, symbol);
    }
  }

  #templateName(from: FileUnit, declaration: ImportDeclaration, path: string): string {
    const reference = from.file.references.get(declaration);
    return reference?.kind === "external" ? reference.reference : relativePath(this.#root.file.path, path);
  }

  #add(
    from: { readonly path: string; readonly unit: FileUnit; readonly template: string },
    symbol: DeclaredSymbol,
  ): void {
    const key = keyOf(from.path, symbol.name);
    if (this.#entries.has(key)) return;
    const { path, unit, template } = from;
    this.#entries.set(key, {
      path,
      origin: { template, name: symbol.name },
      content: { kind: "symbol", unit, symbol },
    });
    this.#addUsed(from, symbol.declaration);
  }

  /** Adds what stands in a declaration. */
  #addUsed(
    from: { readonly path: string; readonly unit: FileUnit; readonly template: string },
    node: SyntaxNode,
  ): void {
    const { path, unit, template } = from;
    const variable = unit.fileVariables.get(node);
    if (variable !== undefined) {
      const origin = { template, name: variable };
      this.#entries.set(keyOf(path, variable), { path, origin, content: { kind: "file", unit, node } });
    }
    const symbol = unit.bindings.uses.get(node);
    if (symbol?.kind === "imported") this.#import(unit, symbol.declaration, symbol.original ?? symbol.name);
    else if (symbol?.kind === "wildcard") this.#importAll(unit, symbol);
    else if (symbol?.kind === "declared" && isImportable(symbol)) this.#add(from, symbol);
    for (const child of node.children) if (child.kind !== "token") this.#addUsed(from, child);
  }

  #importJson({ path, template }: { readonly path: string; readonly template: string }, name: string): void {
    const key = keyOf(path, name);
    const root = this.#sources.template(path);
    const declaration = root === undefined ? undefined : findJsonDeclaration(root, name);
    if (root === undefined || declaration === undefined || this.#entries.has(key)) return;
    this.#entries.set(key, { path, origin: { template, name }, content: { kind: "json", root, declaration } });
    for (const other of jsonMentions(declaration)) this.#importJson({ path, template }, other);
  }

  #giveNames(): void {
    for (const symbol of this.#root.bindings.symbols) {
      if (symbol.kind !== "imported") continue;
      const path = pathOf(this.#root.file, symbol.declaration);
      if (path !== undefined) this.#names.set(keyOf(path, symbol.original ?? symbol.name), symbol.name);
    }
    const templates = new Map<string, number>();
    let last = 0;
    const sorted = [...this.#entries].sort(([, left], [, right]) =>
      this.#comparer.compare(sortKey(left.origin), sortKey(right.origin)),
    );
    for (const [key, { origin }] of sorted) {
      if (this.#names.has(key)) continue;
      let template = templates.get(origin.template);
      if (template === undefined) {
        last += 1;
        template = last;
        templates.set(origin.template, template);
      }
      let { name } = origin;
      if (!/^[a-zA-Z_]\w*$/u.test(name)) {
        last += 1;
        name = `_${last}`;
      }
      this.#names.set(key, `_${template}.${name}`);
    }
  }
}

const START = { offset: 0, length: 0 };

/** The name of a function in its namespace. */
function bareName(name: string): string {
  return splitFunctionName(name).name;
}

function sortKey({ template, name }: ImportOrigin): string {
  return `${template}_${name}`;
}

function keyOf(path: string, name: string): string {
  return `${path}\0${name}`;
}

function pathOf(file: BicepFile, declaration: ImportDeclaration): string | undefined {
  const reference = file.references.get(declaration);
  return reference !== undefined && "path" in reference ? reference.path : undefined;
}

function isImportable({ declaration }: DeclaredSymbol): boolean {
  return ["function", "typeDeclaration", "variableDeclaration"].includes(declaration.kind);
}

function isExported(symbol: DeclaredSymbol): boolean {
  return isImportable(symbol) && decoratorOf(symbol.declaration.decorators, "export") !== undefined;
}

function loadedSource(unit: FileUnit, node: SyntaxNode): Source<VariableDeclaration> {
  const { file, sources, nodes } = unit;
  const value =
    node.kind === "call" || node.kind === "instanceCall"
      ? loadContent({ path: file.path, sources, nodes }, node)
      : nodes.scalar(null, node);
  return { kind: "value", value, place: node };
}
