import { posix } from "node:path";
import { isGateError } from "../../diagnostics/gate-error.ts";
import { joinBase } from "../../plan/join-base.ts";
import type { Plan } from "../../plan/plan.ts";
import type { SourceAccess, SourceTree } from "../../ports.ts";
import { recognise } from "../detect.ts";
import { readDocument } from "../document.ts";
import { mergeBase, openRevision } from "../git/git-revision.ts";
import { gitTree } from "../git/git-tree.ts";
import type { BaseOptions } from "../load-options.ts";
import type { LoadContext, OfflineRequest } from "../source.ts";
import { BicepFiles } from "./bicep-files.ts";
import { isAssignment, type ParameterLine } from "./given-parameters.ts";
import { type ExpansionOptions, TemplateLoader } from "./template-loader.ts";

interface BaseContext {
  readonly context: LoadContext;
  readonly access: SourceAccess;
  readonly loader: TemplateLoader;
}

/** The files of the base, seen from the files of the change. */
interface BaseTree {
  readonly tree: SourceTree;
  readonly loader: TemplateLoader;
  /** Where the base has the file at a path of the change, found in a folder or named itself; `undefined` when it has none. */
  readonly find: (path: string, folder: string | null) => Promise<string | undefined>;
}

/** The same targets at an earlier state: at a git revision, or in another folder. */
export class BaseFiles {
  readonly #base: BaseOptions;
  readonly #context: LoadContext;
  readonly #access: SourceAccess;
  readonly #loader: TemplateLoader;
  /** By the root of a repository; `null` where the revision is missing, and nobody asked for it. */
  readonly #revisions = new Map<string, BaseTree | null>();

  constructor(base: BaseOptions, { context, access, loader }: BaseContext) {
    this.#base = base;
    this.#context = context;
    this.#access = access;
    this.#loader = loader;
  }

  /**
   * `plan` with the base as its world before. Where the base cannot be used, a notification says so, and there is no world before.
   *
   * @throws GateError BASE_NOT_FOUND when the base that was asked for is neither a folder nor a revision
   */
  async join(plan: Plan, request: OfflineRequest, options: ExpansionOptions): Promise<Plan> {
    const { document } = request.recognised;
    const base = await this.#open(document.path);
    if (base === null)
      return withWarning(plan, `the base ${this.#base.name} is not in this clone (check out with the whole history)`);
    try {
      const earlier = await this.#earlier(base, request, options);
      return joinBase(
        plan,
        earlier ?? { ...plan, resources: [], notAnalysed: [] },
        this.#context.options.deploymentMode,
      );
    } catch (error) {
      if (!isGateError(error)) throw error;
      return withWarning(plan, `the base of ${document.name} cannot be evaluated (${error.code}): ${error.message}`);
    }
  }

  /** The plan of the target in the base; `undefined` when the base does not have it. */
  async #earlier(
    base: BaseTree,
    { recognised, folder }: OfflineRequest,
    options: ExpansionOptions,
  ): Promise<Plan | undefined> {
    const path = await base.find(recognised.document.path, folder);
    if (path === undefined) return undefined;
    const parameters: ParameterLine[] = [];
    for (const line of options.parameters) parameters.push(await this.#line(base, line));
    const earlier = recognise(await readDocument(base.tree, path));
    return base.loader.load(earlier, { ...options, parameters, strictParameters: false, dropsUndeclared: true });
  }

  /** A parameter file as the base has it; one that is new counts for the base, too. */
  async #line({ find, tree, loader }: BaseTree, line: ParameterLine): Promise<ParameterLine> {
    if (isAssignment(line.text)) return line;
    const path = await find(line.text, null);
    return path === undefined ? line : { text: path, tree, bicep: loader.bicep };
  }

  async #open(path: string): Promise<BaseTree | null> {
    const { tree } = this.#context;
    if ((await tree.stat(this.#base.name))?.kind === "folder") return this.#folder();
    const { root } = tree.surroundingsOf(path, this.#access);
    const known = this.#revisions.get(root);
    if (known !== undefined) return known;
    const opened = this.#revision(path, root);
    this.#revisions.set(root, opened);
    return opened;
  }

  #folder(): BaseTree {
    const { tree } = this.#context;
    return {
      tree,
      loader: this.#loader,
      find: async (path, folder) => {
        const name = tree.nameOf(path);
        const others = folder === null ? tailsOf(name) : [posix.relative(tree.nameOf(folder), name)];
        for (const inner of [name, ...others]) {
          const place = posix.join(this.#base.name.replaceAll("\\", "/"), inner);
          if ((await tree.stat(place))?.kind === "file") return place;
        }
        return undefined;
      },
    };
  }

  #revision(path: string, root: string): BaseTree | null {
    const { tree } = this.#context;
    const around = tree.surroundingsOf(path, this.#access);
    const revision = this.#openRevision(root);
    if (revision === null) return null;
    const base = gitTree(revision, { nameOf: (inner) => tree.nameOf(around.treePathOf(inner)), outside: around.files });
    return {
      tree: base,
      loader: new TemplateLoader(new BicepFiles(base, this.#access)),
      find: async (asked) => {
        const surroundings = tree.surroundingsOf(asked, this.#access);
        const isThere = surroundings.root === root && revision.sizeOf(surroundings.path) !== undefined;
        return isThere ? surroundings.path : undefined;
      },
    };
  }

  #openRevision(folder: string) {
    const { name, mergedInto, isAsked, searchPath } = this.#base;
    const options = { folder, searchPath };
    try {
      const commit = mergedInto === null ? name : mergeBase(options, name, mergedInto);
      return commit === null ? null : openRevision(options, commit);
    } catch (error) {
      if (isAsked || !isGateError(error)) throw error;
      return null;
    }
  }
}

/** The path without its first folders, the longest first: a folder to compare with may stand for any of them. */
function tailsOf(name: string): readonly string[] {
  const parts = name.split("/").filter((part) => part !== "..");
  return parts.slice(1).map((_, index) => parts.slice(index + 1).join("/"));
}

function withWarning(plan: Plan, message: string): Plan {
  return { ...plan, notifications: [...plan.notifications, { level: "warning", code: "base-not-read", message }] };
}
