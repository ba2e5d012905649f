import type { ArmValue } from "../../../expression/arm-value.ts";
import { ExpressionFailure } from "../../../expression/failure.ts";
import type { CopyLoop, CopyScope, Scope } from "../../../expression/scope.ts";
import { Unknown } from "../../../expression/value.ts";
import { type NodeRequest, valueOfNode } from "./evaluate-node.ts";
import { type ObjectNode, type TemplateNode, valueOf } from "./node.ts";

/** Most iterations of one loop. @see https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-resources#copy-limits */
export const MAX_COPIES = 800;

/** One entry of a member `copy`: an array of as many values as `count` says. */
export interface CopyMember {
  readonly name: string;
  readonly count: TemplateNode;
  readonly input: TemplateNode;
}

/** The loops in the member `copy` of an object; `null` when it has none, or one that is plain data. */
export function copyLoopsOf(node: ObjectNode): readonly CopyMember[] | null {
  const copy = valueOf(node, "copy");
  if (copy?.kind !== "array" || copy.elements.length === 0) return null;
  const loops: CopyMember[] = [];
  for (const element of copy.elements) {
    const name = valueOf(element, "name");
    const count = valueOf(element, "count");
    const input = valueOf(element, "input");
    if (name?.kind !== "scalar" || typeof name.value !== "string" || count === undefined || input === undefined)
      return null;
    loops.push({ name: name.value, count, input });
  }
  return loops;
}

/** The arrays that the loops give, by name. */
export function* evaluateCopies(
  loops: readonly CopyMember[],
  request: NodeRequest,
): Generator<readonly [string, ArmValue]> {
  for (const { name, count, input } of loops) {
    const times = countOf(valueOfNode(count, request), name);
    if (times instanceof Unknown) {
      yield [name, times];
      continue;
    }
    const values: ArmValue[] = [];
    for (let index = 0; index < times; index++) {
      const scope = inLoop(request.scope, { name, index });
      values.push(valueOfNode(input, { ...request, scope }));
    }
    yield [name, values];
  }
}

/** How often a loop runs. @throws ExpressionFailure for what is no count */
export function countOf(count: ArmValue, name: string): number | Unknown {
  if (count instanceof Unknown) return count;
  if (typeof count !== "bigint")
    throw new ExpressionFailure("type", `The copy loop '${name}' has an invalid copy count: an integer is expected.`);
  if (count < 0n || count > BigInt(MAX_COPIES))
    throw new ExpressionFailure("value", `The copy loop '${name}' has an invalid copy count of: '${count}'.`);
  return Number(count);
}

/** `scope` within one more loop. */
export function inLoop(scope: Scope, current: CopyLoop): Scope {
  const copy: CopyScope = { current, loops: [...(scope.copy?.loops ?? []), current] };
  return { ...scope, copy };
}
