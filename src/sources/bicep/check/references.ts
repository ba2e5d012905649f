import { findComponents } from "../binder/components.ts";
import type { ImportDeclaration } from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import { isSemanticCode, type Report, type SemanticCode } from "../messages.ts";
import type { BicepFile, ReferringDeclaration, Workspace } from "../workspace/workspace.ts";
import type { FileModel, ReferencedModel } from "./model.ts";
import { nameList } from "./name-list.ts";

/** The files that name each other in a circle, with all of their circle. */
export type FileCycles = ReadonlyMap<string, readonly string[]>;

/** Finds the files that name each other in a circle, or themselves. */
export function findFileCycles({ files }: Workspace): FileCycles {
  const next = (path: string): string[] => {
    const file = files.get(path);
    return file?.kind === "bicep" ? [...namedFiles(file)] : [];
  };
  const cycles = new Map<string, readonly string[]>();
  for (const component of findComponents(files.keys(), next)) {
    const [first = ""] = component;
    if (component.length < 2 && !next(first).includes(first)) continue;
    for (const path of component) cycles.set(path, component);
  }
  return cycles;
}

function* namedFiles({ references }: BicepFile): Generator<string> {
  for (const reference of references.values()) if (reference.kind === "file") yield reference.path;
}

/** What the references of a file are looked up in. */
export interface ReferenceLookup {
  readonly file: BicepFile;
  readonly workspace: Workspace;
  readonly cycles: FileCycles;
  readonly models: ReadonlyMap<string, FileModel>;
}

/** Finds the model of the file that `declaration` names. */
export function findModel(
  { file, workspace, cycles, models }: ReferenceLookup,
  declaration: ReferringDeclaration,
): ReferencedModel {
  const reference = file.references.get(declaration);
  switch (reference?.kind) {
    case "file": {
      if (cycles.get(file.path)?.includes(reference.path) === true) return "missing";
      // What lies outside of the root exists perhaps: others refuse it.
      const isOutside = workspace.sources.isOutside(reference.path);
      return models.get(reference.path) ?? (isOutside ? "unknown" : "missing");
    }
    case "external":
      return (reference.path === undefined ? undefined : models.get(reference.path)) ?? "unknown";
    default:
      return "missing";
  }
}

/** Reports the references of a file that lead nowhere, in a circle, or to a file of the wrong sort. */
export function checkReferences(lookup: ReferenceLookup, report: Report): void {
  for (const declaration of lookup.file.references.keys()) {
    const { path } = declaration;
    const found = path === "none" ? undefined : findReferenceFault(lookup, declaration);
    if (found === undefined || path === "none") continue;
    const [code, detail] = found;
    const isAboutContent = code === "BCP104" || code === "BCP188";
    report(code, declaration.kind === "import" && isAboutContent ? fromOf(declaration) : path, [detail]);
  }
}

/** The word before the path of an import. */
function fromOf(declaration: ImportDeclaration): Span {
  return declaration.children.find((child) => child.kind === "token" && child.text === "from") ?? declaration.path;
}

type ReferenceFault = readonly [code: SemanticCode, detail: string];

function findReferenceFault(lookup: ReferenceLookup, declaration: ReferringDeclaration): ReferenceFault | undefined {
  const reference = lookup.file.references.get(declaration);
  if (reference?.kind === "faulty") return isSemanticCode(reference.code) ? [reference.code, ""] : undefined;
  const model = findModel(lookup, declaration);
  if (typeof model !== "string") return faultOfKind(declaration, model);
  if (model === "unknown" || reference?.kind !== "file") return undefined;
  const { sources } = lookup.workspace;
  const isFolder = sources.hasFolder(reference.path);
  return faultOfCycle(lookup, reference.path) ?? [isFolder ? "BCP275" : "BCP091", reference.path];
}

function faultOfCycle({ file, cycles }: ReferenceLookup, path: string): ReferenceFault | undefined {
  const cycle = cycles.get(file.path);
  if (cycle?.includes(path) !== true) return undefined;
  if (path === file.path) return [file.tree.kind === "parameters" ? "BCP278" : "BCP094", ""];
  return ["BCP095", nameList(cycle)];
}

function faultOfKind({ kind }: ReferringDeclaration, model: FileModel): ReferenceFault | undefined {
  if (kind === "extends") return model.kind === "parameters" ? undefined : ["BCP404", ""];
  if (kind === "test") return model.kind === "template" ? undefined : ["BCP345", ""];
  if (model.kind === "parameters" && kind === "using") return ["BCP276", ""];
  if (model.kind === "parameters" && kind === "module") return ["BCP277", ""];
  return model.hasErrors ? [model.kind === "armTemplate" ? "BCP188" : "BCP104", ""] : undefined;
}
