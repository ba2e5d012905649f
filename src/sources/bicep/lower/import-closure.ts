import type { TextComparer } from "../../../expression/dotnet/collation.ts";
import type { TemplateNode } from "../../arm/template/node.ts";
import type {
  FunctionDeclaration,
  ImportDeclaration,
  SyntaxNode,
  TypeDeclaration,
  VariableDeclaration,
} from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import type { BicepFile } from "../workspace/workspace.ts";
import { loadContent } from "./file-content.ts";
import { splitFunctionName } from "./imported-name.ts";
import {
  collectImports,
  entryKey,
  importedPath,
  type ImportedEntry,
  type ImportOrigin,
  type ImportSources,
} from "./imported-entries.ts";
import { isLoopVariable, renameJson } from "./json-imports.ts";
import type { Lowerer } from "./lowerer.ts";
import { discriminatorOf, type ResolvedType } from "./type-reference.ts";
import type { FileUnit, TemplateNames } from "./unit.ts";

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

const START = { offset: 0, length: 0 };

/**
 * What a file takes over from others, and how it is called in the template: what is imported by name keeps that name, everything else
 * gets one that no file can use.
 */
export class ImportClosure implements TemplateNames {
  readonly #root: FileUnit;
  readonly #sources: ImportSources;
  readonly #entries: ReadonlyMap<string, ImportedEntry>;
  readonly #names: ReadonlyMap<string, string>;

  constructor(root: FileUnit, sources: ImportSources) {
    this.#root = root;
    this.#sources = sources;
    this.#entries = collectImports(root, sources);
    this.#names = nameEntries(root, this.#entries);
  }

  readonly declared = (path: string, name: string): string => {
    return path === this.#root.file.path ? name : (this.#names.get(entryKey(path, name)) ?? name);
  };

  readonly imported = (file: BicepFile, declaration: ImportDeclaration, original: string): string | undefined => {
    const path = importedPath(file, declaration);
    return path === undefined ? undefined : this.#names.get(entryKey(path, original));
  };

  readonly type = (file: BicepFile, declaration: ImportDeclaration, original: string): ResolvedType => {
    const key = entryKey(importedPath(file, declaration) ?? "", original);
    const content = this.#entries.get(key)?.content;
    const pointer = ["definitions", this.#names.get(key) ?? original];
    if (content?.kind === "json") {
      return { kind: "schema", pointer, schema: content.declaration.node, root: content.root };
    }
    const type = content?.kind === "symbol" ? content.symbol.declaration : undefined;
    if (content === undefined || type?.kind !== "typeDeclaration") return { kind: "unresolved" };
    const lowerer = this.#sources.lowerer(content.unit, this);
    return { kind: "declared", pointer, lowerer, node: type.value, discriminator: discriminatorOf(type.decorators) };
  };

  /** What is taken over. */
  declarations(): ImportedDeclarations {
    const types: ImportedType[] = [];
    const variables: ImportedVariable[] = [];
    const functions: ImportedFunction[] = [];
    for (const [key, entry] of this.#entries) {
      const { origin } = entry;
      const name = this.#names.get(key) ?? origin.name;
      const found = this.#declaration(entry);
      if (found.section === "type") types.push({ name, origin, source: found.source });
      else if (found.section === "variable") variables.push({ name, origin, source: found.source });
      else functions.push({ name, origin, source: found.source });
    }
    const { comparer } = this.#root;
    return {
      types: sorted(comparer, types, ({ name }) => name),
      variables: sorted(comparer, variables, ({ name }) => name),
      functions: sorted(comparer, functions, ({ name }) => splitFunctionName(name).name),
    };
  }

  #declaration({ path, content }: ImportedEntry): SectionSource {
    if (content.kind === "file") return { section: "variable", source: loadedSource(content.unit, content.node) };
    if (content.kind === "json") {
      const value = renameJson(content.declaration, (other) => this.declared(path, other));
      const kind = isLoopVariable(content.root, content.declaration) ? "copy" : "value";
      return { section: content.declaration.section, source: { kind, value, place: START } };
    }
    const lowerer = this.#sources.lowerer(content.unit, this);
    const { declaration } = content.symbol;
    switch (declaration.kind) {
      case "typeDeclaration":
        return { section: "type", source: { kind: "declaration", lowerer, declaration } };
      case "function":
        return { section: "function", source: { kind: "declaration", lowerer, declaration } };
      case "variableDeclaration":
        return { section: "variable", source: { kind: "declaration", lowerer, declaration } };
      default:
        throw new TypeError(`a ${declaration.kind} cannot be imported`);
    }
  }
}

type SectionSource =
  | { readonly section: "type"; readonly source: Source<TypeDeclaration> }
  | { readonly section: "variable"; readonly source: Source<VariableDeclaration> }
  | { readonly section: "function"; readonly source: Source<FunctionDeclaration> };

function sorted<Item>(comparer: TextComparer, items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...items].sort((left, right) => comparer.compare(key(left), key(right)));
}

function loadedSource(unit: FileUnit, node: SyntaxNode): Source<VariableDeclaration> {
  const { file, sources, nodes } = unit;
  const value =
    node.kind === "call" || node.kind === "instanceCall"
      ? loadContent({ path: file.path, sources, nodes }, node)
      : nodes.scalar(null, node);
  return { kind: "value", value, place: node };
}

/** What everything is called in the template of `root`. */
function nameEntries(root: FileUnit, entries: ReadonlyMap<string, ImportedEntry>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const symbol of root.bindings.symbols) {
    if (symbol.kind !== "imported") continue;
    const path = importedPath(root.file, symbol.declaration);
    if (path !== undefined) names.set(entryKey(path, symbol.original ?? symbol.name), symbol.name);
  }
  const numbers = new Numbers();
  const sortKey = ([, { origin }]: readonly [string, ImportedEntry]): string => `${origin.template}_${origin.name}`;
  for (const [key, { origin }] of sorted(root.comparer, [...entries], sortKey)) {
    if (names.has(key)) continue;
    const template = numbers.of(origin.template);
    const name = /^[a-zA-Z_]\w*$/u.test(origin.name) ? origin.name : `_${numbers.next()}`;
    names.set(key, `_${template}.${name}`);
  }
  return names;
}

/** Numbers templates, and whatever else needs a number, one after the other. */
class Numbers {
  readonly #known = new Map<string, number>();
  #last = 0;

  of(template: string): number {
    const known = this.#known.get(template) ?? this.next();
    this.#known.set(template, known);
    return known;
  }

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}
