import { GateError } from "../../diagnostics/gate-error.ts";
import type { SourceAccess, SourceTree, Surroundings } from "../../ports.ts";
import { checkWorkspace } from "../bicep/check/check-workspace.ts";
import { lower, type Lowered } from "../bicep/lower/lower.ts";
import { nameOfFile } from "../bicep/workspace/source-files.ts";
import { type Workspace, WorkspaceLoader } from "../bicep/workspace/workspace.ts";

/** Most faults of one entry file that are listed. */
const MAX_FAULTS = 50;

/** The Bicep files of a tree. Each is read and parsed once, however many entry files use it. */
export class BicepFiles {
  readonly #tree: SourceTree;
  readonly #access: SourceAccess;
  /** By the root of a repository. */
  readonly #loaders = new Map<string, WorkspaceLoader>();

  constructor(tree: SourceTree, access: SourceAccess) {
    this.#tree = tree;
    this.#access = access;
  }

  surroundingsOf(path: string): Surroundings {
    return this.#tree.surroundingsOf(path, this.#access);
  }

  /**
   * The file at `path` with all that it names.
   *
   * @throws GateError SOURCE_UNREADABLE when it does not lie in its repository
   */
  open(path: string): Workspace {
    const { root, path: inner, files } = this.surroundingsOf(path);
    const known = this.#loaders.get(root);
    const loader = known ?? new WorkspaceLoader(files);
    if (known === undefined) this.#loaders.set(root, loader);
    const workspace = loader.open(inner);
    if (workspace !== undefined) return workspace;
    throw new GateError("SOURCE_UNREADABLE", `${this.#tree.nameOf(path)} leads out of its repository`, {
      hint: "Give a file that lies in the repository itself, not behind a symbolic link.",
    });
  }

  /**
   * The template that the file at `path` comes to, or the parameters that it gives.
   *
   * @throws GateError BICEP_FAILED when the language does not allow what is written, PARAMETER_INVALID
   */
  lower(path: string): Lowered {
    const workspace = this.open(path);
    refuseFaults(workspace);
    return lower(workspace);
  }
}

/** @throws GateError BICEP_FAILED with the compiler's code for what it would refuse, the first fault in the message */
function refuseFaults(workspace: Workspace): void {
  const faults = checkWorkspace(workspace).map(({ file, line, column, code, message }) => {
    return `${nameOfFile(workspace.sources, file)}:${line}:${column}: ${code}: ${message}`;
  });
  const [first, ...rest] = faults;
  if (first === undefined) return;
  throw new GateError("BICEP_FAILED", first, { details: rest.slice(0, MAX_FAULTS) });
}
