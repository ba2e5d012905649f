import { foldName } from "../../../expression/dotnet/casing.ts";
import type { DeploymentScope, Place, RuntimeCall, Scope, UserFunction } from "../../../expression/scope.ts";
import { Symbols } from "../../../expression/symbols.ts";
import type { ArmValue } from "../../../expression/arm-value.ts";
import type { OpenText } from "../../../expression/open-text.ts";
import { type Argument, parameterDefinitions } from "./bind-parameters.ts";
import type { Expansion } from "./expansion.ts";
import { readFunctions } from "./functions.ts";
import { Lazy } from "./lazy.ts";
import type { Asker, DeploymentOptions, Frame, OutputValue, Resource, Written } from "./model.ts";
import { type MemberNode, valueOf } from "./node.ts";
import { openNested } from "./open-nested.ts";
import { evaluateOutputs } from "./outputs.ts";
import { answerFromTemplate } from "./references.ts";
import { refuseTemplate } from "./refusal.ts";
import { ResourceIndex } from "./resource-index.ts";
import type { ResourceDeclaration, Template } from "./template.ts";
import { Types } from "./types.ts";
import { unroll } from "./unroll.ts";
import { loopsOf, variableDefinitions } from "./variables.ts";
import { isValueLoops } from "./copy.ts";
import { literalText, membersOf } from "./literal.ts";

/** A template that is being deployed. */
export class Deployment implements Frame {
  readonly expansion: Expansion;
  readonly template: Template;
  readonly target: DeploymentScope;
  readonly parent: Resource | null;
  readonly types: Types;
  readonly isOuter: boolean;
  readonly folder: string;
  readonly #given: ReadonlyMap<string, Argument>;
  readonly #parameters: Symbols;
  readonly #variables: Symbols;
  readonly #functions: ReadonlyMap<string, UserFunction>;
  readonly #resources: Lazy<readonly Resource[]>;
  readonly #index = new Lazy(() => new ResourceIndex(this.resources));
  readonly #loopNames = new Lazy(() => loopNamesOf(this.template.resources));
  readonly #outputs = new Lazy(() => evaluateOutputs(this));

  constructor({ expansion, template, target, parent, isOuter, given, missing, folder }: DeploymentOptions) {
    this.expansion = expansion;
    this.template = template;
    this.target = target;
    this.parent = parent;
    this.isOuter = isOuter;
    this.folder = folder;
    this.#given = given;
    this.types = new Types(template.node, expansion.nodes);
    const { nodes } = expansion;
    this.#functions = readFunctions(template.functions, { nodes, types: this.types });
    this.#parameters = new Symbols(
      parameterDefinitions({
        expansion,
        types: this.types,
        declarations: template.parameters,
        given,
        scope: () => this.scopeAt("parameter"),
        missing,
      }),
    );
    this.#variables = new Symbols(
      variableDefinitions(template.variables, nodes, () => this.scopeAt("variable")),
      (name) => `The template variable '${name}' is not valid: `,
    );
    const host = {
      answer: answerFromTemplate,
      open: (resource: Resource) => openNested(resource, (options) => new Deployment(options)),
    };
    this.#resources = new Lazy(() => unroll({ frame: this, host }));
  }

  get resources(): readonly Resource[] {
    return this.#resources.get();
  }

  scopeAt(place: Place): Scope {
    const asker: Asker = { frame: this, references: new Set() };
    const runtime = (call: RuntimeCall) => answerFromTemplate(call, asker);
    if (this.isOuter && this.parent !== null) return { ...this.parent.scopeAt(place), runtime };
    return {
      place,
      parameters: this.#parameters,
      variables: this.#variables,
      functions: this.#functions,
      deployment: this.target,
      symbolicNames: this.template.isSymbolic,
      runtime,
    };
  }

  validate(): void {
    if (this.isOuter) return;
    for (const { name, value } of this.template.parameters)
      this.#check(() => this.#parameters.get(name) ?? null, value);
    for (const member of membersOf(this.template.variables)) {
      const names = isValueLoops(member) ? loopsOf(member.value) : [[member.name, member.value] as const];
      for (const [name, node] of names) this.#check(() => this.#variables.get(name) ?? null, node);
    }
    for (const { value } of membersOf(valueOf(this.template.node, "asserts")))
      this.#check(() => this.expansion.nodes.evaluate(value, this.scopeAt("variable")), value);
  }

  outputs(): ReadonlyMap<string, OutputValue> {
    return this.#outputs.get();
  }

  parameterSource(name: string): Written | undefined {
    if (this.isOuter) return this.parent?.frame.parameterSource(name);
    const given = this.#given.get(foldName(name))?.written;
    if (given !== undefined) return given;
    const declaration = this.template.parameters.find((each) => foldName(each.name) === foldName(name));
    const node = valueOf(declaration?.value, "defaultValue");
    return node === undefined ? undefined : { node, context: { frame: this, scope: this.scopeAt("parameter") } };
  }

  variableSource(name: string): Written | undefined {
    if (this.isOuter) return this.parent?.frame.variableSource(name);
    const node = valueOf(this.template.variables, name);
    return node === undefined ? undefined : { node, context: { frame: this, scope: this.scopeAt("variable") } };
  }

  outputSource(name: string): Written | undefined {
    const output = this.template.outputs.find((each) => foldName(each.name) === foldName(name));
    const node = valueOf(output?.value, "value");
    return node === undefined ? undefined : { node, context: { frame: this, scope: this.scopeAt("output") } };
  }

  find(reference: OpenText): readonly Resource[] {
    const found = this.#index.get().find(reference);
    return found.length === 0 && this.isOuter ? (this.parent?.frame.find(reference) ?? []) : found;
  }

  isLoop(name: string): boolean {
    return this.#loopNames.get().has(name.toLowerCase());
  }

  #check(work: () => ArmValue, at: MemberNode["value"]): void {
    const result = this.expansion.evaluator.guard(work);
    if (!result.ok) refuseTemplate(result.error.message, at);
  }
}

function loopNamesOf(declarations: readonly ResourceDeclaration[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { copy, symbol, children } of declarations) {
    const own = copy === undefined ? [] : [literalText(valueOf(copy, "name")), symbol];
    for (const name of [...own, ...loopNamesOf(children)]) if (typeof name === "string") names.add(name.toLowerCase());
  }
  return names;
}
