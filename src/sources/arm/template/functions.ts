import { foldName } from "../../../expression/dotnet/casing.ts";
import type { UserFunction } from "../../../expression/scope.ts";
import type { NodeEvaluator } from "./evaluate-node.ts";
import { literalText, membersOf } from "./literal.ts";
import { type TemplateNode, valueOf } from "./node.ts";
import type { Types } from "./types.ts";

/**
 * The functions that a template defines, by `foldName` of `namespace.name`.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/templates/user-defined-functions
 */
export function readFunctions(
  node: TemplateNode | undefined,
  { nodes, types }: { readonly nodes: NodeEvaluator; readonly types: Types },
): ReadonlyMap<string, UserFunction> {
  const functions = new Map<string, UserFunction>();
  const namespaces = node?.kind === "array" ? node.elements : [];
  for (const namespace of namespaces) {
    const prefix = literalText(valueOf(namespace, "namespace")) ?? "";
    for (const member of membersOf(valueOf(namespace, "members"))) {
      const name = `${prefix}.${member.name}`;
      functions.set(foldName(name), readFunction(name, member.value, { nodes, types }));
    }
  }
  return functions;
}

function readFunction(
  name: string,
  node: TemplateNode,
  { nodes, types }: { readonly nodes: NodeEvaluator; readonly types: Types },
): UserFunction {
  const parameters = valueOf(node, "parameters");
  const output = valueOf(node, "output");
  const value = valueOf(output, "value");
  const list = parameters?.kind === "array" ? parameters.elements : [];
  return {
    name,
    parameters: list.map((parameter) => ({
      name: literalText(valueOf(parameter, "name")) ?? "",
      type: typeName(parameter, types),
    })),
    output: {
      type: output === undefined ? "any" : typeName(output, types),
      value: (scope) => (value === undefined ? null : nodes.evaluate(value, scope)),
    },
  };
}

/** The name that the evaluator checks values by; one that takes anything where null is allowed, too. */
function typeName(node: TemplateNode, types: Types): string {
  const type = types.of(node);
  return type.nullable || type.name === null ? "any" : type.name;
}
