import { GateError } from "../../diagnostics/gate-error.ts";
import type { DeploymentScope, Plan } from "../../plan/plan.ts";
import { joinTemplate } from "../../plan/join-template.ts";
import { deploymentNameOf } from "../arm/deployment-name.ts";
import type { ScopeOptions } from "../arm/template/request.ts";
import { recognise, type RecognisedDocument } from "../detect.ts";
import { readDocument } from "../document.ts";
import type { GivenScope } from "../load-options.ts";
import {
  type Entries,
  type LoadContext,
  type LoadedPlan,
  type OfflineEvaluation,
  type OfflineRequest,
  OFFLINE_SOURCES,
} from "../source.ts";
import { BaseFiles } from "./base-files.ts";
import { BicepFiles } from "./bicep-files.ts";
import { findEntries } from "./entry-files.ts";
import { MicrosoftsCompiler } from "./microsofts-compiler.ts";
import { type ExpansionOptions, TemplateLoader } from "./template-loader.ts";

/** Opens the offline evaluation of templates and Bicep files. */
export function openOffline(context: LoadContext): OfflineEvaluation {
  return new OfflineSession(context);
}

class OfflineSession implements OfflineEvaluation {
  readonly #context: LoadContext;
  readonly #loader: TemplateLoader;
  readonly #microsoft: MicrosoftsCompiler;
  readonly #base: BaseFiles | null;

  constructor(context: LoadContext) {
    const { tree, options } = context;
    const access = { moduleFolders: options.modules, environment: options.environment };
    this.#context = context;
    this.#loader = new TemplateLoader(new BicepFiles(tree, access));
    this.#microsoft = new MicrosoftsCompiler(context, this.#loader);
    this.#base = options.base === null ? null : new BaseFiles(options.base, { context, access, loader: this.#loader });
  }

  async load(request: OfflineRequest): Promise<LoadedPlan> {
    const { recognised } = request;
    const options = this.#expansionOptions(recognised.document.path, this.#context.options.scope);
    const expanded = await this.#microsoft.expand(recognised, options);
    const plan = this.#base === null ? expanded.plan : await this.#base.join(expanded.plan, request, options);
    return { ...expanded, plan, ...this.#microsoft.askAbout({ ...expanded, plan }, recognised.document, options) };
  }

  async joinTemplate(whatIf: Plan, template: string): Promise<Plan> {
    const { tree, options } = this.#context;
    const recognised = recognise(await readDocument(tree, template));
    if (!OFFLINE_SOURCES.has(recognised.source))
      throw new GateError("USAGE", `${tree.nameOf(template)} is not a template, but of the kind ${recognised.source}`);
    const scope = within(options.scope, whatIf.scope);
    return joinTemplate(whatIf, await this.#loader.load(recognised, this.#expansionOptions(template, scope)));
  }

  findEntries(documents: readonly RecognisedDocument[]): Entries {
    return findEntries(documents, this.#loader);
  }

  #expansionOptions(path: string, scope: GivenScope): ExpansionOptions {
    const { tree, options } = this.#context;
    const { bicep } = this.#loader;
    return {
      parameters: options.parameters.map((text) => ({ text, tree, bicep })),
      scope: scopeOf(scope, path),
      strictParameters: options.strictParameters,
      dropsUndeclared: false,
    };
  }
}

/** The scope of the options; where they say nothing, that of a what-if. */
function within(given: GivenScope, scope: DeploymentScope | null): GivenScope {
  return {
    ...given,
    subscriptionId: given.subscriptionId ?? scope?.subscriptionId ?? null,
    resourceGroup: given.resourceGroup ?? scope?.resourceGroup ?? null,
    managementGroup: given.managementGroup ?? scope?.managementGroup ?? null,
  };
}

function scopeOf(given: GivenScope, path: string): ScopeOptions {
  return { ...given, kind: null, deploymentName: given.deploymentName ?? deploymentNameOf(path) };
}
