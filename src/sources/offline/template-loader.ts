import { GateError } from "../../diagnostics/gate-error.ts";
import type { Plan } from "../../plan/plan.ts";
import type { TemplateNode } from "../arm/template/node.ts";
import { readJsonc } from "../arm/template/read-jsonc.ts";
import type { GivenParameters, ScopeOptions, TemplateRequest } from "../arm/template/request.ts";
import { toGivenParameters } from "../bicep/lower/lower-parameters.ts";
import type { RecognisedDocument } from "../detect.ts";
import type { SourceDocument } from "../document.ts";
import type { BicepFiles } from "./bicep-files.ts";
import { expandLinked } from "./expand-linked.ts";
import { type ParameterLine, readGivenParameters, refuseWithheld } from "./given-parameters.ts";
import { declaredNames } from "./parameter-value.ts";
import { planOfUnresolved } from "./unresolved-template.ts";

/** How a template is expanded. */
export interface ExpansionOptions {
  readonly parameters: readonly ParameterLine[];
  readonly scope: ScopeOptions;
  readonly strictParameters: boolean;
  /** Whether values that the template does not declare are left out instead of refused: it is older than they are. */
  readonly dropsUndeclared: boolean;
}

/** A template with the parameters that its own file brings. */
export interface Prepared {
  readonly source: TemplateRequest["source"];
  readonly template: TemplateNode;
  readonly own: GivenParameters | null;
  /** The file that the template is made of. */
  readonly path: string;
}

/** A plan, and what it was made with. */
export interface Evaluated {
  readonly plan: Plan;
  /** `null` where there was no template to expand. */
  readonly from: { readonly prepared: Prepared; readonly given: readonly GivenParameters[] } | null;
}

/** Turns templates, Bicep files and parameters files into plans. What several of them share is read once. */
export class TemplateLoader {
  readonly bicep: BicepFiles;
  readonly #templates = new Map<string, TemplateNode>();

  constructor(bicep: BicepFiles) {
    this.bicep = bicep;
  }

  /** @throws GateError when the template, its files or its parameters cannot be used */
  async load({ document, source }: RecognisedDocument, options: ExpansionOptions): Promise<Evaluated> {
    const prepared = source === "bicep" ? this.#prepareBicep(document) : this.#prepareJson(document);
    return "resources" in prepared ? { plan: prepared, from: null } : this.expand(prepared, document, options);
  }

  /** The plan of a template. `document` is what was asked for: links are relative to it. */
  async expand(prepared: Prepared, document: SourceDocument, options: ExpansionOptions): Promise<Evaluated> {
    const { scope, strictParameters } = options;
    const given = await parametersOf(prepared, options);
    if (strictParameters) refuseWithheld(given);
    const { source, template } = prepared;
    const request = { source, template, parameters: given, scope, strictParameters };
    return { plan: expandLinked(request, this.bicep.surroundingsOf(document.path)).plan, from: { prepared, given } };
  }

  /** The parts of a JSON template. @throws GateError SOURCE_NOT_JSON */
  templateOf({ path, name, text }: SourceDocument): TemplateNode {
    const known = this.#templates.get(path);
    const template = known ?? readJsonc(text, name);
    if (known === undefined) this.#templates.set(path, template);
    return template;
  }

  #prepareJson(document: SourceDocument): Prepared {
    return { source: "arm-template", template: this.templateOf(document), own: null, path: document.path };
  }

  #prepareBicep({ path, name }: SourceDocument): Prepared | Plan {
    const { template, templatePath, parameters } = this.bicep.lower(path);
    const own = parameters === undefined ? null : toGivenParameters(parameters);
    if (template !== undefined) {
      const { treePathOf } = this.bicep.surroundingsOf(path);
      return { source: "bicep", template, own, path: templatePath === undefined ? path : treePathOf(templatePath) };
    }
    const { unresolved } = this.bicep.open(path);
    if (unresolved.length > 0) return planOfUnresolved(name, unresolved);
    throw new GateError("BICEP_FAILED", `${name} names no template`, {
      hint: `Give the template, and this file with \`--parameters ${name}\`.`,
    });
  }
}

async function parametersOf(
  { template, own }: Prepared,
  { parameters, dropsUndeclared }: ExpansionOptions,
): Promise<readonly GivenParameters[]> {
  const given = await readGivenParameters(parameters, template);
  const all = own === null ? given : [own, ...given];
  if (!dropsUndeclared) return all;
  const declared = declaredNames(template);
  return all.map((values) => new Map([...values].filter(([name]) => declared.has(name.toLowerCase()))));
}
