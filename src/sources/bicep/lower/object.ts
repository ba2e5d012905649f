import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { ArrayItem, ArrayLiteral, ForExpression, ObjectLiteral, ObjectProperty, Spread } from "../syntax/ast.ts";
import { keyText, propertiesOf } from "./body.ts";
import { Builder } from "./build.ts";
import { copyInput, copyObject } from "./loop.ts";
import type { Lowerer } from "./lowerer.ts";
import { toExpression } from "./nodes.ts";

/** Lowers an object; one with spreads becomes a call that merges its parts. */
export function lowerObject(lowerer: Lowerer, node: ObjectLiteral): TemplateNode {
  const { nodes } = lowerer.unit;
  if (node.members.every(({ kind }) => kind === "member")) {
    return nodes.object(lowerMembers(lowerer, propertiesOf(node)), node);
  }
  const build = new Builder(node);
  const parts = chunks<ObjectProperty>(node.members).map((chunk) =>
    chunk.kind === "spread"
      ? lowerer.expression(chunk.spread.value)
      : toExpression(nodes.object(lowerMembers(lowerer, chunk.items), node)),
  );
  return nodes.expression(build.call("shallowMerge", build.call("createArray", ...parts)), node);
}

/** Lowers an array; one with spreads becomes a call that joins its parts. */
export function lowerArray(lowerer: Lowerer, node: ArrayLiteral): TemplateNode {
  const { nodes } = lowerer.unit;
  if (node.items.every(({ kind }) => kind === "item")) {
    return nodes.array(
      node.items.map((item) => lowerer.value(item.value)),
      node,
    );
  }
  const build = new Builder(node);
  const parts = chunks<ArrayItem>(node.items).map((chunk) =>
    chunk.kind === "spread"
      ? lowerer.expression(chunk.spread.value)
      : build.call("createArray", ...chunk.items.map((item) => lowerer.expression(item.value))),
  );
  return nodes.expression(build.call("flatten", build.call("createArray", ...parts)), node);
}

type Chunk<Item> =
  | { readonly kind: "items"; readonly items: Item[] }
  | { readonly kind: "spread"; readonly spread: Spread };

/** What is written between spreads, and the spreads. */
function chunks<Item extends ArrayItem | ObjectProperty>(members: readonly (Item | Spread)[]): Chunk<Item>[] {
  const found: Chunk<Item>[] = [];
  for (const member of members) {
    const last = found.at(-1);
    if (isSpread(member)) found.push({ kind: "spread", spread: member });
    else if (last?.kind === "items") last.items.push(member);
    else found.push({ kind: "items", items: [member] });
  }
  return found;
}

function isSpread(member: ArrayItem | ObjectProperty | Spread): member is Spread {
  return member.kind === "spread";
}

/** The members of an object in a template. Those that are loops go together, before the others. */
export function lowerMembers(lowerer: Lowerer, properties: readonly ObjectProperty[]): MemberNode[] {
  const { nodes } = lowerer.unit;
  const loops = properties.filter((property): property is LoopProperty => property.value.kind === "for");
  const others = properties.filter(({ value }) => value.kind !== "for");
  const members = others.map((property) => lowerMember(lowerer, property));
  const [first] = loops;
  if (first === undefined) return members;
  const copies = loops.map((property) => {
    const name = keyText(property);
    return copyObject(lowerer, property.value, { name, input: copyInput(lowerer, property.value) });
  });
  return [nodes.member("copy", nodes.array(copies, first), first), ...members];
}

type LoopProperty = ObjectProperty & { readonly value: ForExpression };

/** One member of an object; its name may be an expression. */
export function lowerMember(lowerer: Lowerer, property: ObjectProperty): MemberNode {
  const { nodes } = lowerer.unit;
  const value = lowerer.value(property.value);
  const name = keyText(property);
  if (name !== undefined || property.key.kind !== "string") return nodes.authored(name ?? "", value, property.key);
  return nodes.namedBy(lowerer.expression(property.key), value, property.key);
}
