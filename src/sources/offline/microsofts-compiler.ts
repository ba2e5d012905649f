import { planDigests } from "../../deploy/digest.ts";
import { isGateError } from "../../diagnostics/gate-error.ts";
import { toValue } from "../../expression/convert.ts";
import { Unknown, type Value } from "../../expression/value.ts";
import { fileLocation, type FrontEnd, type Plan } from "../../plan/plan.ts";
import type { BicepCompiler, ExpansionScope } from "../../ports.ts";
import type { GivenParameters, ScopeOptions } from "../arm/template/request.ts";
import { askSecondOpinion, type SecondOpinion, wantsSecondOpinion } from "../bicep/second-opinion/second-opinion.ts";
import type { RecognisedDocument } from "../detect.ts";
import type { SourceDocument } from "../document.ts";
import type { LoadContext } from "../source.ts";
import type { ExpandedTemplate, ExpansionOptions, TemplateLoader } from "./template-loader.ts";

interface Read extends ExpandedTemplate {
  readonly frontEnd?: FrontEnd;
}

/** What Microsoft's compiler has to say about templates: it reads Bicep where that is asked for, and gives a second opinion. */
export class MicrosoftsCompiler {
  readonly #context: LoadContext;
  readonly #loader: TemplateLoader;

  constructor(context: LoadContext, loader: TemplateLoader) {
    this.#context = context;
    this.#loader = loader;
  }

  /** Expands a template, Bicep through the front end that the options choose. @throws GateError */
  async expand(recognised: RecognisedDocument, options: ExpansionOptions): Promise<Read> {
    if (recognised.source !== "bicep") return this.#loader.expand(recognised, options);
    if (this.#context.options.bicep === "cli") return this.#compileAndExpand(recognised, options);
    return { ...(await this.#loader.expand(recognised, options)), frontEnd: "native" };
  }

  /** Asks for Microsoft's expansion of the same target, where the options want it. The answer is not waited for. */
  askAbout(
    { plan, given, missing }: ExpandedTemplate,
    { path, name }: SourceDocument,
    { scope }: ExpansionOptions,
  ): { readonly secondOpinion?: Promise<SecondOpinion> } {
    const { options, isSignedIn, signal } = this.#context;
    const isPossible = plan.source === "bicep" || options.bicep === "cli";
    if (!isPossible || !wantsSecondOpinion(options.bicep, isSignedIn)) return {};
    const isOwn = /\.bicepparam$/i.test(path) && options.parameters.length === 0;
    const expansion = { path, parameters: isOwn ? null : valuesOf(given, missing), scope: expansionScope(scope) };
    const request = { target: name, plan, expansion, isExpected: options.bicep === "cli" };
    return { secondOpinion: askSecondOpinion(request, this.#opened(path), signal) };
  }

  async #compileAndExpand(recognised: RecognisedDocument, options: ExpansionOptions): Promise<Read> {
    const { document } = recognised;
    const compiler = await this.#open(document.path);
    const compiled = await compiler.compile(document.path, this.#context.signal);
    const expanded = await this.#loader.expandCompiled(compiled, document, options);
    const native = await this.#tryNatively(recognised, options);
    if (typeof native === "string")
      return { ...expanded, plan: withoutLines(expanded.plan, document, native), frontEnd: "cli" };
    return { ...expanded, plan: withLines(expanded.plan, native, document), frontEnd: "cli" };
  }

  async #tryNatively(recognised: RecognisedDocument, options: ExpansionOptions): Promise<Plan | string> {
    try {
      return await this.#loader.load(recognised, options);
    } catch (error) {
      if (isGateError(error)) return `${error.code}: ${error.message}`;
      throw error;
    }
  }

  /** The compiler, looked for when it is asked: whoever does not find it says so as the answer. */
  #opened(path: string): BicepCompiler {
    return {
      compile: async (entry, signal) => (await this.#open(path)).compile(entry, signal),
      expand: async (request, signal) => (await this.#open(path)).expand(request, signal),
    };
  }

  #open(path: string): Promise<BicepCompiler> {
    const { tree, options, openCompiler } = this.#context;
    const { modules: moduleFolders, environment } = options;
    const { root } = tree.surroundingsOf(path, { moduleFolders, environment });
    return openCompiler({ root, variables: [...environment.keys()], moduleFolders });
  }
}

/** The compiler's plan, with the lines that our own front end knows, and a word where the two do not agree. */
function withLines(plan: Plan, native: Plan, { name }: SourceDocument): Plan {
  const isSame = planDigests(plan).digest === planDigests(native).digest;
  const message = `${name}: the Bicep CLI and Portcullis compile it to different templates; the Bicep CLI's is judged`;
  const said = isSame ? [] : [{ level: "warning", code: "front-ends-differ", message } as const];
  const { declaration } = plan;
  return {
    ...plan,
    ...(declaration === undefined ? {} : { declaration }),
    notifications: [...plan.notifications, ...said],
    locate: (resource, path) => native.locate(resource, path),
  };
}

function withoutLines(plan: Plan, { name }: SourceDocument, why: string): Plan {
  const message = `${name}: Portcullis cannot read it itself, so findings have no lines (${why})`;
  return {
    ...plan,
    notifications: [...plan.notifications, { level: "warning", code: "front-ends-differ", message }],
    locate: () => fileLocation(name),
  };
}

/** What is missing waits for the deployment: without any value the compiler would refuse the template. */
function valuesOf(given: readonly GivenParameters[], missing: readonly string[]): ReadonlyMap<string, Value> {
  const waiting = missing.map((name): [string, Value] => [name, new Unknown("parameter")]);
  const known = given.flatMap((values) =>
    [...values].map(([name, { value }]): [string, Value] => [name, toValue(value)]),
  );
  return new Map([...waiting, ...known]);
}

function expansionScope(scope: ScopeOptions): ExpansionScope {
  const { tenantId, subscriptionId, managementGroup, resourceGroup, location, deploymentName } = scope;
  return {
    ...(tenantId === null ? {} : { tenantId }),
    ...(subscriptionId === null ? {} : { subscriptionId }),
    ...(managementGroup === null ? {} : { managementGroupId: managementGroup }),
    ...(resourceGroup === null ? {} : { resourceGroup }),
    ...(location === null ? {} : { location }),
    ...(deploymentName === null ? {} : { deploymentName }),
  };
}
