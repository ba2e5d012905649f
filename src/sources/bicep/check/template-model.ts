import type { ScopeKind } from "../types/type.ts";
import { ANY, ERROR, type BicepType, type FunctionType } from "../types/type.ts";
import { typeOfJson } from "../types/from-json.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../workspace/json.ts";
import type { TemplateFile } from "../workspace/workspace.ts";
import type { Export, FileModel, ModelParameter } from "./model.ts";
import { TemplateTypes } from "./template-types.ts";

/** How the compiler marks what a compiled file exports. */
const EXPORT_MARK = "__bicep_export!";
const EXPORTED_VARIABLES = "__bicep_exported_variables!";
const FUNCTION_NAMESPACE = "__bicep";

/** What an ARM template offers to those that use it as a module. */
export function modelOfTemplate({ path, template }: TemplateFile): FileModel {
  if (template === undefined) return emptyModel(path);
  const types = new TemplateTypes(template);
  return {
    path,
    kind: "armTemplate",
    hasErrors: false,
    targetScope: scopeOf(template),
    parameters: new Map(
      members(template.get("parameters")).map(([name, schema]) => [name, parameterOf(types, schema)]),
    ),
    outputs: new Map(members(template.get("outputs")).map(([name, schema]) => [name, types.typeOf(schema)])),
    exports: exportsOf(types, template),
    assignments: new Map(),
  };
}

function emptyModel(path: string): FileModel {
  return {
    path,
    kind: "armTemplate",
    hasErrors: true,
    targetScope: "resourceGroup",
    parameters: new Map(),
    outputs: new Map(),
    exports: new Map(),
    assignments: new Map(),
  };
}

const SCOPES: Readonly<Record<string, ScopeKind>> = {
  tenantdeploymenttemplate: "tenant",
  managementgroupdeploymenttemplate: "managementGroup",
  subscriptiondeploymenttemplate: "subscription",
};

function scopeOf(template: JsonObject): ScopeKind {
  const schema = template.get("$schema");
  const name = typeof schema === "string" ? /(?<name>\w+)\.json/iu.exec(schema)?.groups?.["name"] : undefined;
  return SCOPES[name?.toLowerCase() ?? ""] ?? "resourceGroup";
}

function members(value: JsonValue | undefined): (readonly [string, JsonValue])[] {
  return isJsonObject(value) ? [...value] : [];
}

function parameterOf(types: TemplateTypes, schema: JsonValue): ModelParameter {
  const isObject = isJsonObject(schema);
  const kind = isObject ? schema.get("type") : undefined;
  return {
    type: types.typeOf(schema),
    required: !isObject || (!schema.has("defaultValue") && !types.isNullable(schema)),
    secure: typeof kind === "string" && kind.toLowerCase().startsWith("secure"),
  };
}

function exportsOf(types: TemplateTypes, template: JsonObject): Map<string, Export> {
  const exports = new Map<string, Export>();
  for (const [name, schema] of members(template.get("definitions"))) {
    if (isMarked(schema)) exports.set(name, { kind: "type", type: types.typeOf(schema) });
  }
  const metadata = template.get("metadata");
  const listed = isJsonObject(metadata) ? metadata.get(EXPORTED_VARIABLES) : undefined;
  for (const entry of Array.isArray(listed) ? listed : []) {
    const name: JsonValue | undefined = isJsonObject(entry) ? entry.get("name") : undefined;
    if (typeof name === "string") exports.set(name, { kind: "variable", type: variableType(template, name) });
  }
  for (const [name, type] of functionsOf(types, template)) exports.set(name, { kind: "function", type });
  return exports;
}

function isMarked(value: JsonValue): boolean {
  const metadata = isJsonObject(value) ? value.get("metadata") : undefined;
  return isJsonObject(metadata) && metadata.get(EXPORT_MARK) === true;
}

/** The type of a variable, when its value is no expression. */
function variableType(template: JsonObject, name: string): BicepType {
  const variables = template.get("variables");
  const value = isJsonObject(variables) ? variables.get(name) : undefined;
  return value === undefined || hasExpression(value) ? ANY : typeOfJson(value);
}

function hasExpression(value: JsonValue): boolean {
  if (typeof value === "string") return value.startsWith("[");
  if (isJsonObject(value)) return [...value].some(([key, inner]) => key === "copy" || hasExpression(inner));
  return Array.isArray(value) && value.some((inner: JsonValue) => hasExpression(inner));
}

function* functionsOf(types: TemplateTypes, template: JsonObject): Generator<[string, FunctionType]> {
  const namespaces = template.get("functions");
  for (const namespace of Array.isArray(namespaces) ? namespaces : []) {
    if (!isJsonObject(namespace) || namespace.get("namespace") !== FUNCTION_NAMESPACE) continue;
    for (const [name, declaration] of members(namespace.get("members"))) {
      if (!isJsonObject(declaration) || !isMarked(declaration)) continue;
      const parameters = declaration.get("parameters");
      const output = declaration.get("output");
      const given = Array.isArray(parameters) ? parameters.map((schema: JsonValue) => types.typeOf(schema)) : [];
      yield [name, { parameters: given, returns: output === undefined ? ERROR : types.typeOf(output) }];
    }
  }
}
