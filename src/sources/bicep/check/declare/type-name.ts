import type { Identifier, TypeExpression, TypeInstantiation, TypeName } from "../../syntax/ast.ts";
import { ANY, ARRAY, BOOL, ERROR, INT, OBJECT, STRING, type BicepType } from "../../types/type.ts";
import type { BicepSymbol, WildcardSymbol } from "../../binder/symbol.ts";
import { findExport } from "../exports.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";

/** The types that the language gives a name. */
const NAMED: ReadonlyMap<string, BicepType> = new Map<string, BicepType>([
  ["any", ANY],
  ["array", ARRAY],
  ["bool", BOOL],
  ["int", INT],
  ["object", OBJECT],
  ["string", STRING],
]);

const PARAMETERISED: ReadonlySet<string> = new Set(["resource", "resourceInput", "resourceOutput"]);

/** The type of this name, of the language itself. */
export function namedType(name: string): BicepType | undefined {
  return NAMED.get(name);
}

/** Whether the name is that of a type that needs arguments. */
export function isParameterised(name: string): boolean {
  return PARAMETERISED.has(name);
}

/** The type that a name stands for. */
export function declareName(context: FileContext, node: TypeName): BicepType {
  const symbol = context.bindings.uses.get(node);
  const { name } = node.name;
  switch (symbol?.kind) {
    case undefined:
    case "unbound":
      return ERROR;
    case "ambientType":
      return namedType(name) ?? fault(context, ["BCP384", node], name);
    case "namespace":
      return fault(context, ["BCP306", node], name);
    case "wildcard":
      return declareWildcard(context, node, symbol);
    case "imported":
      return declareImported(context, node, symbol);
    case "declared":
      return declareAlias(context, node, symbol);
    case "builtInFunction":
      return fault(context, ["BCP302", node], name);
    default:
      return fault(context, ["BCP287", node], name);
  }
}

/** A namespace is no type, and what stands for a file that is not there is nothing at all. */
function declareWildcard(context: FileContext, node: TypeName, { declaration, name }: WildcardSymbol): BicepType {
  const model = context.modelOf(declaration);
  if (model === "unknown") return ANY;
  return fault(context, [model === "missing" || model.hasErrors ? "BCP287" : "BCP306", node], name);
}

function declareImported(
  context: FileContext,
  node: TypeExpression,
  symbol: Extract<BicepSymbol, { kind: "imported" }>,
): BicepType {
  const exported = findExport(context, symbol.declaration, symbol.original);
  if (exported === "unknown") return ANY;
  if (exported !== "missing" && exported.kind === "type") return exported.type;
  // An alias of nothing is not declared at all.
  const isAlias = exported === "missing" && symbol.item.alias !== undefined;
  return fault(context, [isAlias ? "BCP302" : "BCP287", node], symbol.name);
}

function declareAlias(
  context: FileContext,
  node: TypeExpression,
  { name, declaration }: Extract<BicepSymbol, { kind: "declared" }>,
): BicepType {
  if (declaration.kind === "extension") return ANY;
  if (declaration.kind !== "typeDeclaration") return fault(context, ["BCP287", node], name);
  const type = context.aliasType(declaration);
  return type.kind === "error" ? fault(context, ["BCP062", node], name) : type;
}

/** The type of `resourceInput<'type@version'>`; those of Azure are not known here. */
export function declareInstantiation(context: FileContext, node: TypeInstantiation): BicepType {
  const isOfLanguage = isOfSys(context, node);
  if (isOfLanguage === undefined) return ERROR;
  if (!isOfLanguage || !isParameterised(node.name.name)) {
    return node.name.name === "" ? ERROR : fault(context, ["BCP383", node], node.name.name);
  }
  const [first, second] = node.arguments;
  if (first === undefined || second !== undefined) {
    return fault(context, ["BCP071", node], "1 argument", String(node.arguments.length));
  }
  const { value } = first;
  if (value.kind === "skipped") return ERROR;
  if (value.kind !== "string" || value.holes.length > 0) return fault(context, ["BCP032", value]);
  return /^[\w.-]+\/[^@]+@.+$/u.test(value.segments[0] ?? "") ? ANY : fault(context, ["BCP029", value]);
}

/** Whether the name is one of the language; `undefined` when what it stands for is faulty. */
function isOfSys(context: FileContext, node: TypeInstantiation): boolean | undefined {
  if (node.base !== undefined) return nameOf(node.base)?.name === "sys";
  const symbol = context.bindings.uses.get(node);
  return symbol === undefined || symbol.kind === "unbound" ? undefined : symbol.kind === "ambientType";
}

function nameOf(node: TypeExpression): Identifier | undefined {
  return node.kind === "typeName" ? node.name : undefined;
}
