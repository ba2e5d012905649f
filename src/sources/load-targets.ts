import { GateError } from "../diagnostics/gate-error.ts";
import type { Notification } from "../diagnostics/notification.ts";
import type { SourceId } from "../plan/plan.ts";
import { whatIfSource } from "./arm/what-if.ts";
import { recognise, type RecognisedDocument } from "./detect.ts";
import { readDocument } from "./document.ts";
import { findTargets } from "./find-targets.ts";
import { type LoadedTarget, toGateError } from "./loaded-target.ts";
import { OfflineSources } from "./offline-sources.ts";
import type { LoadContext, LoadedPlan, PlanSource } from "./source.ts";

/** The targets, and what there is to say about the search for them. */
export interface LoadedTargets {
  readonly targets: readonly LoadedTarget[];
  readonly notifications: readonly Notification[];
}

/**
 * Loads every file, and every deployable entry file of every folder. A path that cannot be used becomes a target with an error.
 *
 * @throws GateError USAGE when a template is given to join with a what-if, and there is none
 */
export async function loadTargets(paths: readonly string[], context: LoadContext): Promise<LoadedTargets> {
  const loader = new TargetLoader(context);
  await checkModuleFolders(context);
  const targets: LoadedTarget[] = [];
  const notifications: Notification[] = [];
  for (const path of paths) {
    context.signal.throwIfAborted();
    const isFolder = (await context.tree.stat(path))?.kind === "folder";
    const found = isFolder ? await loader.folder(path) : { targets: [await loader.file(path)], notifications: [] };
    targets.push(...found.targets);
    notifications.push(...found.notifications);
  }
  const { template } = context.options;
  if (template !== null && !targets.some(({ source }) => source === null || source === "arm-what-if"))
    throw new GateError("USAGE", "--template names the template behind a what-if result, and none is given", {
      hint: "To judge a template by itself, give it without `--template`.",
    });
  return { targets, notifications };
}

/** A folder that is not there would look like one without the modules that are asked for. @throws GateError USAGE */
async function checkModuleFolders({ tree, options }: LoadContext): Promise<void> {
  for (const folder of options.modules) {
    if ((await tree.stat(folder))?.kind === "folder") continue;
    throw new GateError("USAGE", `--modules: ${tree.nameOf(folder)} is no folder`, {
      hint: "Name the folder that holds the vendored modules; it is taken from the working directory.",
    });
  }
}

class TargetLoader {
  readonly #context: LoadContext;
  readonly #sources: Partial<Record<SourceId, PlanSource>>;
  readonly #offline: OfflineSources;

  constructor(context: LoadContext) {
    this.#context = context;
    this.#offline = new OfflineSources(context);
    this.#sources = { "arm-what-if": whatIfSource, "arm-template": this.#offline, bicep: this.#offline };
  }

  async file(path: string): Promise<LoadedTarget> {
    const { tree } = this.#context;
    const name = tree.nameOf(path);
    try {
      return await this.#document(recognise(await readDocument(tree, path)), null);
    } catch (error) {
      return { name, source: null, plan: null, error: nameFile(toGateError(error), name) };
    }
  }

  async folder(folder: string): Promise<LoadedTargets> {
    const { signal } = this.#context;
    const { documents, notifications } = await findTargets(folder, this.#context, this.#offline);
    const targets: LoadedTarget[] = [];
    for (const document of documents) {
      signal.throwIfAborted();
      targets.push(await this.#document(document, folder));
    }
    if (targets.length > 0) return { targets, notifications };
    const name = this.#context.tree.nameOf(folder);
    const error = new GateError("SOURCE_NOTHING_DEPLOYABLE", `${name} holds nothing deployable`);
    return { targets: [{ name, source: null, plan: null, error }], notifications };
  }

  async #document(recognised: RecognisedDocument, folder: string | null): Promise<LoadedTarget> {
    const { source, document } = recognised;
    const { name } = document;
    try {
      return { name, source, ...(await this.#load(recognised, folder)), error: null };
    } catch (error) {
      return { name, source, plan: null, error: nameFile(toGateError(error), name) };
    }
  }

  async #load(recognised: RecognisedDocument, folder: string | null): Promise<LoadedPlan> {
    const source = this.#sources[recognised.source];
    if (source === undefined) throw notAvailable(recognised);
    const loaded = await source.load(recognised, { ...this.#context, folder });
    const { template } = this.#context.options;
    if (template === null || recognised.source !== "arm-what-if") return loaded;
    return { ...loaded, plan: await this.#offline.joinTemplate(loaded.plan, template) };
  }
}

function notAvailable({ document, source }: RecognisedDocument): GateError {
  return new GateError("NOT_AVAILABLE", `${document.name} is of the kind ${source}, which is not available yet`, {
    hint: "Give a Bicep file, an ARM template or the result of a what-if.",
  });
}

/** The same error with the file in its message: a reader of several files must know which. */
function nameFile(error: GateError, name: string): GateError {
  if (error.message.includes(name)) return error;
  const { code, message, cause, details, hint } = error;
  return new GateError(code, `${name}: ${message}`, {
    cause,
    details,
    hint,
    ...(error.serviceCode === null ? {} : { serviceCode: error.serviceCode }),
  });
}
