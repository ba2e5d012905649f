import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { ForExpression, VariableDeclaration } from "../syntax/ast.ts";
import type { Span } from "../syntax/span.ts";
import { loadContent } from "./file-content.ts";
import type { ImportedVariable } from "./import-closure.ts";
import { rangeCopy } from "./json-imports.ts";
import { copyInput, copyObject } from "./loop.ts";
import type { Lowerer } from "./lowerer.ts";
import type { NodeFactory } from "./nodes.ts";

/** A variable of the template that is made. */
interface TemplateVariable {
  readonly name: string;
  readonly place: Span;
  readonly value:
    | TemplateNode
    | { readonly kind: "loop"; readonly lowerer: Lowerer; readonly loop: ForExpression }
    /** The `copy` object of a loop; it gets another name. */
    | { readonly kind: "copy"; readonly value: TemplateNode };
}

/** The member `variables` of a template: loops first. */
export function variablesMember(lowerer: Lowerer, imported: readonly ImportedVariable[]): MemberNode[] {
  const { nodes } = lowerer.unit;
  const all = [...fileVariables(lowerer), ...ownVariables(lowerer), ...imported.map(importedVariable)];
  if (all.length === 0) return [];
  const copies: TemplateNode[] = [];
  const members: MemberNode[] = [];
  for (const { name, place, value } of all) {
    if (value.kind === "loop") {
      copies.push(copyObject(value.lowerer, value.loop, { name, input: copyInput(value.lowerer, value.loop) }));
    } else if (value.kind === "copy") copies.push(renamedCopy(nodes, value.value, name));
    else members.push(nodes.authored(name, value, place));
  }
  const place = all[0]?.place ?? { offset: 0, length: 0 };
  const copy = copies.length === 0 ? [] : [nodes.member("copy", nodes.array(copies, place), place)];
  return [nodes.member("variables", nodes.object([...copy, ...members], place), place)];
}

function renamedCopy(nodes: NodeFactory, copy: TemplateNode, name: string): TemplateNode {
  if (copy.kind !== "object") return copy;
  const place = { offset: copy.start, length: copy.end - copy.start };
  const range = rangeCopy(copy);
  if (range.kind !== "object") return range;
  return {
    ...range,
    members: new Map(range.members).set("name", nodes.member("name", nodes.scalar(name, place), place)),
  };
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
  if (source.kind !== "declaration") {
    const { place, value } = source;
    return { name, place, value: source.kind === "copy" ? { kind: "copy", value } : value };
  }
  return variable(source.lowerer, source.declaration, name);
}

function variable(lowerer: Lowerer, declaration: VariableDeclaration, name: string): TemplateVariable {
  const { value } = declaration;
  const place = declaration.name;
  if (value.kind === "for") return { name, place, value: { kind: "loop", lowerer, loop: value } };
  return { name, place, value: lowerer.value(value) };
}
