import type { TemplateNode } from "../../arm/template/node.ts";
import type { Decorator, Expression } from "../syntax/ast.ts";
import { literalText } from "./body.ts";
import { decoratorOf } from "./decorators.ts";
import type { Lowerer } from "./lowerer.ts";

/** A description, with the place of its decorator. */
export interface Description {
  readonly value: TemplateNode;
  readonly node: Decorator;
}

/** What the decorator `description` says. */
export function descriptionOf(lowerer: Lowerer, decorators: readonly Decorator[]): Description | undefined {
  const decorator = decoratorOf(decorators, "description");
  const [text] = decorator?.arguments ?? [];
  if (decorator === undefined || text === undefined) return undefined;
  return { value: descriptionText(lowerer, text), node: decorator.node };
}

/** A text of several lines loses the indentation that all lines but the first have in common. */
export function descriptionText(lowerer: Lowerer, node: Expression): TemplateNode {
  const text = literalText(node);
  if (text === undefined) return lowerer.value(node);
  const [first = "", ...rest] = text.split(/\r\n|[\r\n]/u);
  const indents = rest.filter((line) => line !== "").map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents, Number.MAX_SAFE_INTEGER);
  return lowerer.unit.nodes.scalar([first, ...rest.map((line) => line.slice(common))].join("\n"), node);
}
