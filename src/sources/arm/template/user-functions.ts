import { foldName } from "../../../expression/dotnet/casing.ts";
import type { Evaluator } from "../../../expression/evaluate.ts";
import type { UserFunction } from "../../../expression/scope.ts";
import { valueOfNode } from "./evaluate-node.ts";
import { type TemplateNode, valueOf } from "./node.ts";

/**
 * The functions that a template defines, by `foldName` of `namespace.name`.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/user-defined-functions
 */
export function readFunctions(node: TemplateNode | undefined, evaluator: Evaluator): ReadonlyMap<string, UserFunction> {
  const functions = new Map<string, UserFunction>();
  if (node?.kind !== "array") return functions;
  for (const group of node.elements) {
    const namespace = textOf(valueOf(group, "namespace")) ?? "";
    const members = valueOf(group, "members");
    if (members?.kind !== "object") continue;
    for (const { name, value } of members.members.values()) {
      const full = `${namespace}.${name}`;
      functions.set(foldName(full), functionOf(full, value, evaluator));
    }
  }
  return functions;
}

function functionOf(name: string, node: TemplateNode, evaluator: Evaluator): UserFunction {
  const declared = valueOf(node, "parameters");
  const parameters = declared?.kind === "array" ? declared.elements : [];
  const output = valueOf(node, "output");
  const value = valueOf(output, "value");
  return {
    name,
    parameters: parameters.map((parameter) => ({
      name: textOf(valueOf(parameter, "name")) ?? "",
      type: textOf(valueOf(parameter, "type")) ?? "",
    })),
    output: {
      type: textOf(valueOf(output, "type")) ?? "",
      value: (scope) => (value === undefined ? null : valueOfNode(value, { evaluator, scope, copies: false })),
    },
  };
}

function textOf(node: TemplateNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}
