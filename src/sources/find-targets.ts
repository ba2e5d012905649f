import type { Notification } from "../diagnostics/notification.ts";
import type { SourceTree } from "../ports.ts";
import { recognise, type RecognisedDocument } from "./detect.ts";
import { readDocument } from "./document.ts";
import { toGateError } from "./loaded-target.ts";
import type { OfflineSources } from "./offline-sources.ts";
import { type LoadContext, OFFLINE_SOURCES } from "./source.ts";

/** File endings that may hold a plan document; others in a folder are not opened. */
const ENDINGS = /\.(?:json|bicep|bicepparam)$/i;

/** Most files that a notification names. */
const MAX_NAMED = 10;

interface FoundTargets {
  /** What is deployed by itself, in the order of the paths. */
  readonly documents: readonly RecognisedDocument[];
  readonly notifications: readonly Notification[];
}

/** Searches a folder for what is deployed by itself, and says what it passed over. */
export async function findTargets(
  folder: string,
  { tree, signal }: LoadContext,
  offline: OfflineSources,
): Promise<FoundTargets> {
  const documents: RecognisedDocument[] = [];
  const skipped: string[] = [];
  for (const path of (await listOf(folder, tree)).filter((file) => ENDINGS.test(file))) {
    signal.throwIfAborted();
    const document = await recogniseOr(path, tree);
    if (document === null) skipped.push(tree.nameOf(path));
    else documents.push(document);
  }
  const templates = documents.filter(({ source }) => OFFLINE_SOURCES.has(source));
  if (templates.length === 0)
    return { documents, notifications: notesOn(tree.nameOf(folder), { skipped, compiled: [] }) };
  const { entries, compiled, empty } = await offline.findEntries(templates);
  skipped.push(...empty.map(({ document }) => document.name));
  return {
    documents: documents.filter((document) => !OFFLINE_SOURCES.has(document.source) || entries.has(document)),
    notifications: notesOn(tree.nameOf(folder), { skipped, compiled: compiled.map(({ document }) => document.name) }),
  };
}

async function listOf(folder: string, tree: SourceTree): Promise<readonly string[]> {
  try {
    return await tree.list(folder);
  } catch (error) {
    throw toGateError(error);
  }
}

/** `null` for a file that is no plan document: folders are full of other JSON. */
async function recogniseOr(path: string, tree: SourceTree): Promise<RecognisedDocument | null> {
  try {
    return recognise(await readDocument(tree, path));
  } catch (error) {
    toGateError(error);
    return null;
  }
}

interface PassedOver {
  readonly skipped: readonly string[];
  readonly compiled: readonly string[];
}

function notesOn(folder: string, { skipped, compiled }: PassedOver): readonly Notification[] {
  const notes: Notification[] = [];
  if (skipped.length > 0)
    notes.push({
      level: "note",
      code: "files-skipped",
      message: `${skipped.length} files in ${folder} are no plan documents: ${listNames(skipped)}`,
    });
  if (compiled.length > 0)
    notes.push({
      level: "note",
      code: "compiled-templates-skipped",
      message: `${compiled.length} compiled templates in ${folder} are judged as the Bicep files beside them: ${listNames(compiled)}`,
    });
  return notes;
}

function listNames(names: readonly string[]): string {
  const rest = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : "";
  return `${names.slice(0, MAX_NAMED).join(", ")}${rest}`;
}
