import type {
  Declaration,
  ExtendsDeclaration,
  ImportDeclaration,
  ModuleDeclaration,
  TestDeclaration,
  UsingDeclaration,
} from "../syntax/ast.ts";
import { parse, type SyntaxTree } from "../syntax/parse.ts";
import { Configurations } from "./configuration.ts";
import { readFeatures, type Features } from "./features.ts";
import { isJsonObject, parseJson, type JsonObject } from "./json.ts";
import { toReference, type Reference, type ReferenceContext } from "./reference.ts";
import { readText, type SourceFiles } from "./source-files.ts";

/** A declaration that names another file. */
export type ReferringDeclaration =
  | ExtendsDeclaration
  | ImportDeclaration
  | ModuleDeclaration
  | TestDeclaration
  | UsingDeclaration;

/** A Bicep file with the files it names. */
export interface BicepFile {
  readonly kind: "bicep";
  readonly path: string;
  readonly tree: SyntaxTree;
  readonly features: Features;
  /** What each declaration that names a file stands for; `using none` has none. */
  readonly references: ReadonlyMap<ReferringDeclaration, Reference>;
}

/** An ARM template used as a module. */
export interface TemplateFile {
  readonly kind: "template";
  readonly path: string;
  readonly text: string;
  /** `undefined` when the text is no ARM template. */
  readonly template: JsonObject | undefined;
}

export type WorkspaceFile = BicepFile | TemplateFile;

/** An entry file with every file that can be reached from it. */
export interface Workspace {
  readonly entry: BicepFile;
  /** By path; what does not exist is missing. A file comes behind those it names, unless they name each other in a circle. */
  readonly files: ReadonlyMap<string, WorkspaceFile>;
  /** The registry and template spec references that are not at hand. */
  readonly unresolved: readonly string[];
  readonly sources: SourceFiles;
}

/** Reads the Bicep file at `path` and all it names, each once. `undefined` when it does not exist. */
export function loadWorkspace(path: string, sources: SourceFiles): Workspace | undefined {
  return new WorkspaceLoader(sources).open(path);
}

/** Opens several entry files; what they share is read once. */
export class WorkspaceLoader {
  readonly #sources: SourceFiles;
  readonly #configurations: Configurations;
  readonly #loaded = new Map<string, WorkspaceFile | undefined>();

  constructor(sources: SourceFiles) {
    this.#sources = sources;
    this.#configurations = new Configurations(sources);
  }

  /** The workspace of the entry file at `path`; `undefined` when that does not exist. */
  open(path: string): Workspace | undefined {
    const entry = this.#load(path);
    if (entry?.kind !== "bicep") return undefined;
    const files = this.#inOrder(path);
    return { entry, files, unresolved: unresolvedIn(files.values()), sources: this.#sources };
  }

  #load(entry: string): WorkspaceFile | undefined {
    const waiting = [entry];
    const seen = new Set<string>();
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      if (!this.#loaded.has(path)) this.#loaded.set(path, this.#read(path));
      waiting.push(...pathsNamedBy(this.#loaded.get(path)));
    }
    return this.#loaded.get(entry);
  }

  /** The files in an order in which each follows those it names. */
  #inOrder(entry: string): Map<string, WorkspaceFile> {
    const ordered = new Map<string, WorkspaceFile>();
    const entered = new Set<string>();
    const waiting: { path: string; leaving: boolean }[] = [{ path: entry, leaving: false }];
    for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
      const { path, leaving } = step;
      const file = this.#loaded.get(path);
      if (file === undefined) continue;
      if (leaving) ordered.set(path, file);
      else if (!entered.has(path)) {
        entered.add(path);
        waiting.push({ path, leaving: true }, ...pathsNamedBy(file).map((named) => ({ path: named, leaving: false })));
      }
    }
    return ordered;
  }

  #read(path: string): WorkspaceFile | undefined {
    const text = readText(this.#sources, path);
    if (text === undefined) return undefined;
    if (/\.(?:json|jsonc|arm)$/u.test(path)) return { kind: "template", path, text, template: readTemplate(text) };
    const tree = parse(text, path.endsWith(".bicepparam") ? "parameters" : "template");
    const configuration = this.#configurations.find(path);
    const references = this.#referencesOf(tree, { from: path, configuration, findModule: this.#sources.findModule });
    return { kind: "bicep", path, tree, features: readFeatures(configuration), references };
  }

  #referencesOf(tree: SyntaxTree, context: ReferenceContext): Map<ReferringDeclaration, Reference> {
    const references = new Map<ReferringDeclaration, Reference>();
    for (const declaration of tree.program.declarations) {
      if (!isReferring(declaration) || declaration.path === "none") continue;
      references.set(declaration, toReference(declaration.path, context));
    }
    return references;
  }
}

function isReferring(declaration: Declaration): declaration is ReferringDeclaration {
  return ["extends", "import", "module", "test", "using"].includes(declaration.kind);
}

function unresolvedIn(files: Iterable<WorkspaceFile>): readonly string[] {
  const unresolved = new Set<string>();
  for (const file of files) {
    if (file.kind !== "bicep") continue;
    for (const reference of file.references.values()) {
      if (reference.kind === "external" && reference.path === undefined) unresolved.add(reference.reference);
    }
  }
  return [...unresolved].sort();
}

function pathsNamedBy(file: WorkspaceFile | undefined): string[] {
  if (file?.kind !== "bicep") return [];
  const paths = [...file.references.values()].map((reference) => ("path" in reference ? reference.path : undefined));
  return paths.filter((path) => path !== undefined);
}

function readTemplate(text: string): JsonObject | undefined {
  const value = parseJson(text);
  if (!isJsonObject(value)) return undefined;
  const schema = value.get("$schema");
  return typeof schema === "string" && /deploymentTemplate\.json/iu.test(schema) ? value : undefined;
}
