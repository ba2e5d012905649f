import type { BicepType } from "./type.ts";

const MAX_DEPTH = 4;
const MAX_PARTS = 16;

/** How messages name `type`, in the notation of the language. */
export function describe(type: BicepType, depth = 0): string {
  if (depth > MAX_DEPTH) return "…";
  switch (type.kind) {
    case "stringLiteral":
      return `'${type.value}'`;
    case "intLiteral":
    case "boolLiteral":
      return String(type.value);
    case "looseBool":
      return "bool";
    case "object":
    case "namespace":
      return type.name;
    case "resource":
      return type.type;
    case "scope":
      return type.scope;
    default:
      return describeCompound(type, (inner) => describe(inner, depth + 1));
  }
}

function describeCompound(type: BicepType, inner: (type: BicepType) => string): string {
  switch (type.kind) {
    case "array":
      return type.item().kind === "any" ? "array" : `${bracketed(type.item(), inner)}[]`;
    case "tuple":
      return `[${listed(type.items, (item) => inner(item()), ", ")}]`;
    case "discriminated":
      return listed([...type.members.values()], inner, " | ");
    case "union":
      return listed(type.members, inner, " | ");
    case "lambda":
      return `(${type.parameters.map(inner).join(", ")}) => ${inner(type.returns)}`;
    default:
      return type.kind;
  }
}

/** The first parts; many more help nobody. */
function listed<Part>(parts: readonly Part[], text: (part: Part) => string, separator: string): string {
  const texts = parts.slice(0, MAX_PARTS).map((part) => text(part));
  return [...texts, ...(parts.length > MAX_PARTS ? ["…"] : [])].join(separator);
}

function bracketed(item: BicepType, inner: (type: BicepType) => string): string {
  return item.kind === "union" ? `(${inner(item)})` : inner(item);
}
