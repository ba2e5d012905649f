import type { ObjectProperty, SyntaxNode } from "../syntax/ast.ts";

/** The name of a member; `undefined` when it is computed or missing. */
export function nameOfMember({ key }: Pick<ObjectProperty, "key">): string | undefined {
  if (key.kind === "identifier") return key.name;
  return key.kind === "string" && key.holes.length === 0 ? key.segments[0] : undefined;
}

/** The member of this name of an object that is written out; of several the first. */
export function memberNamed(node: SyntaxNode, name: string): ObjectProperty | undefined {
  if (node.kind !== "object") return undefined;
  return node.members.find((member): member is ObjectProperty => {
    return member.kind === "member" && nameOfMember(member) === name;
  });
}
