import type { ModuleDeclaration } from "../../syntax/ast.ts";
import {
  ANY,
  ERROR,
  NULL,
  STRING,
  arrayOf,
  type BicepType,
  type ObjectType,
  type TypeProperty,
} from "../../types/type.ts";
import { unionOf } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import type { FileModel } from "../model.ts";
import { DEPENDENCIES, SCOPE } from "./reference-types.ts";

/** The type of what the symbolic name of a module stands for. */
export function typeOfModule(context: FileContext, declaration: ModuleDeclaration): BicepType {
  const model = context.modelOf(declaration);
  const type = model === "missing" ? ERROR : moduleOf(context, declaration, model);
  return declaration.value.kind === "for" && type.kind !== "error" ? arrayOf(type) : type;
}

function moduleOf(context: FileContext, declaration: ModuleDeclaration, model: FileModel | "unknown"): BicepType {
  return { kind: "module", body: model === "unknown" ? UNKNOWN_BODY : bodyOf(context, model), declaration };
}

/** The body of a module whose file is not at hand. */
const UNKNOWN_BODY: ObjectType = {
  kind: "object",
  name: "module",
  properties: new Map([
    ["name", { type: () => STRING }],
    ["scope", { type: () => SCOPE, writeOnly: true, disallowAny: true }],
    ["params", { type: () => ANY, writeOnly: true }],
    ["outputs", { type: () => ANY, readOnly: true }],
    ["dependsOn", { type: () => DEPENDENCIES, writeOnly: true, disallowAny: true }],
  ]),
  additional: { type: () => ANY, fallback: true },
};

/** What may stand in the body of a module, and what can be read of it. */
function bodyOf({ file, targetScope }: FileContext, model: FileModel): ObjectType {
  const params = paramsOf(model);
  const outputs = [...model.outputs].map(([name, type]): [string, TypeProperty] => [
    name,
    { type: () => type, readOnly: true },
  ]);
  const outputsType: ObjectType = { kind: "object", name: "outputs", properties: new Map(outputs) };
  const properties: Record<string, TypeProperty> = {
    name: { type: () => STRING },
    scope: { type: () => SCOPE, writeOnly: true, disallowAny: true, required: model.targetScope !== targetScope },
    params: { type: () => params, writeOnly: true, required: requiresSome(params) },
    outputs: { type: () => outputsType, readOnly: true },
    dependsOn: { type: () => DEPENDENCIES, writeOnly: true, disallowAny: true },
    identity: { type: () => ANY },
    ...(file.features.moduleExtensionConfigs ? { extensionConfigs: { type: () => ANY, writeOnly: true } } : {}),
  };
  return { kind: "object", name: "module", properties: new Map(Object.entries(properties)) };
}

/** Whether one of the properties must be given. */
export function requiresSome({ properties }: ObjectType): boolean {
  return [...properties.values()].some((property) => property.required === true);
}

/** What can be given to a file for its parameters. */
export function paramsOf({ parameters }: FileModel): ObjectType {
  const properties = [...parameters].map(([name, { type, required }]): [string, TypeProperty] => {
    const given = required || type.kind === "error" ? type : unionOf([type, NULL]);
    return [name, { type: () => given, required, writeOnly: true }];
  });
  return { kind: "object", name: "params", properties: new Map(properties) };
}
