import { posix } from "node:path";
import type { Surroundings } from "../../ports.ts";
import { expandTemplate, type TemplateExpansion } from "../arm/template/expand-template.ts";
import type { TemplateNode } from "../arm/template/node.ts";
import { readJsonc } from "../arm/template/read-jsonc.ts";
import type { TemplateRequest } from "../arm/template/request.ts";
import { decodeText, nameOfFile } from "../bicep/workspace/source-files.ts";

/** How often a template is expanded with what the last time was missing: how deep linked templates may link to others. */
const MAX_ROUNDS = 12;

/** Most linked templates of one deployment. */
const MAX_TEMPLATES = 500;

/**
 * Expands a template with the templates that it links to, read from the files around it. One that is not there stays out, and is reported as not
 * analysed.
 */
export function expandLinked(
  request: Omit<TemplateRequest, "linkedTemplates">,
  surroundings: Surroundings,
): TemplateExpansion {
  const linkedTemplates = new Map<string, TemplateNode>();
  const tried = new Set<string>();
  let expansion = expandTemplate({ ...request, linkedTemplates });
  for (let round = 1; round < MAX_ROUNDS && tried.size < MAX_TEMPLATES; round += 1) {
    const missing = expansion.missingTemplates.filter((path) => !tried.has(path));
    for (const path of missing) {
      tried.add(path);
      const template = readLinked(path, surroundings);
      if (template !== undefined) linkedTemplates.set(path, template);
    }
    if (!missing.some((path) => linkedTemplates.has(path))) break;
    expansion = expandTemplate({ ...request, linkedTemplates });
  }
  return expansion;
}

/** @param path relative to the folder of the template */
function readLinked(path: string, { files, path: entry }: Surroundings): TemplateNode | undefined {
  const place = posix.join(posix.dirname(entry), path.replaceAll("\\", "/"));
  const bytes = /^[a-z][a-z\d+.-]+:/i.test(path) ? undefined : files.read(place);
  return bytes === undefined ? undefined : readJsonc(decodeText(bytes), nameOfFile(files, place));
}
