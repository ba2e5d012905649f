import type { ExpressionNode } from "../../../expression/ast.ts";
import type { TemplateNode } from "../../arm/template/node.ts";
import type { Expression } from "../syntax/ast.ts";
import { Builder } from "./build.ts";
import type { Lowerer } from "./lowerer.ts";
import type { ResourceInfo } from "./resource-table.ts";

/** The conditions of a resource and of those in whose bodies it stands, the outermost first. */
function conditionsOf({ ancestors, condition }: ResourceInfo): Expression[] {
  const outer = ancestors.flatMap(({ nested, resource }) => {
    // Conditions of resources in loops are not taken over.
    const inherited = nested && resource.loop === undefined ? resource.condition : undefined;
    return inherited === undefined ? [] : [inherited.condition];
  });
  return condition === undefined ? outer : [...outer, condition.condition];
}

/** The condition under which a resource is deployed. */
export function conditionOf(lowerer: Lowerer, info: ResourceInfo): ExpressionNode | undefined {
  let all: ExpressionNode | undefined;
  for (const condition of conditionsOf(info)) {
    const next = lowerer.expression(condition);
    all = all === undefined ? next : new Builder(condition).call("and", all, next);
  }
  return all;
}

/** The condition as a member of the resource in the template; a single one may be a plain value. */
export function conditionValue(lowerer: Lowerer, info: ResourceInfo): TemplateNode | undefined {
  const conditions = conditionsOf(info);
  const [first] = conditions;
  if (first === undefined) return undefined;
  if (conditions.length === 1) return lowerer.value(first);
  const all = conditionOf(lowerer, info);
  return all === undefined ? undefined : lowerer.unit.nodes.expression(all, conditions.at(-1) ?? first);
}
