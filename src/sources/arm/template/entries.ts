import type { ArmValue } from "../../../expression/arm-value.ts";
import type { CopyLoop, Scope } from "../../../expression/scope.ts";
import type { Unknown } from "../../../expression/value.ts";
import type { Frame } from "./frame.ts";
import { type ObjectNode, type TemplateNode, valueOf } from "./node.ts";

/** A resource as the template writes it, once for a whole loop. */
export interface Declared {
  readonly frame: Frame;
  readonly node: ObjectNode;
  /** `null` in templates without symbolic names. */
  readonly symbol: string | null;
  /** The resource that it is written in. */
  readonly parent: Declared | null;
  /** Full type; a child's own type is only the last segment. */
  readonly type: string;
  readonly existing: boolean;
}

/** One resource of the expansion: of a loop, one for each turn. */
export interface Entry {
  readonly declared: Declared;
  readonly loop: CopyLoop | null;
  readonly scope: Scope;
  /** Full name. */
  readonly name: string | Unknown;
  readonly apiVersion: string | null;
  /** `null`: it has none, or one that is true. */
  readonly condition: ArmValue | null;
}

/** All resources that a template writes, those within others included, each behind the one it is written in. */
export function* declaredIn(frame: Frame): Generator<Declared> {
  yield* listed(valueOf(frame.template, "resources"), frame, null);
}

function* listed(node: TemplateNode | undefined, frame: Frame, parent: Declared | null): Generator<Declared> {
  if (node?.kind === "array") {
    for (const element of node.elements)
      if (element.kind === "object") yield* withChildren({ frame, node: element, symbol: null, parent });
  } else if (node?.kind === "object") {
    for (const { name, value } of node.members.values())
      if (value.kind === "object") yield* withChildren({ frame, node: value, symbol: name, parent });
  }
}

function* withChildren(written: Omit<Declared, "type" | "existing">): Generator<Declared> {
  const { node, parent, frame } = written;
  const own = textOf(valueOf(node, "type")) ?? "";
  const existing = valueOf(node, "existing");
  const declared: Declared = {
    ...written,
    type: parent === null ? own : `${parent.type}/${own}`,
    existing: existing?.kind === "scalar" && existing.value === true,
  };
  yield declared;
  yield* listed(valueOf(node, "resources"), frame, declared);
}

/** The text of a node that is one. */
export function textOf(node: TemplateNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}
