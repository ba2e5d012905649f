import type { Evaluation } from "../../../expression/evaluation.ts";
import type { Scope } from "../../../expression/scope.ts";
import type { Definition } from "../../../expression/symbols.ts";
import { Unknown } from "../../../expression/value.ts";
import { isValueLoops, valueLoopsOf } from "./copy.ts";
import type { NodeEvaluator } from "./evaluate-node.ts";
import { literalText, membersOf } from "./literal.ts";
import { type TemplateNode, valueOf } from "./node.ts";

/** How each variable of a template gets its value, those that are written as loops included. */
export function variableDefinitions(
  node: TemplateNode | undefined,
  nodes: NodeEvaluator,
  scope: () => Scope,
): readonly (readonly [string, Definition])[] {
  const { evaluator } = nodes;
  return membersOf(node).flatMap((member): (readonly [string, Definition])[] => {
    if (!isValueLoops(member)) {
      return [[member.name, (): Evaluation => evaluator.guard(() => nodes.evaluate(member.value, scope()))]];
    }
    return loopsOf(member.value).map(([name, element]) => [
      name,
      (): Evaluation => evaluator.guard(() => loopValue(element, nodes, scope())),
    ]);
  });
}

/** The `{ name, count, input }` of a `copy` array, by name. */
export function loopsOf(node: TemplateNode): readonly (readonly [string, TemplateNode])[] {
  const elements = node.kind === "array" ? node.elements : [];
  return elements.map((element) => [literalText(valueOf(element, "name")) ?? "", element]);
}

function loopValue(element: TemplateNode, nodes: NodeEvaluator, scope: Scope) {
  const { file, start, end } = element;
  const [loop] = valueLoopsOf({ kind: "array", file, start, end, elements: [element] }, nodes, scope);
  if (loop === undefined) return [];
  const { count } = loop;
  return count instanceof Unknown ? count : nodes.loop({ ...loop, count }, scope);
}
