import type { BoundFile } from "../binder/bind-file.ts";
import type { Element, FunctionCall, InstanceCall, SyntaxNode } from "../syntax/ast.ts";
import { literalText } from "./body.ts";
import { builtInCalls } from "./file-variables.ts";

type Call = FunctionCall | InstanceCall;

/** What the caller of a deployment supplies, under the keys that the parameters give it. */
export interface ExternalInputs {
  /** The key that each call asks for. */
  readonly keys: ReadonlyMap<SyntaxNode, string>;
  /** One call for each key. */
  readonly calls: ReadonlyMap<string, Call>;
}

/** Gives every external input of a parameters file its key; equal calls share one. */
export function findExternalInputs(file: BoundFile): ExternalInputs {
  const keys = new Map<SyntaxNode, string>();
  const calls = new Map<string, Call>();
  const known = new Map<string, string>();
  for (const node of builtInCalls(file)) {
    if (node.name.name !== "externalInput") continue;
    const text = textOf(node.arguments);
    const kind = literalText(node.arguments[0]?.value) ?? "";
    const key = known.get(text) ?? `${kind.replaceAll(/[^a-zA-Z0-9]/gu, "_")}_${known.size}`;
    known.set(text, key);
    keys.set(node, key);
    if (!calls.has(key)) calls.set(key, node);
  }
  return { keys, calls };
}

/** What is written, without the white space. */
function textOf(elements: readonly Element[]): string {
  return elements
    .map((element) => (element.kind === "token" ? element.text.trim() : textOf(element.children)))
    .filter((text) => text !== "")
    .join(" ");
}
