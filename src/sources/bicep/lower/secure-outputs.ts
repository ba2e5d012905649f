import { valueOf, type TemplateNode } from "../../arm/template/node.ts";

/** Deepest nesting of a type that is looked into. */
const MAX_DEPTH = 32;

/** The outputs of a template that are secrets, or have secrets in them. */
export function secureOutputsOf(template: TemplateNode): ReadonlySet<string> {
  const outputs = valueOf(template, "outputs");
  if (outputs?.kind !== "object") return new Set();
  const secure = [...outputs.members.values()].filter(({ value }) => isSecure(template, value, []));
  return new Set(secure.map(({ name }) => name));
}

/** @param path the types that this one is part of */
function isSecure(root: TemplateNode, type: TemplateNode | undefined, path: readonly TemplateNode[]): boolean {
  if (type?.kind !== "object" || path.includes(type) || path.length > MAX_DEPTH) return false;
  const name = textOf(type, "type")?.toLowerCase();
  if (name === "securestring" || name === "secureobject") return true;
  const reference = textOf(type, "$ref");
  const inner = [...path, type];
  if (reference !== undefined && isSecure(root, definition(root, reference), inner)) return true;
  return partsOf(type).some((part) => isSecure(root, part, inner));
}

function partsOf(type: TemplateNode): TemplateNode[] {
  const properties = valueOf(type, "properties");
  const items = valueOf(type, "prefixItems");
  const mapping = valueOf(valueOf(type, "discriminator"), "mapping");
  return [
    ...(properties?.kind === "object" ? [...properties.members.values()].map(({ value }) => value) : []),
    ...(items?.kind === "array" ? items.elements : []),
    ...(mapping?.kind === "object" ? [...mapping.members.values()].map(({ value }) => value) : []),
    ...[valueOf(type, "additionalProperties"), valueOf(type, "items")].filter((part) => part !== undefined),
  ];
}

function definition(root: TemplateNode, reference: string): TemplateNode | undefined {
  const steps = reference.replace(/^#\//u, "").split("/");
  return steps.reduce<TemplateNode | undefined>((node, step) => {
    const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    return node?.kind === "array" ? node.elements[Number(name)] : valueOf(node, name);
  }, root);
}

function textOf(node: TemplateNode, name: string): string | undefined {
  const value = valueOf(node, name);
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
}
