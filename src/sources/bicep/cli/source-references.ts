import type { ExtensionDeclaration, FunctionArgument, SyntaxNode } from "../syntax/ast.ts";
import { toArtifact } from "../workspace/artifact.ts";
import type { JsonObject } from "../workspace/json.ts";
import { findPathFault, resolvePath } from "../workspace/paths.ts";
import type { SourceFiles } from "../workspace/source-files.ts";
import type { BicepFile, Workspace } from "../workspace/workspace.ts";
import { type ConfigFile, findConfigFile, extensionsIn } from "./config-file.ts";
import { literalText, nodesOf } from "./syntax-walk.ts";

/** Everything that compiling an entry file reads. Paths are relative to the root, with `/`; steps above the root remain. */
export interface SourceReferences {
  readonly paths: readonly string[];
  /** Full references of registry modules, template specs and extensions, aliases replaced. */
  readonly registryReferences: readonly string[];
  readonly configFiles: readonly string[];
  /** Whether a configuration above the root would hold for one of the files. */
  readonly looksAboveRoot: boolean;
  /** The environment variables that files ask for. */
  readonly environmentVariables: readonly string[];
  /** What cannot be said before it is compiled: one line each, for people. */
  readonly unclear: readonly string[];
}

/** What the files of a workspace name: modules, imports, loaded files, extensions, configurations, variables. */
export function referencesOf(workspace: Workspace): SourceReferences {
  const collector = new Collector(workspace.sources);
  for (const file of workspace.files.values()) {
    if (isModulePath(file.path)) continue; // the compiler reads the compiled form, which names nothing further
    collector.paths.add(file.path);
    if (file.kind === "bicep") collector.addFile(file);
  }
  return collector.references();
}

function isModulePath(path: string): boolean {
  return /^(?:br|ts):/u.test(path);
}

class Collector {
  readonly paths = new Set<string>();
  readonly #registry = new Set<string>();
  readonly #configs = new Set<string>();
  readonly #variables = new Set<string>();
  readonly #unclear = new Set<string>();
  #looksAboveRoot = false;
  readonly #sources: SourceFiles;

  constructor(sources: SourceFiles) {
    this.#sources = sources;
  }

  references(): SourceReferences {
    return {
      paths: [...this.paths].sort(),
      registryReferences: [...this.#registry].sort(),
      configFiles: [...this.#configs].sort(),
      looksAboveRoot: this.#looksAboveRoot,
      environmentVariables: [...this.#variables].sort(),
      unclear: [...this.#unclear].sort(),
    };
  }

  addFile(file: BicepFile): void {
    const [fault] = file.tree.diagnostics;
    if (fault !== undefined) {
      const { line } = file.tree.lines.positionOf(fault.offset);
      this.#unclear.add(`${file.path}, line ${line}: ${fault.code} ${fault.message}`);
    }
    const config = this.#addConfig(file.path);
    for (const reference of file.references.values()) {
      if (reference.kind === "file") this.paths.add(reference.path);
      else if (reference.kind === "external") this.#registry.add(reference.reference);
      else this.#unclear.add(`${file.path} names a module that cannot be read`);
    }
    for (const name of extensionsIn(config.json, "implicitExtensions")) this.#addNamedExtension(config, name);
    for (const node of nodesOf(file.tree.program)) this.#addNode(file, node, config);
  }

  #addNode(file: BicepFile, node: SyntaxNode, config: ConfigFile): void {
    if (node.kind === "extension") return this.#addExtension(file, node, config);
    if (node.kind !== "call" && node.kind !== "instanceCall") return;
    const [first, second] = node.arguments;
    const { name } = node.name;
    if (name === "readEnvironmentVariable") this.#addVariable(file, first);
    else if (name === "loadDirectoryFileInfo") this.#addFolder(file, [first, second]);
    else if (/^load[A-Z]/u.test(name)) this.#addLoaded(file, first);
  }

  #addVariable(file: BicepFile, argument: FunctionArgument | undefined): void {
    const name = literalText(argument);
    if (name === undefined) this.#unclear.add(`${file.path} reads a variable whose name is not written out`);
    else this.#variables.add(name);
  }

  #addLoaded(file: BicepFile, argument: FunctionArgument | undefined): void {
    const path = literalText(argument);
    if (path === undefined || findPathFault(path) !== undefined)
      this.#unclear.add(`${file.path} loads a file whose path is not written out`);
    else this.paths.add(resolvePath(file.path, path));
  }

  /** A pattern with a folder in it finds files outside of the folder it is for. */
  #addFolder(file: BicepFile, [path, pattern]: readonly (FunctionArgument | undefined)[]): void {
    this.#addLoaded(file, path);
    const text = pattern === undefined ? "*" : literalText(pattern);
    if (text === undefined || /[/\\]|\.\./u.test(text))
      this.#unclear.add(`${file.path} lists files by a pattern that names folders`);
  }

  #addConfig(path: string): ConfigFile {
    const config = findConfigFile(path, this.#sources);
    if (config.path === undefined) this.#looksAboveRoot = true;
    else {
      this.#configs.add(config.path);
      this.paths.add(config.path);
    }
    if (config.fault !== undefined) this.#unclear.add(`${config.path ?? path} ${config.fault}`);
    return config;
  }

  #addExtension(file: BicepFile, { specification }: ExtensionDeclaration, config: ConfigFile): void {
    if (specification.kind === "identifier") return this.#addNamedExtension(config, specification.name);
    const text = specification.kind === "string" && specification.holes.length === 0 ? specification.segments[0] : "";
    this.#addSpecification(text ?? "", { from: file.path, config: config.json });
  }

  #addNamedExtension(config: ConfigFile, name: string): void {
    const known = config.json?.get("extensions");
    const text = known instanceof Map ? (known as JsonObject).get(name) : undefined;
    if (text === undefined || config.path === undefined) return; // one that the compiler brings along
    if (typeof text === "string") this.#addSpecification(text, { from: config.path, config: config.json });
    else this.#unclear.add(`${config.path} names an extension that cannot be read`);
  }

  #addSpecification(
    text: string,
    { from, config }: { readonly from: string; readonly config: JsonObject | undefined },
  ): void {
    if (text === "builtin:") return;
    if (!text.includes(":")) {
      if (findPathFault(text) === undefined) this.paths.add(resolvePath(from, text));
      else this.#unclear.add(`${from} names an extension that cannot be read`);
      return;
    }
    const artifact = toArtifact(text, config);
    if (artifact.kind === "artifact") this.#registry.add(artifact.reference);
    else this.#unclear.add(`${from} names an extension that cannot be read`);
  }
}
