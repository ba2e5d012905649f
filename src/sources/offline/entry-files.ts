import { posix } from "node:path";
import { literalText } from "../arm/template/literal.ts";
import { type TemplateNode, valueOf } from "../arm/template/node.ts";
import type { Declaration } from "../bicep/syntax/ast.ts";
import type { BicepFile } from "../bicep/workspace/workspace.ts";
import type { RecognisedDocument } from "../detect.ts";
import type { SourceDocument } from "../document.ts";
import type { Entries } from "../source.ts";
import { bicepBeside, isCompiledBicep } from "./bicep-beside.ts";
import type { TemplateLoader } from "./template-loader.ts";

/** One of the documents, and the places of the files that it names. */
interface Entry {
  readonly document: RecognisedDocument;
  readonly place: string;
  readonly names: readonly string[];
  /** Whether it says by itself that something is deployed. */
  readonly isDeployable: boolean;
  readonly isCompiled: boolean;
}

/**
 * Which of some templates and Bicep files are deployed by themselves: those that no other one names as a module, as its template or as a linked
 * template. Of files that name each other in a circle one is taken.
 */
export function findEntries(documents: readonly RecognisedDocument[], loader: TemplateLoader): Entries {
  const all = new Map(documents.map((document) => entryOf(document, loader)).map((entry) => [entry.place, entry]));
  const compiled = [...all.values()].filter((entry) => entry.isCompiled && all.has(bicepBeside(entry.place)));
  for (const { place } of compiled) all.delete(place);
  const named = namedIn(all);
  const starts = [...all.values()].filter(({ place }) => !named.has(place));
  const reached = new Set<string>();
  for (const { place } of starts) reach(place, all, reached);
  for (const entry of all.values()) {
    if (reached.has(entry.place)) continue;
    starts.push(entry); // only circles lead here
    reach(entry.place, all, reached);
  }
  const [entries, empty] = [starts.filter(isEntry), starts.filter((entry) => !isEntry(entry))];
  return { entries: documentsOf(entries), compiled: [...documentsOf(compiled)], empty: [...documentsOf(empty)] };
}

function isEntry({ isDeployable }: Entry): boolean {
  return isDeployable;
}

function documentsOf(entries: readonly Entry[]): ReadonlySet<RecognisedDocument> {
  return new Set(entries.map(({ document }) => document));
}

function namedIn(all: ReadonlyMap<string, Entry>): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { place, names } of all.values()) for (const name of names) if (name !== place) named.add(name);
  return named;
}

function reach(start: string, all: ReadonlyMap<string, Entry>, reached: Set<string>): void {
  const waiting = [start];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (reached.has(place)) continue;
    reached.add(place);
    waiting.push(...(all.get(place)?.names ?? []));
  }
}

function entryOf(recognised: RecognisedDocument, loader: TemplateLoader): Entry {
  const { document, source } = recognised;
  const { root, path } = loader.bicep.surroundingsOf(document.path);
  const place = placeIn(root, path);
  const found = source === "bicep" ? inBicep(document, loader) : inTemplate(document, path, loader);
  return { document: recognised, place, ...found, names: found.names.map((name) => placeIn(root, name)) };
}

function placeIn(root: string, path: string): string {
  return `${root}\n${path}`;
}

type Found = Pick<Entry, "names" | "isDeployable" | "isCompiled">;

/** A file that cannot be read is judged by itself, so that the report says why. */
const UNREADABLE: Found = { names: [], isDeployable: true, isCompiled: false };

function inBicep({ path }: SourceDocument, { bicep }: TemplateLoader): Found {
  try {
    const { entry } = bicep.open(path);
    return {
      names: pathsNamedBy(entry),
      isDeployable: entry.tree.program.declarations.some(deploys),
      isCompiled: false,
    };
  } catch {
    return UNREADABLE;
  }
}

function pathsNamedBy({ references }: BicepFile): readonly string[] {
  return [...references.values()].flatMap((reference) =>
    "path" in reference && reference.path !== undefined ? [reference.path] : [],
  );
}

/** `using none` belongs to files that others extend. */
function deploys(declaration: Declaration): boolean {
  if (declaration.kind === "using") return declaration.path !== "none";
  return declaration.kind === "resource" || declaration.kind === "module";
}

function inTemplate(document: SourceDocument, path: string, loader: TemplateLoader): Found {
  try {
    const template = loader.templateOf(document);
    return { names: linksIn(template, path), isDeployable: true, isCompiled: isCompiledBicep(template) };
  } catch {
    return UNREADABLE;
  }
}

/** A file name in an expression such as `[uri(deployment().properties.templateLink.uri, 'nested/network.json')]`. */
const FILE_NAME = /[\w.-][\w./-]*\.jsonc?\b/gi;

/** The paths, below the root, that the template may link to. */
function linksIn(template: TemplateNode, path: string): readonly string[] {
  const links: string[] = [];
  const waiting = [template];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "array") waiting.push(...node.elements);
    if (node.kind !== "object") continue;
    for (const { name, value } of node.members.values()) {
      if (/^templateLink$/i.test(name)) links.push(...namesIn(value));
      else waiting.push(value);
    }
  }
  return links.map((link) => posix.join(posix.dirname(path), link));
}

function namesIn(link: TemplateNode): readonly string[] {
  return ["relativePath", "uri"].flatMap((member) => literalText(valueOf(link, member))?.match(FILE_NAME) ?? []);
}
