import type { BuiltInFunction } from "../../functions/signature.ts";
import type { FunctionCall, Identifier, InstanceCall } from "../../syntax/ast.ts";
import { isSemanticCode } from "../../messages.ts";
import { isObjectLike } from "../../types/assignable.ts";
import { describe } from "../../types/describe.ts";
import { suggest } from "../../types/spelling.ts";
import { ANY, ERROR, OBJECT, STRING, type BicepType, type NamespaceType, type ResourceType } from "../../types/type.ts";
import { withoutNull } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";
import type { Export } from "../model.ts";
import { findExport } from "../exports.ts";
import { argumentTypes, inferBuiltInCall, inferUserCall } from "./arguments.ts";
import { inferCycle } from "./name.ts";

/** The type of `name(…)`. */
export function inferCall(context: FileContext, node: FunctionCall): BicepType {
  const symbol = context.bindings.uses.get(node);
  const { name } = node.name;
  switch (symbol?.kind) {
    case "builtInFunction": {
      const called = context.namespaces.findFunction(name);
      return called === undefined ? ERROR : inferBuiltInCall(context, node, called);
    }
    case "declared":
      if (symbol.declaration.kind === "function") {
        return (
          inferCycle(context, node, symbol) ?? inferUserCall(context, node, context.functionType(symbol.declaration))
        );
      }
      return inferCycle(context, node, symbol) ?? notCallable(context, node);
    case "imported":
      return inferExportCall(context, node, findExport(context, symbol.declaration, symbol.original));
    case "decorator":
    case "unbound":
      argumentTypes(context, node);
      return ERROR;
    default:
      return notCallable(context, node);
  }
}

function inferExportCall(
  context: FileContext,
  node: FunctionCall,
  exported: Export | "missing" | "unknown",
): BicepType {
  if (exported === "unknown") {
    argumentTypes(context, node);
    return ANY;
  }
  if (exported !== "missing" && exported.kind === "function") return inferUserCall(context, node, exported.type);
  return notCallable(context, node);
}

function notCallable(context: FileContext, node: FunctionCall): BicepType {
  argumentTypes(context, node);
  const { name } = node;
  const shadowed = context.namespaces.findFunction(name.name);
  if (shadowed === undefined) return fault(context, ["BCP059", name], name.name);
  return fault(context, ["BCP265", name], name.name, shadowed.namespace);
}

/** The type of `base.name(…)`. */
export function inferInstanceCall(context: FileContext, node: InstanceCall): BicepType {
  const whole = context.typeOf(node.base);
  const base = withoutNull(whole) ?? whole;
  if (base.kind === "namespace") return inferNamespaceCall(context, node, base);
  if (base.kind === "resource") return inferResourceCall(context, node, base);
  argumentTypes(context, node);
  const { name } = node;
  if (base.kind === "error" || name.name === "") return ERROR;
  // What is `any` here may be known to the compiler.
  if (base.kind === "any") return ANY;
  return fault(context, [isObjectLike(base) ? "BCP109" : "BCP067", name], name.name, describe(base));
}

function inferNamespaceCall(context: FileContext, node: InstanceCall, base: NamespaceType): BicepType {
  const { name } = node;
  const wildcard = base.functions?.get(name.name);
  if (wildcard !== undefined) return inferUserCall(context, node, wildcard);
  const isBuiltIn = base.functions === undefined;
  const called = isBuiltIn ? context.namespaces.findFunction(name.name, base.name) : undefined;
  if (called !== undefined) return inferBuiltInCall(context, node, called);
  argumentTypes(context, node);
  if (name.name === "") return ERROR;
  const banned = base.name === "sys" && isBuiltIn ? context.namespaces.banned.get(name.name) : undefined;
  if (banned !== undefined && isSemanticCode(banned)) return fault(context, [banned, name], name.name);
  return unknownFunction(context, name, base);
}

function unknownFunction(context: FileContext, name: Identifier, base: NamespaceType): BicepType {
  const { functionNames, findFunction } = context.namespaces;
  const candidates =
    base.functions === undefined
      ? functionNames.filter((candidate) => findFunction(candidate, base.name) !== undefined)
      : [...base.functions.keys()].sort();
  const suggestion = suggest(name.name, candidates);
  return suggestion === undefined
    ? fault(context, ["BCP107", name], name.name, base.name)
    : fault(context, ["BCP108", name], name.name, base.name, suggestion);
}

/** The functions of resources: `account.listKeys()`, and `vault.getSecret()` of key vaults. */
function inferResourceCall(context: FileContext, node: InstanceCall, base: ResourceType): BicepType {
  const { name } = node;
  const called = resourceFunction(name.name, base);
  if (called !== undefined) return inferBuiltInCall(context, node, called);
  argumentTypes(context, node);
  return name.name === "" ? ERROR : fault(context, ["BCP109", name], name.name, describe(base));
}

function resourceFunction(name: string, base: ResourceType): BuiltInFunction | undefined {
  const common = { name, namespace: "az", placement: "anywhere" } as const;
  if (name.startsWith("list")) {
    return { ...common, signatures: [{ parameters: [STRING, OBJECT], minimum: 0, rest: undefined, result: ANY }] };
  }
  if (name !== "getSecret" || base.type.toLowerCase() !== "microsoft.keyvault/vaults") return undefined;
  return { ...common, signatures: [{ parameters: [STRING, STRING], minimum: 1, rest: undefined, result: STRING }] };
}
