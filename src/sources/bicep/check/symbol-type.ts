import type { BicepSymbol, DeclaredSymbol, InheritedSymbol, WildcardSymbol } from "../binder/symbol.ts";
import type { VariableDeclaration } from "../syntax/ast.ts";
import { ANY, ERROR, type BicepType, type FunctionType, type TypeProperty, type TypeRef } from "../types/type.ts";
import { typeOfModule } from "./body/module-type.ts";
import { typeOfResource } from "./body/resource-type.ts";
import type { FileContext } from "./context.ts";
import { inferLocal } from "./infer/local.ts";

/** The type of what a name stands for. Its own faults are reported where it is declared. */
export function typeOfSymbol(context: FileContext, symbol: BicepSymbol): BicepType {
  switch (symbol.kind) {
    case "local":
      return inferLocal(context, symbol);
    case "declared":
      return typeOfDeclared(context, symbol);
    case "wildcard":
      return typeOfWildcard(context, symbol);
    case "namespace":
      return { kind: "namespace", name: symbol.name, members: new Map(), functions: undefined };
    case "inherited":
      return typeOfInherited(context, symbol);
    default:
      return ERROR;
  }
}

function typeOfDeclared(context: FileContext, symbol: DeclaredSymbol): BicepType {
  const { declaration } = symbol;
  switch (declaration.kind) {
    case "parameter":
      return context.parameterType(declaration);
    case "variableDeclaration":
      return typeOfVariable(context, declaration);
    case "resource":
      return typeOfResource(context, declaration);
    case "module":
      return typeOfModule(context, declaration);
    case "parameterAssignment":
      return context.typeOf(declaration.value);
    case "extension":
    case "test":
      return ANY;
    default:
      return ERROR;
  }
}

function typeOfVariable(context: FileContext, { type, value }: VariableDeclaration): BicepType {
  if (type !== undefined) return context.declaredType(type);
  const inferred = context.typeOf(value);
  // What cannot be kept in a variable is reported at its declaration.
  return inferred.kind === "namespace" ? ERROR : inferred;
}

function typeOfWildcard(context: FileContext, { declaration, name }: WildcardSymbol): BicepType {
  const model = context.modelOf(declaration);
  if (model === "unknown") return ANY;
  if (model === "missing" || model.hasErrors) return ERROR;
  const members = new Map<string, TypeRef>();
  const functions = new Map<string, FunctionType>();
  for (const [exported, found] of model.exports) {
    if (found.kind === "function") functions.set(exported, found.type);
    else if (found.kind !== "ambiguous") members.set(exported, () => found.type);
  }
  return { kind: "namespace", name, members, functions };
}

function typeOfInherited(context: FileContext, { name, assigned }: InheritedSymbol): BicepType {
  const assignments = context.base?.assignments ?? new Map<string, BicepType>();
  if (assigned !== "all") return assignments.get(name) ?? ANY;
  const properties = [...assignments].map(([member, type]): [string, TypeProperty] => [
    member,
    { type: () => type, required: true },
  ]);
  // Without the file that is extended, anything may be in it.
  if (context.base === undefined) return ANY;
  return { kind: "object", name: "base", properties: new Map(properties) };
}
