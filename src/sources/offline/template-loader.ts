import { GateError } from "../../diagnostics/gate-error.ts";
import type { Plan } from "../../plan/plan.ts";
import type { CompiledTemplate } from "../../ports.ts";
import { membersOf } from "../arm/template/literal.ts";
import { type MemberNode, memberOf, type TemplateNode, valueOf } from "../arm/template/node.ts";
import { readJsonc } from "../arm/template/read-jsonc.ts";
import type { GivenParameters, ScopeOptions, TemplateRequest } from "../arm/template/request.ts";
import { toGivenParameters } from "../bicep/lower/lower-parameters.ts";
import type { RecognisedDocument } from "../detect.ts";
import type { SourceDocument } from "../document.ts";
import { bicepBeside, isCompiledBicep, withBicepLines } from "./bicep-beside.ts";
import type { BicepFiles } from "./bicep-files.ts";
import { expandLinked } from "./expand-linked.ts";
import { readParameterFile } from "./parameter-file.ts";
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

/** A plan and what its template was given. */
export interface ExpandedTemplate {
  readonly plan: Plan;
  /** What comes later wins. */
  readonly given: readonly GivenParameters[];
  /** Required parameters that nothing was given for. */
  readonly missing: readonly string[];
}

/** A template with the parameters that its own file brings. */
interface Prepared {
  readonly source: TemplateRequest["source"];
  readonly template: TemplateNode;
  readonly own: GivenParameters | null;
}

/** Turns templates, Bicep files and parameters files into plans. What several of them share is read once. */
export class TemplateLoader {
  readonly bicep: BicepFiles;
  readonly #templates = new Map<string, TemplateNode>();

  constructor(bicep: BicepFiles) {
    this.bicep = bicep;
  }

  /** @throws GateError when the template, its files or its parameters cannot be used */
  async load(recognised: RecognisedDocument, options: ExpansionOptions): Promise<Plan> {
    return (await this.expand(recognised, options)).plan;
  }

  /** As `load`, with the values that the parameters get. */
  async expand({ document, source }: RecognisedDocument, options: ExpansionOptions): Promise<ExpandedTemplate> {
    const prepared = source === "bicep" ? this.#prepareBicep(document) : this.#prepareJson(document);
    return "resources" in prepared
      ? { plan: prepared, given: [], missing: [] }
      : this.#expand(prepared, document, options);
  }

  /** The plan of a template that Microsoft's compiler made of the document. */
  async expandCompiled(
    { template, parameters }: CompiledTemplate,
    document: SourceDocument,
    options: ExpansionOptions,
  ): Promise<ExpandedTemplate> {
    const own = parameters === null ? null : readParameterFile(parameters, document.name);
    return this.#expand({ source: "bicep", template: readJsonc(template, document.name), own }, document, options);
  }

  async #expand(prepared: Prepared, { path }: SourceDocument, options: ExpansionOptions): Promise<ExpandedTemplate> {
    const { scope, strictParameters } = options;
    const given = await parametersOf(prepared, options);
    if (strictParameters) refuseWithheld(given);
    const surroundings = this.bicep.surroundingsOf(path);
    const expand = ({ source, template }: Pick<Prepared, "source" | "template">): Plan =>
      expandLinked({ source, template, parameters: given, scope, strictParameters }, surroundings).plan;
    const plan = expand(prepared);
    const missing = requiredParameters(prepared.template).filter(
      (name) => !given.some((values) => hasName(values, name)),
    );
    const beside = bicepBeside(surroundings.path);
    const isCompiled = prepared.source === "arm-template" && isCompiledBicep(prepared.template);
    if (!isCompiled || surroundings.files.read(beside) === undefined) return { plan, given, missing };
    return {
      plan: withBicepLines(plan, () => expand(this.#bicepTemplate(surroundings.treePathOf(beside)))),
      given,
      missing,
    };
  }

  /** The parts of a JSON template. @throws GateError SOURCE_NOT_JSON */
  templateOf({ path, name, text }: SourceDocument): TemplateNode {
    const known = this.#templates.get(path);
    const template = known ?? readJsonc(text, name);
    if (known === undefined) this.#templates.set(path, template);
    return template;
  }

  #bicepTemplate(path: string): Pick<Prepared, "source" | "template"> {
    const { template } = this.bicep.lower(path);
    if (template === undefined) throw new GateError("BICEP_FAILED", `${path} has no template`);
    return { source: "bicep", template };
  }

  #prepareJson(document: SourceDocument): Prepared {
    return { source: "arm-template", template: this.templateOf(document), own: null };
  }

  #prepareBicep({ path, name }: SourceDocument): Prepared | Plan {
    const { template, parameters } = this.bicep.lower(path);
    const own = parameters === undefined ? null : toGivenParameters(parameters);
    if (template !== undefined) return { source: "bicep", template, own };
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

function requiredParameters(template: TemplateNode): readonly string[] {
  const declared = membersOf(valueOf(template, "parameters"));
  const isRequired = ({ value }: MemberNode) =>
    !["defaultValue", "nullable"].some((name) => memberOf(value, name) !== undefined);
  return declared.filter(isRequired).map(({ name }) => name);
}

function hasName(values: GivenParameters, name: string): boolean {
  return [...values.keys()].some((each) => each.toLowerCase() === name.toLowerCase());
}
