import { GateError, isGateError } from "../../diagnostics/gate-error.ts";
import type { DeploymentScope, FrontEnd, Plan } from "../../plan/plan.ts";
import { joinTemplate } from "../../plan/join-template.ts";
import { deploymentNameOf } from "../arm/deployment-name.ts";
import type { ScopeOptions } from "../arm/template/request.ts";
import { askSecondOpinion, type SecondOpinion, wantsSecondOpinion } from "../bicep/second-opinion/second-opinion.ts";
import type { BicepCompiler } from "../../ports.ts";
import { recognise, type RecognisedDocument } from "../detect.ts";
import { readDocument, type SourceDocument } from "../document.ts";
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
import { compileBicep, notCompiled, withPlaces } from "./compiled-bicep.ts";
import { expansionRequest } from "./expansion-request.ts";
import { type Evaluated, type ExpansionOptions, TemplateLoader } from "./template-loader.ts";

export { machineBicep } from "../bicep/cli/machine-bicep.ts";

/** Opens the offline evaluation of templates and Bicep files. */
export function openOffline(context: LoadContext): OfflineEvaluation {
  return new OfflineSession(context);
}

class OfflineSession implements OfflineEvaluation {
  readonly #context: LoadContext;
  readonly #loader: TemplateLoader;
  readonly #base: BaseFiles | null;

  constructor(context: LoadContext) {
    const { tree, options } = context;
    const access = { moduleFolders: options.modules, environment: options.environment };
    this.#context = context;
    this.#loader = new TemplateLoader(new BicepFiles(tree, access));
    this.#base = options.base === null ? null : new BaseFiles(options.base, { context, access, loader: this.#loader });
  }

  async load(request: OfflineRequest): Promise<LoadedPlan> {
    const { document, source } = request.recognised;
    const options = this.#expansionOptions(document.path, this.#context.options.scope);
    const { frontEnd, ...evaluated } = await this.#evaluate(request.recognised, options);
    const plan = this.#base === null ? evaluated.plan : await this.#base.join(evaluated.plan, request, options);
    const secondOpinion = this.#secondOpinion(document, { ...evaluated, plan }, options);
    return {
      plan,
      ...(source === "bicep" ? { frontEnd } : {}),
      ...(secondOpinion === null ? {} : { secondOpinion }),
    };
  }

  /** The plan of the native front end; with `--bicep cli` that of Microsoft's compiler, with the places of the native one. */
  async #evaluate(
    recognised: RecognisedDocument,
    options: ExpansionOptions,
  ): Promise<Evaluated & { readonly frontEnd: FrontEnd }> {
    const native = await this.#loader.load(recognised, options);
    if (this.#context.options.frontEnd !== "cli" || recognised.source !== "bicep" || native.from === null)
      return { ...native, frontEnd: "native" };
    const { document } = recognised;
    const compiled = await compileBicep(document, await this.#compilerFor(document), this.#context.signal);
    if (isGateError(compiled)) {
      const notifications = [...native.plan.notifications, notCompiled(compiled)];
      return { ...native, plan: { ...native.plan, notifications }, frontEnd: "native" };
    }
    const prepared = { ...native.from.prepared, ...compiled };
    const { plan, from } = await this.#loader.expand(prepared, document, options);
    return { plan: withPlaces(plan, native.plan), from, frontEnd: "cli" };
  }

  #secondOpinion(
    document: SourceDocument,
    { plan, from }: Evaluated,
    { scope }: ExpansionOptions,
  ): Promise<SecondOpinion> | null {
    const { options, signal } = this.#context;
    if (from === null || !wantsSecondOpinion(options.frontEnd, options.isSignedIn)) return null;
    // What only the base has is no part of the deployment that the other engine expands.
    const resources = plan.resources.filter(({ changeType }) => changeType !== "ignore" && changeType !== "delete");
    const request = {
      target: document.name,
      plan: { ...plan, resources },
      expansion: expansionRequest(document, { from, scope, isGiven: options.parameters.length > 0 }),
      isExpected: options.frontEnd === "cli",
    };
    return this.#compilerFor(document).then((compiler) => askSecondOpinion(request, compiler, signal));
  }

  #compilerFor({ path }: SourceDocument): Promise<BicepCompiler> {
    const { compiler, options } = this.#context;
    const { root } = this.#loader.bicep.surroundingsOf(path);
    return compiler({ root, variables: [...options.environment.keys()], moduleFolders: options.modules });
  }

  async joinTemplate(whatIf: Plan, template: string): Promise<Plan> {
    const { tree, options } = this.#context;
    const recognised = recognise(await readDocument(tree, template));
    if (!OFFLINE_SOURCES.has(recognised.source))
      throw new GateError("USAGE", `${tree.nameOf(template)} is not a template, but of the kind ${recognised.source}`);
    const scope = within(options.scope, whatIf.scope);
    const { plan } = await this.#loader.load(recognised, this.#expansionOptions(template, scope));
    return joinTemplate(whatIf, plan);
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
