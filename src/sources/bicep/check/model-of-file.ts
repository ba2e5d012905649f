import type { Declaration, ParameterDeclaration } from "../syntax/ast.ts";
import { isAssignable } from "../types/assignable.ts";
import { NULL, type BicepType } from "../types/type.ts";
import type { FileContext } from "./context.ts";
import { hasDecorator, modify } from "./declare/modify.ts";
import type { Export, FileModel, ModelParameter } from "./model.ts";

/** What a Bicep file offers to those that name it. */
export function modelOfFile(context: FileContext, hasErrors: boolean): FileModel {
  const { declarations } = context.file.tree.program;
  const kind = context.file.tree.kind === "parameters" ? "parameters" : "template";
  return {
    path: context.file.path,
    kind,
    hasErrors,
    targetScope: context.targetScope,
    parameters: new Map(declarations.flatMap((declaration) => parameterOf(context, declaration))),
    outputs: new Map(
      declarations.flatMap((declaration) => {
        if (declaration.kind !== "output") return [];
        return [[declaration.name.name, modify(context, context.declaredType(declaration.type), declaration)] as const];
      }),
    ),
    exports: exportsOf(context, declarations),
    assignments: assignmentsOf(context),
  };
}

function parameterOf(context: FileContext, declaration: Declaration): [string, ModelParameter][] {
  if (declaration.kind !== "parameter") return [];
  const type = context.parameterType(declaration);
  const secure = hasDecorator(context, declaration, "secure") !== undefined;
  return [[declaration.name.name, { type, required: isRequired(context, declaration), secure }]];
}

function isRequired(context: FileContext, declaration: ParameterDeclaration): boolean {
  const type = context.parameterType(declaration);
  return (
    declaration.default === undefined && (type.kind === "any" || type.kind === "error" || !isAssignable(NULL, type))
  );
}

function exportsOf(context: FileContext, declarations: readonly Declaration[]): Map<string, Export> {
  const exports = new Map<string, Export>();
  for (const declaration of declarations) {
    const exported = exportOf(context, declaration);
    if (exported === undefined || !("name" in declaration)) continue;
    const { name } = declaration.name;
    exports.set(name, exports.has(name) ? { kind: "ambiguous" } : exported);
  }
  return exports;
}

function exportOf(context: FileContext, declaration: Declaration): Export | undefined {
  if (!("decorators" in declaration) || hasDecorator(context, declaration, "export") === undefined) return undefined;
  switch (declaration.kind) {
    case "typeDeclaration":
      return { kind: "type", type: context.aliasType(declaration) };
    case "variableDeclaration": {
      const { type, value } = declaration;
      return { kind: "variable", type: type === undefined ? context.typeOf(value) : context.declaredType(type) };
    }
    case "function":
      return { kind: "function", type: context.functionType(declaration) };
    default:
      return undefined;
  }
}

function assignmentsOf(context: FileContext): Map<string, BicepType> {
  const assignments = new Map<string, BicepType>(context.base?.assignments ?? []);
  for (const declaration of context.file.tree.program.declarations) {
    if (declaration.kind === "parameterAssignment") {
      assignments.set(declaration.name.name, context.typeOf(declaration.value));
    }
  }
  return assignments;
}
