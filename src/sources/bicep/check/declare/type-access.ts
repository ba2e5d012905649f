import type { WildcardSymbol } from "../../binder/symbol.ts";
import type {
  Identifier,
  TypeAdditionalProperties,
  TypeExpression,
  TypeIndex,
  TypeItems,
  TypeProperty,
} from "../../syntax/ast.ts";
import type { Span } from "../../syntax/span.ts";
import { describe } from "../../types/describe.ts";
import { suggest } from "../../types/spelling.ts";
import { ANY, ERROR, type BicepType } from "../../types/type.ts";
import { withoutNull } from "../../types/union.ts";
import type { FileContext } from "../context.ts";
import { fault } from "../fault.ts";
import { isParameterised, namedType } from "./type-name.ts";
import { nameList } from "../name-list.ts";

type TypeAccess = TypeAdditionalProperties | TypeIndex | TypeItems | TypeProperty;

/** The type of `base.name`, `base[0]`, `base[*]` or `base.*`. */
export function declareAccess(context: FileContext, node: TypeAccess): BicepType {
  if (!isNamed(node.base)) return fault(context, ["BCP391", node]);
  const namespace = node.kind === "typeProperty" ? declareOfNamespace(context, node) : undefined;
  if (namespace !== undefined) return namespace;
  const whole = context.declaredType(node.base);
  const base = withoutNull(whole) ?? whole;
  if (base.kind === "error" || base.kind === "any") return base;
  if (node.kind === "typeProperty") return memberOf(context, base, { name: node.name.name, place: node.name });
  if (node.kind === "typeIndex") return declareIndex(context, node, base);
  return node.kind === "typeItems" ? declareItems(context, node, base) : declareAdditional(context, node, base);
}

function declareItems(context: FileContext, node: TypeItems, base: BicepType): BicepType {
  const isTyped = base.kind === "array" && base.item().kind !== "any";
  return isTyped ? base.item() : fault(context, ["BCP390", node]);
}

function declareAdditional(context: FileContext, node: TypeAdditionalProperties, base: BicepType): BicepType {
  const additional = base.kind === "object" ? base.additional : undefined;
  const isDeclared = additional !== undefined && !additional.fallback;
  return isDeclared ? additional.type() : fault(context, ["BCP389", node], describe(base));
}

function isNamed(base: TypeExpression): boolean {
  return ["typeName", "typeInstantiation", "typeProperty", "typeIndex", "typeItems", "typeAdditional"].includes(
    base.kind,
  );
}

/** A type of the language or of an imported file by its full name; `undefined` when the base is no namespace. */
function declareOfNamespace(context: FileContext, { base, name }: TypeProperty): BicepType | undefined {
  const symbol = base.kind === "typeName" ? context.bindings.uses.get(base) : undefined;
  if (symbol?.kind === "namespace") return declareOfLanguage(context, symbol.name, name);
  return symbol?.kind === "wildcard" ? declareOfWildcard(context, symbol, name) : undefined;
}

function declareOfLanguage(context: FileContext, namespace: string, name: Identifier): BicepType {
  const isSys = namespace === "sys";
  const found = isSys ? namedType(name.name) : undefined;
  if (found !== undefined || name.name === "") return found ?? ERROR;
  if (isSys && isParameterised(name.name)) return fault(context, ["BCP384", name], name.name);
  return fault(context, [isSys ? "BCP053" : "BCP052", name], namespace, name.name, "other types");
}

function declareOfWildcard(context: FileContext, symbol: WildcardSymbol, name: Identifier): BicepType | undefined {
  const model = context.modelOf(symbol.declaration);
  if (model === "unknown") return ANY;
  if (model === "missing" || model.hasErrors) return undefined;
  const exported = model.exports.get(name.name);
  if (exported?.kind === "type") return exported.type;
  // Values of the file have a type as well, but are none.
  if (exported?.kind === "variable") return fault(context, ["BCP287", name], name.name);
  return unknownMember(context, [...model.exports.keys()], { base: symbol.name, name: name.name, place: name });
}

interface Asked {
  readonly name: string;
  readonly place: Span;
}

function memberOf(context: FileContext, base: BicepType, { name, place }: Asked): BicepType {
  if (name === "") return ERROR;
  if (base.kind !== "object") return fault(context, ["BCP055", place], describe(base));
  const property = base.properties.get(name);
  if (property !== undefined) return property.type();
  return unknownMember(context, [...base.properties.keys()], { base: describe(base), name, place });
}

function unknownMember(
  context: FileContext,
  known: readonly string[],
  { base, name, place }: Asked & { readonly base: string },
): BicepType {
  const suggestion = suggest(name, [...known].sort());
  if (suggestion !== undefined) return fault(context, ["BCP083", place], base, name, suggestion);
  if (known.length === 0) return fault(context, ["BCP052", place], base, name);
  return fault(context, ["BCP053", place], base, name, nameList(known));
}

function declareIndex(context: FileContext, { index }: TypeIndex, base: BicepType): BicepType {
  if (index.kind === "string" && index.holes.length === 0) {
    return memberOf(context, base, { name: index.segments[0] ?? "", place: index });
  }
  if (index.kind === "unary" && index.operator === "-") return fault(context, ["BCP387", index]);
  if (index.kind !== "integer") return fault(context, ["BCP032", index]);
  if (base.kind !== "tuple") return fault(context, ["BCP388", index], describe(base));
  const item = base.items[Number(index.value)];
  return item === undefined ? fault(context, ["BCP311", index], describe(base), String(index.value)) : item();
}
