import { GateError } from "../diagnostics/gate-error.ts";
import type { Notification } from "../diagnostics/notification.ts";
import type { Plan, SourceId } from "../plan/plan.ts";
import type { SourceTree } from "../ports.ts";
import { whatIfSource } from "./arm/what-if.ts";
import { recognise, type RecognisedDocument } from "./detect.ts";
import { readDocument } from "./document.ts";
import { type LoadedTarget, toGateError } from "./loaded-target.ts";
import type { PlanSource } from "./source.ts";

/** The sources of this version. */
const SOURCES: Partial<Record<SourceId, PlanSource>> = { "arm-what-if": whatIfSource };

/** File endings that may hold a plan document; others in a folder are not opened. */
const ENDINGS = /\.(?:json|bicep|bicepparam)$/i;

/** What the folder search skipped, and the targets it found. */
export interface LoadedTargets {
  readonly targets: readonly LoadedTarget[];
  readonly notifications: readonly Notification[];
}

/** Loads every file, and every deployable entry file of every folder. A path that cannot be used becomes a target with an error. */
export async function loadTargets(
  paths: readonly string[],
  tree: SourceTree,
  signal: AbortSignal,
): Promise<LoadedTargets> {
  const targets: LoadedTarget[] = [];
  const notifications: Notification[] = [];
  for (const path of paths) {
    signal.throwIfAborted();
    const found =
      (await tree.stat(path))?.kind === "folder"
        ? await loadFolder(path, tree, signal)
        : { targets: [await loadFile(path, tree)], notifications: [] };
    targets.push(...found.targets);
    notifications.push(...found.notifications);
  }
  return { targets, notifications };
}

async function loadFile(path: string, tree: SourceTree): Promise<LoadedTarget> {
  const name = tree.nameOf(path);
  let source: SourceId | null = null;
  try {
    const recognised = recognise(await readDocument(tree, path));
    source = recognised.source;
    return { name, source, plan: loadPlan(recognised), error: null };
  } catch (error) {
    return { name, source, plan: null, error: nameFile(toGateError(error), name) };
  }
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

function loadPlan(recognised: RecognisedDocument): Plan {
  const source = SOURCES[recognised.source];
  if (source !== undefined) return source.load(recognised);
  throw new GateError(
    "NOT_AVAILABLE",
    `${recognised.document.name} is of the kind ${recognised.source}, which is not available yet`,
    {
      hint: "Give an ARM what-if result: `az deployment group what-if … --no-pretty-print > whatif.json`.",
    },
  );
}

async function loadFolder(folder: string, tree: SourceTree, signal: AbortSignal): Promise<LoadedTargets> {
  const targets: LoadedTarget[] = [];
  const skipped: string[] = [];
  for (const path of (await listOf(folder, tree)).filter((file) => ENDINGS.test(file))) {
    signal.throwIfAborted();
    const target = await loadFile(path, tree);
    if (target.source === null) skipped.push(target.name);
    else targets.push(target);
  }
  const name = tree.nameOf(folder);
  if (targets.length === 0) {
    const seen = skipped.length === 0 ? "" : `; ${skipped.length} JSON or Bicep files in it are no plan documents`;
    targets.push({
      name,
      source: null,
      plan: null,
      error: new GateError("SOURCE_NOTHING_DEPLOYABLE", `${name} holds nothing deployable${seen}`),
    });
  }
  return { targets, notifications: skipped.length === 0 ? [] : [skippedNotification(name, skipped)] };
}

async function listOf(folder: string, tree: SourceTree): Promise<readonly string[]> {
  try {
    return await tree.list(folder);
  } catch (error) {
    throw toGateError(error);
  }
}

function skippedNotification(folder: string, skipped: readonly string[]): Notification {
  const named = skipped.slice(0, 10).join(", ");
  const rest = skipped.length > 10 ? ` and ${skipped.length - 10} more` : "";
  return {
    level: "note",
    code: "files-skipped",
    message: `${skipped.length} files in ${folder} are no plan documents: ${named}${rest}`,
  };
}
