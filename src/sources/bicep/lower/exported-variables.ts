import type { MemberNode } from "../../arm/template/node.ts";
import { decoratorOf } from "./decorators.ts";
import { descriptionOf } from "./description.ts";
import type { Lowerer } from "./lowerer.ts";
import { typeSchema } from "./type-schema.ts";

/** What the metadata of a template says about the variables that others may import. */
export function exportedVariables(lowerer: Lowerer): MemberNode[] {
  const { nodes, file } = lowerer.unit;
  const place = { offset: 0, length: 0 };
  const variables = file.tree.program.declarations.filter((declaration) => declaration.kind === "variableDeclaration");
  const sorted = variables.sort((left, right) => (left.name.name < right.name.name ? -1 : 1));
  const entries = sorted.flatMap((declaration) => {
    const { name, type, decorators } = declaration;
    if (decoratorOf(decorators, "export") === undefined) return [];
    const description = descriptionOf(lowerer, decorators);
    const members = [nodes.member("name", nodes.scalar(name.name, name), name)];
    if (description !== undefined) members.push(nodes.member("description", description.value, description.node));
    if (type !== undefined) members.push(nodes.member("type", typeSchema(lowerer, type).node(type), type));
    return [nodes.object(members, declaration)];
  });
  return entries.length === 0 ? [] : [nodes.member("__bicep_exported_variables!", nodes.array(entries, place), place)];
}
