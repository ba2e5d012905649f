import { arrayOf, isObject, maybeText, objectOf, sameJson, textOf, type JsonObject } from "../json.ts";
import { Defect } from "../service.ts";
import { invalidTemplate } from "./errors.ts";
import { evaluate, isExpression, RunTimeOnly, type TemplateFunction } from "./expression.ts";
import { resourceGroupScope, resourceIdIn, subscriptionScope, type Scope } from "./scope.ts";
import { templateFunctions, type ScopeFacts } from "./template-functions.ts";

/** A resource that a template deploys, with its body in ARM shape. */
export interface DeclaredResource {
  readonly id: string;
  readonly type: string;
  /** Key of the resource, where the template names its resources. */
  readonly symbolicName?: string;
  /** The nested deployment that brings it, where there is one. */
  readonly deploymentId?: string;
  readonly body: JsonObject;
}

/** A template with its outputs still to be evaluated. */
export interface ExpandedTemplate {
  readonly resources: readonly DeclaredResource[];
  readonly outputs: () => JsonObject;
}

/** What a template is evaluated with. */
export interface TemplateInput extends ScopeFacts {
  readonly template: JsonObject;
  /** As in a request: `{ name: { value } }`. */
  readonly parameters: JsonObject;
  /** The body of a resource at run time; absent in a what-if, where nothing has run. */
  readonly reference?: (idOrName: string) => unknown;
}

/** Members of a template's resource that are instructions, not body. */
const INSTRUCTIONS = new Set([
  "dependsOn",
  "condition",
  "comments",
  "resources",
  "scope",
  "metadata",
  "existing",
  "copy",
]);

const JSON_TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  securestring: (value) => typeof value === "string",
  int: Number.isInteger,
  bool: (value) => typeof value === "boolean",
  array: Array.isArray,
  object: isObject,
  secureobject: isObject,
};

/**
 * The resources that `input` deploys, nested deployments opened.
 *
 * @throws Refusal as ARM would for a template that breaks its own rules
 * @throws Defect for what the simulator cannot evaluate, such as copy loops
 */
export function expandTemplate(input: TemplateInput): ExpandedTemplate {
  checkTemplate(input);
  const evaluation = new Evaluation(input);
  const resources = entriesOf(input.template["resources"]).flatMap((entry) => expandResource(evaluation, entry));
  return { resources, outputs: () => outputsOf(evaluation) };
}

function checkTemplate({ template, parameters }: TemplateInput): void {
  const missing = ["$schema", "contentVersion", "resources"].find((name) => template[name] === undefined);
  if (missing !== undefined) throw invalidTemplate(`Required property '${missing}' not found in JSON. Path ''.`);
  const declared = objectOf(template["parameters"]);
  const unknown = Object.keys(parameters).filter((name) => declarationOf(declared, name) === undefined);
  if (unknown.length > 0) {
    throw invalidTemplate(
      `The template parameters '${unknown.join(", ")}' in the parameters file are not valid; they are not present in the original template and can therefore not be provided at deployment time. The only supported parameters for this template are '${Object.keys(declared).join(", ")}'.`,
    );
  }
  for (const [name, declaration] of Object.entries(declared)) {
    checkParameter(name, objectOf(declaration), givenOf(parameters, name));
  }
}

function checkParameter(name: string, declaration: JsonObject, given: JsonObject | undefined): void {
  if (given === undefined) {
    if (declaration["defaultValue"] !== undefined || declaration["nullable"] === true) return;
    throw invalidTemplate(
      `The value for the template parameter '${name}' is not provided. Please see https://aka.ms/arm-create-parameter-file for usage details.`,
    );
  }
  if (!("value" in given) || given["value"] === null) return;
  const type = textOf(declaration["type"]);
  const isOfType = JSON_TYPES[type.toLowerCase()] ?? (() => true);
  if (!isOfType(given["value"])) {
    throw invalidTemplate(`Template parameter '${name}' is not valid: the provided value is not of type '${type}'.`);
  }
  const allowed = declaration["allowedValues"];
  if (Array.isArray(allowed) && !allowed.some((value) => sameJson(value, given["value"]))) {
    throw invalidTemplate(
      `The provided value for the template parameter '${name}' is not valid. The value '${JSON.stringify(given["value"])}' is not part of the allowed value(s): '${allowed.map(String).join(",")}'.`,
    );
  }
}

function declarationOf(declared: JsonObject, name: string): unknown {
  return Object.entries(declared).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function givenOf(parameters: JsonObject, name: string): JsonObject | undefined {
  const given = declarationOf(parameters, name);
  return isObject(given) ? given : undefined;
}

/** A template in the middle of its evaluation: what its expressions can refer to. */
class Evaluation {
  readonly input: TemplateInput;
  readonly #functions: Record<string, TemplateFunction>;

  constructor(input: TemplateInput) {
    this.input = input;
    const { reference } = input;
    this.#functions = {
      ...templateFunctions(input),
      parameters: ([name]) => this.#parameter(textOf(name)),
      variables: ([name]) => this.value(declarationOf(objectOf(input.template["variables"]), textOf(name))),
      ...(reference === undefined ? {} : { reference: ([id]: readonly unknown[]) => reference(textOf(id)) }),
    };
  }

  /** `value` with its expressions evaluated; those of run time stay as text. */
  value(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (!isObject(value)) return value;
    if ("copy" in value && Array.isArray(value["copy"]))
      throw new Defect("the simulator has no copy loops: can the answer");
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [this.text(name), this.value(item)]));
  }

  text(value: unknown): string {
    return textOf(this.value(value));
  }

  #text(text: string): unknown {
    if (!isExpression(text)) return text.startsWith("[[") ? text.slice(1) : text;
    try {
      return evaluate(text.slice(1, -1), this.#functions);
    } catch (error) {
      if (error instanceof RunTimeOnly) return text;
      throw error;
    }
  }

  /** A secure value is not evaluated in a what-if; a Key Vault reference never is. */
  #parameter(name: string): unknown {
    const declaration = objectOf(declarationOf(objectOf(this.input.template["parameters"]), name));
    const isSecure = textOf(declaration["type"]).toLowerCase().startsWith("secure");
    const given = givenOf(this.input.parameters, name);
    if (isSecure && this.input.reference === undefined) throw new RunTimeOnly(name);
    if (given === undefined) return this.value(declaration["defaultValue"] ?? null);
    if (!("value" in given)) throw new RunTimeOnly(name);
    return given["value"];
  }
}

interface ResourceEntry {
  readonly symbolicName?: string;
  readonly resource: JsonObject;
}

/** Resources as an array, or as an object by symbolic name. */
function entriesOf(resources: unknown): readonly ResourceEntry[] {
  if (!isObject(resources)) return arrayOf(resources).map((resource) => ({ resource: objectOf(resource) }));
  return Object.entries(resources).map(([symbolicName, resource]) => ({ symbolicName, resource: objectOf(resource) }));
}

interface ParentResource {
  readonly type: string;
  readonly name: string;
}

function expandResource(
  evaluation: Evaluation,
  entry: ResourceEntry,
  parent?: ParentResource,
): readonly DeclaredResource[] {
  const { resource, symbolicName } = entry;
  if (resource["existing"] === true || evaluation.value(resource["condition"] ?? true) === false) return [];
  if (resource["copy"] !== undefined) throw new Defect("the simulator has no copy loops: can the answer");
  const type = join(parent?.type, evaluation.text(resource["type"]));
  const name = join(parent?.name, evaluation.text(resource["name"]));
  if (name === "" || name.startsWith("["))
    throw new Defect(`the name of a ${type} is only known at run time: can the answer`);
  if (type.toLowerCase() === "microsoft.resources/deployments") return expandNested(evaluation, resource, name);
  const id = idOf(evaluation, resource, { type, name });
  const members = Object.entries(resource).filter(([member]) => !INSTRUCTIONS.has(member));
  const body = objectOf(evaluation.value(Object.fromEntries(members)));
  const declared: DeclaredResource = {
    id,
    type,
    ...(symbolicName === undefined ? {} : { symbolicName }),
    body: { ...body, id, type, name: name.split("/").at(-1) },
  };
  const children = entriesOf(resource["resources"]).flatMap((child) =>
    expandResource(evaluation, child, { type, name }),
  );
  return [declared, ...children];
}

function join(parent: string | undefined, own: string): string {
  return parent === undefined ? own : `${parent}/${own}`;
}

function idOf(evaluation: Evaluation, resource: JsonObject, { type, name }: ParentResource): string {
  const { scope } = evaluation.input;
  if (type.toLowerCase() === "microsoft.resources/resourcegroups") return `${scope.id}/resourceGroups/${name}`;
  if (resource["scope"] === undefined) return resourceIdIn(scope, type, name);
  const target = evaluation.text(resource["scope"]);
  const base = target.startsWith("/") ? target : `${scope.id}/providers/${target}`;
  return resourceIdIn({ id: base }, type, name);
}

function expandNested(evaluation: Evaluation, resource: JsonObject, name: string): readonly DeclaredResource[] {
  const { input } = evaluation;
  const scope = nestedScope(evaluation, resource);
  const deploymentId = resourceIdIn(scope, "Microsoft.Resources/deployments", name);
  const properties = objectOf(resource["properties"]);
  if (!isObject(properties["template"]))
    throw new Defect("the simulator does not follow template links: can the answer");
  const options = objectOf(properties["expressionEvaluationOptions"]);
  if (textOf(options["scope"]).toLowerCase() !== "inner") {
    throw new Defect("the simulator opens nested deployments with inner evaluation only: can the answer");
  }
  const parameters = objectOf(evaluation.value(properties["parameters"] ?? {}));
  const nested: TemplateInput = { ...input, scope, deploymentName: name, template: properties["template"], parameters };
  return expandTemplate(nested).resources.map((inner) => Object.assign({ deploymentId }, inner));
}

function nestedScope(evaluation: Evaluation, resource: JsonObject): Scope {
  const own = evaluation.input.scope;
  const subscriptionId = evaluation.text(resource["subscriptionId"] ?? own.subscriptionId ?? "");
  const group = maybeText(evaluation.value(resource["resourceGroup"]));
  if (group !== undefined) return resourceGroupScope(subscriptionId, group);
  return resource["subscriptionId"] === undefined ? own : subscriptionScope(subscriptionId);
}

function outputsOf(evaluation: Evaluation): JsonObject {
  const outputs = Object.entries(objectOf(evaluation.input.template["outputs"]));
  return Object.fromEntries(
    outputs.map(([name, output]) => {
      const { type, value } = objectOf(output);
      const isSecure = textOf(type).toLowerCase().startsWith("secure");
      return [name, { type: shownType(textOf(type)), ...(isSecure ? {} : { value: evaluation.value(value) }) }];
    }),
  );
}

/** ARM gives the types of outputs back in its own spelling. */
function shownType(type: string): string {
  const words = ["String", "SecureString", "Int", "Bool", "Array", "Object", "SecureObject"];
  return words.find((word) => word.toLowerCase() === type.toLowerCase()) ?? type;
}
