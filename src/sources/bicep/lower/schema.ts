import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { Span } from "../syntax/span.ts";
import type { NodeFactory } from "./nodes.ts";

/** The members that describe a type in a template, in the order in which they are written. */
export class Schema {
  readonly #nodes: NodeFactory;
  readonly #members = new Map<string, MemberNode>();

  constructor(nodes: NodeFactory) {
    this.#nodes = nodes;
  }

  /** The scalar that describes the type under `name`. */
  textOf(name: string): string | undefined {
    const value = this.#members.get(name)?.value;
    return value?.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
  }

  set(name: string, value: TemplateNode, place: Span): this {
    this.#members.set(name, this.#nodes.member(name, merged(this.#members.get(name)?.value, value), place));
    return this;
  }

  text(name: string, value: string, place: Span): this {
    return this.set(name, this.#nodes.scalar(value, place), place);
  }

  flag(name: string, value: boolean, place: Span): this {
    return this.set(name, this.#nodes.scalar(value, place), place);
  }

  /** Adds to what `metadata` says. */
  metadata(name: string, value: TemplateNode, place: Span): this {
    return this.set("metadata", this.#nodes.object([this.#nodes.member(name, value, place)], place), place);
  }

  members(): MemberNode[] {
    return [...this.#members.values()];
  }

  node(place: Span): TemplateNode {
    return this.#nodes.object(this.members(), place);
  }
}

/** Objects are put together; of anything else the later counts. */
function merged(earlier: TemplateNode | undefined, later: TemplateNode): TemplateNode {
  if (earlier?.kind !== "object" || later.kind !== "object") return later;
  const members = new Map(earlier.members);
  for (const [name, member] of later.members) {
    members.set(name, { ...member, value: merged(members.get(name)?.value, member.value) });
  }
  return { ...earlier, members };
}
