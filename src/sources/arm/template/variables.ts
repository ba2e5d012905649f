import type { Evaluator } from "../../../expression/evaluate.ts";
import type { Scope } from "../../../expression/scope.ts";
import { type Definition, Symbols } from "../../../expression/symbols.ts";
import type { ArmValue } from "../../../expression/arm-value.ts";
import { copyLoopsOf, evaluateCopies } from "./copy-members.ts";
import { evaluateNode, type NodeRequest } from "./evaluate-node.ts";
import type { TemplateNode } from "./node.ts";

/** The variables of a template, each worked out when it is first read. `scopeOf` gives the scope that they stand in. */
export function readVariables(node: TemplateNode | undefined, evaluator: Evaluator, scopeOf: () => Scope): Symbols {
  if (node?.kind !== "object") return new Symbols([]);
  const definitions: (readonly [string, Definition])[] = [];
  const request = (): NodeRequest => ({ evaluator, scope: scopeOf(), copies: true });
  const loops = copyLoopsOf(node);
  for (const { name, value } of node.members.values())
    if (loops === null || name.toLowerCase() !== "copy") definitions.push([name, () => evaluateNode(value, request())]);
  for (const loop of loops ?? []) {
    const define: Definition = () => {
      let values: ArmValue = null;
      return evaluator.guard(() => {
        for (const [, value] of evaluateCopies([loop], request())) values = value;
        return values;
      });
    };
    definitions.push([loop.name, define]);
  }
  return new Symbols(definitions, (name) => `The template variable '${name}' is not valid: `);
}
