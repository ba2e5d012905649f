import { byPlace, type Diagnostic, type FileDiagnostic } from "../diagnostic.ts";
import type { ExtendsDeclaration } from "../syntax/ast.ts";
import type { Position } from "../syntax/line-table.ts";
import type { BicepFile, ReferringDeclaration, Workspace } from "../workspace/workspace.ts";
import { checkFile } from "./check-file.ts";
import { FileChecker } from "./file-checker.ts";
import { modelOfFile } from "./model-of-file.ts";
import type { FileModel } from "./model.ts";
import { checkReferences, findFileCycles, findModel, type ReferenceLookup } from "./references.ts";
import { modelOfTemplate } from "./template-model.ts";

/** One reason why the compiler refuses a file, and where: lines and columns are 1-based. */
export interface BicepDiagnostic extends FileDiagnostic, Position {}

/**
 * Every fault of the Bicep files of a workspace that the compiler calls an error, its syntax included, by file and place. A file comes behind those
 * it names. Where this program cannot tell, it says nothing: the types of Azure's resources and files that are not at hand.
 */
export function checkWorkspace(workspace: Workspace): readonly BicepDiagnostic[] {
  const cycles = findFileCycles(workspace);
  const models = new Map<string, FileModel>();
  const found: BicepDiagnostic[] = [];
  for (const file of workspace.files.values()) {
    if (file.kind === "template") models.set(file.path, modelOfTemplate(file));
    else {
      const { faults, model } = checkOne({ file, workspace, cycles, models });
      models.set(file.path, model);
      found.push(...placed(file, faults));
    }
  }
  return found;
}

interface CheckedFile {
  readonly faults: readonly Diagnostic[];
  readonly model: FileModel;
}

function checkOne(lookup: ReferenceLookup): CheckedFile {
  const { file, workspace } = lookup;
  const modelOf = (declaration: ReferringDeclaration): ReturnType<typeof findModel> => findModel(lookup, declaration);
  const checker = new FileChecker(file, { sources: workspace.sources, modelOf, base: baseOf(lookup) });
  checkReferences(lookup, checker.report);
  checkFile(checker);
  const faults = [...file.tree.diagnostics, ...checker.found.all()].sort(byPlace);
  return { faults, model: modelOfFile(checker, faults.length > 0) };
}

/** The file that a parameters file extends, when it is one and it is at hand. */
function baseOf(lookup: ReferenceLookup): FileModel | undefined {
  const { declarations } = lookup.file.tree.program;
  const base = declarations.find((declaration): declaration is ExtendsDeclaration => declaration.kind === "extends");
  const model = base === undefined ? undefined : findModel(lookup, base);
  return typeof model === "string" || model?.kind !== "parameters" ? undefined : model;
}

function placed({ path, tree }: BicepFile, faults: readonly Diagnostic[]): BicepDiagnostic[] {
  return faults.map((fault) => ({ ...fault, file: path, ...tree.lines.positionOf(fault.offset) }));
}
