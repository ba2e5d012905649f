import { objectOfBody } from "../../binder/collect.ts";
import type { SemanticCode } from "../../messages.ts";
import type {
  DeclarationBody,
  ForExpression,
  FunctionCall,
  InstanceCall,
  ModuleDeclaration,
  ObjectProperty,
  ResourceDeclaration,
  SyntaxNode,
  VariableDeclaration,
} from "../../syntax/ast.ts";
import { referenceOf } from "../body/resource-reference.ts";
import type { FileContext } from "../context.ts";
import { nameOfMember } from "../members.ts";
import { namedDeployable } from "./collection.ts";
import { isInlined } from "./inlined-call.ts";
import { RuntimeValues } from "./runtime-values.ts";

/** What must be known of a module before anything is deployed. */
const OF_MODULE: ReadonlySet<string> = new Set(["name", "scope"]);

/** What must be known of a resource, where its type has it. */
const OF_RESOURCE: ReadonlySet<string> = new Set([
  "extendedLocation",
  "identity",
  "kind",
  "location",
  "name",
  "plan",
  "sku",
  "tags",
  "zones",
]);

/** Child resources, and those that belong to another resource, have few of the members above beside a name. */
const OF_PLAIN: ReadonlySet<string> = new Set(["name"]);

const PLAIN = /^Microsoft\.(?:Authorization\/|Insights\/(?:dataCollectionRuleAssociations|diagnosticSettings)$)/iu;

/** Reports values that must be known when a deployment starts, but come from what it deploys. */
export class DeployTimeRule {
  readonly #context: FileContext;
  readonly #values: RuntimeValues;

  constructor(context: FileContext) {
    this.#context = context;
    this.#values = new RuntimeValues(context);
  }

  /** Checks a node of the file. */
  check(node: SyntaxNode): void {
    switch (node.kind) {
      case "resource":
      case "module":
        this.#checkBody(node);
        if (node.kind === "module" || !node.existing) this.#checkConditions(node.value);
        break;
      case "for":
        this.#checkSource(node);
        break;
      case "variableDeclaration":
        this.#checkLoop(node);
        break;
      case "call":
      case "instanceCall":
        this.#checkArguments(node);
        break;
      case "typedLambda":
        this.#report("BCP341", node.body);
        break;
      default:
    }
  }

  #report(code: SemanticCode, node: SyntaxNode, detail = ""): void {
    for (const place of this.#values.find(node)) this.#context.report(code, place, [detail]);
  }

  #checkBody(declaration: ModuleDeclaration | ResourceDeclaration): void {
    const names = this.#namesOf(declaration);
    for (const member of objectOfBody(declaration.value)?.members ?? []) {
      if (member.kind === "member") this.#checkMember(member, names);
    }
  }

  #checkMember(member: ObjectProperty, names: ReadonlySet<string>): void {
    const name = nameOfMember(member);
    if (name === undefined || !names.has(name)) return;
    for (const place of this.#values.find(member.value)) {
      // A resource group that is deployed here can be the scope of a module.
      const isScope = name === "scope" && namedDeployable(this.#context, place) !== undefined;
      if (!isScope) this.#context.report("BCP120", place, [name]);
    }
  }

  #namesOf(declaration: ModuleDeclaration | ResourceDeclaration): ReadonlySet<string> {
    if (declaration.kind === "module") return OF_MODULE;
    const reference = referenceOf(this.#context, declaration);
    if (reference.kind !== "azure" || declaration.existing) return new Set();
    const isPlain = PLAIN.test(reference.type) || reference.type.split("/").length > 2;
    return isPlain ? OF_PLAIN : OF_RESOURCE;
  }

  /** Nothing of existing resources is deployed, so that which ones there are may turn out later. */
  #checkSource(node: ForExpression): void {
    const parent = this.#context.bindings.parents.get(node);
    if (parent?.kind !== "resource" || !parent.existing) this.#report("BCP178", node.source);
  }

  #checkConditions(body: DeclarationBody): void {
    if (body.kind === "for" && body.body.kind === "if") this.#report("BCP177", body.body.condition);
    else if (body.kind === "if") this.#report("BCP177", body.condition);
  }

  #checkLoop({ name, value }: VariableDeclaration): void {
    if (value.kind === "for") this.#report("BCP182", value.body, name.name);
  }

  #checkArguments(node: FunctionCall | InstanceCall): void {
    if (!isInlined(this.#context, node)) return;
    for (const argument of node.arguments) this.#report("BCP181", argument, node.name.name);
  }
}
