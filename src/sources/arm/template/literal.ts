import type { MemberNode, TemplateNode } from "./node.ts";

/** The text that stands there, when it is no expression; numbers as they are printed. */
export function literalText(node: TemplateNode | undefined): string | undefined {
  if (node?.kind === "text") return node.text;
  if (node?.kind !== "scalar" && node?.kind !== "value") return undefined;
  const { value } = node;
  if (typeof value === "string") return value;
  return typeof value === "bigint" || typeof value === "number" ? value.toString() : undefined;
}

/** The members of an object; none of anything else. */
export function membersOf(node: TemplateNode | undefined): readonly MemberNode[] {
  return node?.kind === "object" ? [...node.members.values()] : [];
}
