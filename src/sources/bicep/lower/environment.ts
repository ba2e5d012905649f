import type { ExpressionNode } from "../../../expression/ast.ts";
import type { FunctionCall, InstanceCall } from "../syntax/ast.ts";
import { literalText } from "./body.ts";
import { Builder } from "./build.ts";
import type { Lowerer } from "./lowerer.ts";
import { withheldVariable } from "./markers.ts";

/** Lowers the reading of an environment variable: its value or the fallback, or a mark where it may not be read. */
export function lowerEnvironmentVariable({ unit }: Lowerer, node: FunctionCall | InstanceCall): ExpressionNode {
  const [name = "", fallback] = node.arguments.map(({ value }) => literalText(value));
  const variable = unit.sources.environmentVariable(name);
  const value = variable.state === "set" ? variable.value : fallback;
  return value === undefined ? withheldVariable(name, node) : new Builder(node).text(value);
}
