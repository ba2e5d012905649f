import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { TypeDeclaration } from "../syntax/ast.ts";
import { decoratorOf } from "./decorators.ts";
import { originNode, withOrigin } from "./functions.ts";
import type { ImportedType } from "./import-closure.ts";
import type { Lowerer } from "./lowerer.ts";
import type { Schema } from "./schema.ts";
import { decoratedSchema } from "./type-schema.ts";

const START = { offset: 0, length: 0 };

/** The member `definitions` of a template. */
export function definitionsMember(lowerer: Lowerer, imported: readonly ImportedType[]): MemberNode[] {
  const { nodes, bindings } = lowerer.unit;
  const own = bindings.symbols.flatMap((symbol) => {
    if (symbol.kind !== "declared" || symbol.declaration.kind !== "typeDeclaration") return [];
    const { declaration } = symbol;
    return [nodes.member(symbol.name, typeNode(lowerer, declaration).node(declaration), symbol.place)];
  });
  const others = imported.map((type) => nodes.member(type.name, importedNode(lowerer, type), START));
  const all = [...own, ...others];
  return all.length === 0 ? [] : [nodes.member("definitions", nodes.object(all, START), START)];
}

function typeNode(lowerer: Lowerer, { value, decorators }: TypeDeclaration): Schema {
  return decoratedSchema(lowerer, value, decorators);
}

function importedNode(lowerer: Lowerer, { name, origin, source }: ImportedType): TemplateNode {
  const from = originNode(lowerer, origin, !name.endsWith(origin.name));
  if (source.kind !== "declaration") return withOrigin(lowerer, source.value, from);
  const { declaration } = source;
  const exported = decoratorOf(declaration.decorators, "export")?.node;
  const decorators = declaration.decorators.filter((decorator) => decorator !== exported);
  return decoratedSchema(source.lowerer, declaration.value, decorators)
    .metadata("__bicep_imported_from!", from, START)
    .node(declaration);
}
