import { posix } from "node:path";
import { ArmObject, type ArmValue } from "../../../expression/arm-value.ts";
import { foldName } from "../../../expression/dotnet/casing.ts";
import type { DeploymentKind } from "../../../expression/scope.ts";
import { ExpressionFailure } from "../../../expression/failure.ts";
import { printCall, printValue } from "../../../expression/print.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import type { Argument } from "./bind-parameters.ts";
import { literalText, membersOf } from "./literal.ts";
import type { DeploymentOptions, Frame, Resource } from "./model.ts";
import { type TemplateNode, valueOf } from "./node.ts";
import { placeOfNested } from "./nested-target.ts";
import type { Template } from "./template.ts";
import { refuseTemplate } from "./refusal.ts";

/** Deployments within each other. Resource Manager's own limits end long before. */
const MAX_NESTING = 60;

/** Opens what a deployment contains; `null`, and listed as not analysed, where that cannot be seen. @throws GateError TEMPLATE_INVALID */
export function openNested(resource: Resource, deploy: (options: DeploymentOptions) => Frame): Frame | null {
  const properties = valueOf(resource.declaration.node, "properties");
  const found = contentOf(resource, properties);
  if (typeof found === "string") {
    resource.frame.expansion.leaveOut(nameOf(resource), found);
    return null;
  }
  if (depthOf(resource.frame) >= MAX_NESTING) {
    resource.frame.expansion.leaveOut(nameOf(resource), `deployments are nested more than ${MAX_NESTING} levels deep`);
    return null;
  }
  const { template, isLinked, folder } = found;
  const isOuter = !isLinked && !isInner(resource, properties);
  const given = isOuter ? new Map<string, Argument>() : argumentsOf(resource, properties);
  if (given === null) {
    resource.frame.expansion.leaveOut(nameOf(resource), "its parameters are linked from another place");
    return null;
  }
  const declared = new Set(template.parameters.map(({ name }) => foldName(name)));
  const undeclared = [...given.values()]
    .filter(({ name }) => !declared.has(foldName(name)))
    .map(({ name }) => `'${name}'`);
  if (undeclared.length > 0) {
    const fact =
      "The following parameters were supplied, but do not correspond to any parameters defined in the template";
    resource.refuse(`${fact}: ${undeclared.join(", ")}`, resource.declaration.node);
  }
  const target = placeOfNested(resource) ?? resource.frame.target;
  checkLocation(resource, target.kind);
  return deploy({
    expansion: resource.frame.expansion,
    template,
    target,
    parent: resource,
    isOuter,
    given,
    folder,
    missing: ({ name, value }) =>
      refuseTemplate(`The value for the template parameter '${name}' is not provided.`, value),
  });
}

/**
 * Deployments to resource groups lie where the group does, all others say where their data is kept.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/deploy-to-subscription#deployment-location-and-name
 */
function checkLocation(resource: Resource, kind: DeploymentKind): void {
  const isGiven = (resource.member("location") ?? null) !== null;
  if (isGiven === (kind !== "resourceGroup") || resource.member("scope") instanceof Unknown) return;
  const fact = isGiven ? "is not allowed for a deployment to a resource group" : "must be specified";
  resource.refuse(`The 'location' property ${fact}.`, resource.declaration.node);
}

function depthOf(frame: Frame): number {
  let depth = 0;
  for (let at = frame.parent; at !== null; at = at.frame.parent) depth += 1;
  return depth;
}

interface Content {
  readonly template: Template;
  readonly isLinked: boolean;
  readonly folder: string;
}

/** The template of a deployment, or why it cannot be seen. */
function contentOf(resource: Resource, properties: TemplateNode | undefined): Content | string {
  const { expansion } = resource.frame;
  const template = valueOf(properties, "template");
  if (template?.kind === "object") {
    checkParts(resource, template);
    return { template: expansion.nestedTemplate(template), isLinked: false, folder: resource.frame.folder };
  }
  if (template !== undefined) return reasonOf(resource.evaluate(template, "body"));
  const link = valueOf(properties, "templateLink");
  if (link === undefined)
    return resource.refuse("The deployment must have a template or a templateLink.", resource.declaration.node);
  const id = valueOf(link, "id");
  if (id !== undefined) return `its template is the template spec ${shown(resource.evaluate(id, "body"))}`;
  const relative = valueOf(link, "relativePath");
  if (relative === undefined)
    return `its template is linked by address: ${shown(evaluated(resource, valueOf(link, "uri")))}`;
  const path = plain(resource.evaluate(relative, "body"));
  if (typeof path !== "string") return "the path of its linked template is known only during the deployment";
  const linked = expansion.linkedTemplate(posix.join(resource.frame.folder, path.replaceAll("\\", "/")));
  if (linked !== undefined) return { ...linked, isLinked: true };
  return `its linked template ${path} was not found`;
}

/** What a nested template must have to be read at all. Found with the Bicep CLI 0.49.2. */
function checkParts(resource: Resource, template: TemplateNode): void {
  const missing = ["$schema", "contentVersion", "resources"].find((name) => valueOf(template, name) === undefined);
  if (missing !== undefined) resource.refuse(`The nested template has no '${missing}'.`, template);
}

function evaluated(resource: Resource, node: TemplateNode | undefined): ArmValue {
  return node === undefined ? null : resource.evaluate(node, "body");
}

function reasonOf(template: ArmValue): string {
  if (template instanceof Unknown && template.reason === "not-analysed") {
    const [, module] = /'(?<module>(?:[^']|'')*)'/.exec(template.expression ?? "") ?? [];
    if (module !== undefined) return `the module ${module} is neither in the module cache nor vendored`;
  }
  return "its template is an expression";
}

function shown(value: ArmValue): string {
  return typeof value === "string" ? value : "(known only during the deployment)";
}

function plain(value: ArmValue | undefined): ArmValue {
  return value instanceof Sensitive ? value.value : (value ?? null);
}

/** Whether the expressions of the nested template mean its own parameters and variables. */
function isInner(resource: Resource, properties: TemplateNode | undefined): boolean {
  const scope = valueOf(valueOf(properties, "expressionEvaluationOptions"), "scope");
  if (scope === undefined) return false;
  const value = plain(resource.evaluate(scope, "body"));
  const name = typeof value === "string" ? value.toLowerCase() : "";
  if (!EVALUATION_SCOPES.has(name) && !(value instanceof Unknown))
    resource.refuse("The scope of expressionEvaluationOptions must be 'inner' or 'outer'.", scope);
  return name === "inner";
}

const EVALUATION_SCOPES: ReadonlySet<string> = new Set(["inner", "outer", "notspecified"]);

/** What is handed to the nested template; `null` when that lies elsewhere. */
function argumentsOf(resource: Resource, properties: TemplateNode | undefined): ReadonlyMap<string, Argument> | null {
  if (valueOf(properties, "parametersLink") !== undefined) return null;
  const node = valueOf(properties, "parameters");
  const given = new Map<string, Argument>();
  if (node?.kind === "object") {
    for (const { name, value } of membersOf(node)) given.set(foldName(name), argumentOf(resource, name, value));
  } else if (node !== undefined) {
    const value = resource.evaluate(node, "body");
    if (value instanceof Unknown) return null;
    if (value instanceof ArmObject)
      for (const [name, member] of value.members) given.set(foldName(name), fromValue(name, member));
  }
  return given;
}

function fromValue(name: string, member: ArmValue): Argument {
  return { name, evaluate: () => valueIn(member) };
}

/** What a parameter is given by an expression: `{ value: … }` or `{ reference: … }`. @throws ExpressionFailure */
function valueIn(parameter: ArmValue): ArmValue {
  if (!(parameter instanceof ArmObject)) return parameter;
  const reference = parameter.get("reference") ?? null;
  return reference === null ? (parameter.get("value") ?? null) : vaultSecret(reference);
}

function argumentOf(resource: Resource, name: string, node: TemplateNode): Argument {
  const { nodes } = resource.frame.expansion;
  const scope = resource.scopeAt("body");
  const reference = valueOf(node, "reference");
  if (reference !== undefined) return { name, evaluate: () => vaultSecret(nodes.evaluate(reference, scope)) };
  const value = valueOf(node, "value");
  // A loop (`copy: [{ name: "value", … }]`) or an expression gives the member by that name.
  if (value === undefined) return { name, evaluate: () => valueIn(nodes.evaluate(node, scope)) };
  return {
    name,
    evaluate: () => nodes.evaluate(value, scope),
    written: { node: value, context: { frame: resource.frame, scope } },
  };
}

/** A secret that Key Vault holds. @throws ExpressionFailure */
export function vaultSecret(reference: ArmValue): ArmValue {
  if (!(reference instanceof ArmObject))
    throw new ExpressionFailure("type", "A Key Vault reference must be an object.");
  const vault = reference.get("keyVault");
  const id = vault instanceof ArmObject ? (vault.get("id") ?? null) : null;
  const parts = [id, reference.get("secretName") ?? null].map((part) => printValue(part, 4096) ?? "null()");
  return new Unknown("key-vault", printCall("getKeyVaultSecret", parts), true);
}

function nameOf(resource: Resource): string {
  const { id, declaration } = resource;
  return typeof id === "string"
    ? id
    : (id.placeholder ?? literalText(valueOf(declaration.node, "name")) ?? declaration.symbol ?? declaration.type);
}
