import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { ForExpression, VariableDeclaration } from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import { loadContent } from "./file-content.ts";
import type { ImportedVariable } from "./import-closure.ts";
import { copyInput, copyObject } from "./loop.ts";
import type { Lowerer } from "./lowerer.ts";

/** A variable of the template that is made. */
interface TemplateVariable {
  readonly name: string;
  readonly place: Span;
  readonly value: TemplateNode | { readonly kind: "loop"; readonly lowerer: Lowerer; readonly loop: ForExpression };
}

/** The member `variables` of a template: loops first. */
export function variablesMember(lowerer: Lowerer, imported: readonly ImportedVariable[]): MemberNode[] {
  const { nodes } = lowerer.unit;
  const all = [...fileVariables(lowerer), ...ownVariables(lowerer), ...imported.map(importedVariable)];
  if (all.length === 0) return [];
  const copies: TemplateNode[] = [];
  const members: MemberNode[] = [];
  for (const { name, place, value } of all) {
    if (value.kind !== "loop") members.push(nodes.authored(name, value, place));
    else copies.push(copyObject(value.lowerer, value.loop, { name, input: copyInput(value.lowerer, value.loop) }));
  }
  const place = all[0]?.place ?? { offset: 0, length: 0 };
  const copy = copies.length === 0 ? [] : [nodes.member("copy", nodes.array(copies, place), place)];
  return [nodes.member("variables", nodes.object([...copy, ...members], place), place)];
}

function fileVariables({ unit }: Lowerer): TemplateVariable[] {
  const { file, sources, nodes } = unit;
  const loaded = [...unit.fileVariables].flatMap(([node, name]): TemplateVariable[] => {
    if (node.kind !== "call" && node.kind !== "instanceCall") return [];
    return [{ name, place: node, value: loadContent({ path: file.path, sources, nodes }, node) }];
  });
  return loaded.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function ownVariables(lowerer: Lowerer): TemplateVariable[] {
  const { unit } = lowerer;
  return unit.bindings.symbols.flatMap((symbol) => {
    if (symbol.kind !== "declared" || symbol.declaration.kind !== "variableDeclaration") return [];
    return unit.inlined.has(symbol) ? [] : [variable(lowerer, symbol.declaration, symbol.name)];
  });
}

function importedVariable({ name, source }: ImportedVariable): TemplateVariable {
  if (source.kind === "value") return { name, place: source.place, value: source.value };
  return variable(source.lowerer, source.declaration, name);
}

function variable(lowerer: Lowerer, declaration: VariableDeclaration, name: string): TemplateVariable {
  const { value } = declaration;
  const place = declaration.name;
  if (value.kind === "for") return { name, place, value: { kind: "loop", lowerer, loop: value } };
  return { name, place, value: lowerer.value(value) };
}
