import type { ArmScalar, ArmValue } from "../../../expression/arm-value.ts";
import { formatDouble } from "../../../expression/dotnet/number-format.ts";
import type { Evaluation } from "../../../expression/evaluation.ts";
import { ExpressionFailure } from "../../../expression/failure.ts";
import type { CopyScope, Place, RuntimeAnswer, RuntimeCall, Scope } from "../../../expression/scope.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import { GateError } from "../../../diagnostics/gate-error.ts";
import { resourceId } from "./identity.ts";
import { Lazy } from "./lazy.ts";
import { literalText } from "./literal.ts";
import type { Frame, Resource } from "./model.ts";
import { memberOf, type TemplateNode, valueOf } from "./node.ts";
import { placeOf } from "./refusal.ts";
import type { ResourceDeclaration } from "./template.ts";
import { joinTexts, type OpenText, toOpenText } from "../../../expression/open-text.ts";

const DEPLOYMENT = /^Microsoft\.Resources\/deployments$/i;

/** Members that are texts: a number or truth value that is written there is taken for one. */
export const TEXT_MEMBERS: ReadonlySet<string> = new Set([
  "apiVersion",
  "comments",
  "kind",
  "location",
  "managedBy",
  "name",
  "resourceGroup",
  "scope",
  "subscriptionId",
]);

function scalarText(value: ArmScalar): ArmScalar {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return formatDouble(value);
  return typeof value === "bigint" ? value.toString() : value;
}

/** What a resource needs of the deployment it stands in. */
export interface ResourceHost {
  /** What is known about a call that only Azure, or the template, can answer. */
  answer(call: RuntimeCall, from: DeclaredResource): RuntimeAnswer | undefined;
  /** Opens the template that a deployment contains. */
  open(resource: DeclaredResource): Frame | null;
}

interface ResourceOptions {
  readonly frame: Frame;
  readonly host: ResourceHost;
  readonly declaration: ResourceDeclaration;
  readonly parent: Resource | null;
  readonly copy: CopyScope | null;
}

/** A resource that the template declares. */
export class DeclaredResource implements Resource {
  readonly frame: Frame;
  readonly declaration: ResourceDeclaration;
  readonly parent: Resource | null;
  readonly copy: CopyScope | null;
  readonly isDeployment: boolean;
  readonly isForeign: boolean;
  readonly references = new Set<Resource>();
  readonly #base: Scope;
  readonly #condition = new Lazy(() => this.#evaluateCondition());
  readonly #name = new Lazy(() => this.#evaluateName());
  readonly #id = new Lazy(() => this.refusing(() => resourceId(this)));
  readonly #properties = new Lazy(() => this.#evaluateProperties());
  readonly #apiVersion = new Lazy(() => this.#evaluateApiVersion());
  readonly #content: Lazy<Frame | null>;

  constructor({ frame, host, declaration, parent, copy }: ResourceOptions) {
    this.frame = frame;
    this.declaration = declaration;
    this.parent = parent;
    this.copy = copy;
    this.isDeployment = DEPLOYMENT.test(declaration.type);
    this.isForeign = ["import", "extension"].some((name) => valueOf(declaration.node, name) !== undefined);
    this.#base = {
      ...frame.scopeAt("resource"),
      ...(copy === null ? {} : { copy }),
      runtime: (call) => host.answer(call, this),
    };
    this.#content = new Lazy(() => (this.isDeployment ? host.open(this) : null));
  }

  get symbol(): string | null {
    const { symbol } = this.declaration;
    const loop = this.copy?.current;
    if (symbol === null || this.declaration.copy === undefined || loop === null || loop === undefined) return symbol;
    return `${symbol}[${loop.index}]`;
  }

  get condition(): ArmValue {
    return this.#condition.get();
  }

  get isListed(): boolean {
    return this.condition !== false && !this.declaration.isExisting;
  }

  get name(): OpenText {
    return this.#name.get();
  }

  get id(): OpenText {
    return this.#id.get();
  }

  get apiVersion(): string | null {
    return this.#apiVersion.get();
  }

  get properties(): ArmValue | undefined {
    return this.#properties.get();
  }

  get isOpen(): boolean {
    return this.#properties.isOpen;
  }

  get content(): Frame | null {
    return this.#content.get();
  }

  scopeAt(place: Place): Scope {
    return place === "resource" ? this.#base : { ...this.#base, place };
  }

  member(name: string): ArmValue | undefined {
    const node = valueOf(this.declaration.node, name);
    if (node === undefined) return undefined;
    if (node.kind === "scalar" && TEXT_MEMBERS.has(name)) return scalarText(node.value);
    return this.evaluate(node, PLACES[name.toLowerCase()] ?? "resource");
  }

  /** The value of a part of the resource. @throws GateError TEMPLATE_INVALID */
  evaluate(node: TemplateNode, place: Place): ArmValue {
    const { evaluator, nodes } = this.frame.expansion;
    const scope = this.scopeAt(place);
    return this.#unwrap(
      evaluator.guard(() => nodes.evaluate(node, scope)),
      node,
    );
  }

  /** Runs `work`; a refusal of an expression becomes one of the template. */
  refusing<T>(work: () => T): T {
    try {
      return work();
    } catch (failure) {
      if (failure instanceof ExpressionFailure) return this.refuse(failure.message, this.declaration.node);
      throw failure;
    }
  }

  /** @throws GateError TEMPLATE_INVALID always */
  refuse(message: string, at: TemplateNode): never {
    const label =
      literalText(valueOf(this.declaration.node, "name")) ?? this.declaration.symbol ?? this.declaration.type;
    throw new GateError(
      "TEMPLATE_INVALID",
      `${placeOf(at)}: the template resource '${label}' is not valid: ${message}`,
    );
  }

  #unwrap(result: Evaluation, node: TemplateNode): ArmValue {
    return result.ok ? result.value : this.refuse(result.error.message, node);
  }

  #evaluateCondition(): ArmValue {
    const node = valueOf(this.declaration.node, "condition");
    if (node === undefined) return true;
    const value = this.evaluate(node, "resource");
    return value instanceof Sensitive ? value.value : value;
  }

  #evaluateApiVersion(): string | null {
    const node = valueOf(this.declaration.node, "apiVersion");
    const value = node === undefined ? null : this.member("apiVersion");
    return typeof value === "string" ? value : null;
  }

  #evaluateName(): OpenText {
    if (this.isForeign) return new Unknown("not-reported");
    const own = this.#ownName(memberOf(this.declaration.node, "name")?.value);
    const { parent } = this;
    return parent === null || this.#isWrittenInFull() ? own : joinTexts([parent.name, "/", own]);
  }

  /** The name as it is written, without that of the parent. */
  #ownName(node: TemplateNode | undefined): OpenText {
    const at = node ?? this.declaration.node;
    const given = this.member("name") ?? null;
    const value = given instanceof Sensitive && !this.frame.expansion.isFromOutside(given) ? given.value : given;
    if (value === null || value === "") this.refuse("The name property cannot be null or empty.", at);
    const own = typeof value === "bigint" ? undefined : toOpenText(value);
    return own ?? this.refuse("Evaluation result of the name's expression is not of type 'String'.", at);
  }

  /** Whether a child repeats its parent's type, and so its name. */
  #isWrittenInFull(): boolean {
    const own = literalText(valueOf(this.declaration.node, "type")) ?? "";
    return own === this.declaration.type;
  }

  #evaluateProperties(): ArmValue | undefined {
    const node = valueOf(this.declaration.node, "properties");
    if (node === undefined) return undefined;
    if (this.#isPolicyWithRule(node)) return this.#policy(node);
    return this.evaluate(node, "body");
  }

  /** With symbolic names Resource Manager leaves the rule of a policy alone: its expressions are those of the policy language. */
  #isPolicyWithRule(node: TemplateNode): boolean {
    const isPolicy = /^Microsoft\.Authorization\/policyDefinitions$/i.test(this.declaration.type);
    return isPolicy && this.frame.template.isSymbolic && valueOf(node, "policyRule") !== undefined;
  }

  #policy(node: TemplateNode): ArmValue {
    if (node.kind !== "object") return this.evaluate(node, "body");
    const members = new Map(node.members);
    for (const [key, member] of members) {
      if (member.name.toLowerCase() !== "policyrule") continue;
      const { file, start, end } = member.value;
      const value = this.frame.expansion.nodes.literal(member.value);
      members.set(key, { ...member, value: { kind: "value", file, start, end, value } });
    }
    return this.evaluate({ ...node, members }, "body");
  }
}

/** Where in a resource the functions that ask Azure may stand. */
const PLACES: Readonly<Record<string, Place>> = {
  tags: "body",
  sku: "body",
  zones: "zones",
};
