import type { ArmValue } from "../../../expression/arm-value.ts";
import { ExpressionFailure } from "../../../expression/failure.ts";
import type { CopyLoop, Scope } from "../../../expression/scope.ts";
import { Sensitive, Unknown } from "../../../expression/value.ts";
import type { NodeEvaluator } from "./evaluate-node.ts";
import { type MemberNode, type ObjectNode, type TemplateNode, valueOf } from "./node.ts";

/**
 * Most turns of a loop.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources#copy-limits
 */
const MAX_COUNT = 800n;

/** One `{ name, count, input }` of a `copy` array: an array that is written as a loop. */
export interface ValueLoop {
  readonly name: string;
  readonly count: number;
  readonly input: TemplateNode;
  /** The scope of a turn. */
  readonly scopeAt: (index: number, scope: Scope) => Scope;
}

/** A loop whose count may have to wait for the deployment. */
export type OpenValueLoop = Omit<ValueLoop, "count"> & { readonly count: number | Unknown };

/** Whether the member is `copy: [{ name, count, input }]`; anything else called `copy` is an ordinary member. */
export function isValueLoops(member: MemberNode): boolean {
  if (member.name.toLowerCase() !== "copy" || member.value.kind !== "array") return false;
  return member.value.elements.every((element) => {
    return ["name", "count", "input"].every((name) => valueOf(element, name) !== undefined);
  });
}

/**
 * The loops of a `copy` array, their counts worked out.
 *
 * @throws ExpressionFailure when a count is not a number of turns, or a loop stands directly in another
 */
export function valueLoopsOf(node: TemplateNode, nodes: NodeEvaluator, scope: Scope): readonly OpenValueLoop[] {
  if (node.kind !== "array") return [];
  return node.elements.map((element) => {
    const input = valueOf(element, "input") ?? element;
    if (holdsValueLoops(input)) {
      throw new ExpressionFailure(
        "value",
        "The template 'copy' definition has nested copy arrays. The use of nested copy arrays is not supported.",
      );
    }
    const count = valueOf(element, "count");
    const name = textOf(nodes, valueOf(element, "name"), scope);
    return {
      name,
      input,
      count: toCount(count === undefined ? null : nodes.evaluate(count, scope)),
      scopeAt: (index: number, outer: Scope) => withValueLoop(outer, { name, index }),
    };
  });
}

/**
 * The number of turns that a `copy` asks for.
 *
 * @throws ExpressionFailure value, when ARM would refuse it
 */
export function toCount(value: ArmValue): number | Unknown {
  const count = value instanceof Sensitive ? value.value : value;
  if (count instanceof Unknown) return count;
  if (typeof count === "bigint" && count >= 0n && count <= MAX_COUNT) return Number(count);
  const shown = value instanceof Sensitive || typeof count === "object" ? "" : `: '${String(count)}'`;
  throw new ExpressionFailure(
    "value",
    `The template 'copy' definition has an invalid copy count${shown}. The copy count must be a non-negative integer value and cannot exceed '${MAX_COUNT}'.`,
  );
}

/** `scope` within a turn of a loop over values: `copyIndex()` without a name goes on meaning the resource's own loop. */
function withValueLoop(scope: Scope, loop: CopyLoop): Scope {
  const { copy } = scope;
  return { ...scope, copy: { current: copy?.current ?? null, loops: [...(copy?.loops ?? []), loop] } };
}

/** The text of a name, which may be an expression. */
export function textOf(nodes: NodeEvaluator, node: TemplateNode | undefined, scope: Scope): string {
  const value = node === undefined ? null : nodes.evaluate(node, scope);
  return typeof value === "string" ? value : "";
}

function holdsValueLoops(node: TemplateNode): boolean {
  if (node.kind === "array") return node.elements.some(holdsValueLoops);
  return node.kind === "object" && objectHoldsValueLoops(node);
}

function objectHoldsValueLoops(node: ObjectNode): boolean {
  for (const member of node.members.values()) {
    if ((isValueLoops(member) && !isEmpty(member.value)) || holdsValueLoops(member.value)) return true;
  }
  return false;
}

function isEmpty(node: TemplateNode): boolean {
  return node.kind === "array" && node.elements.length === 0;
}
