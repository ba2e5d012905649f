import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { FunctionDeclaration, TypedLambda } from "../syntax/ast.ts";
import { decoratorOf } from "./decorators.ts";
import { descriptionOf } from "./description.ts";
import type { ImportedFunction } from "./import-closure.ts";
import type { ImportOrigin } from "./imported-entries.ts";
import { splitFunctionName } from "./imported-name.ts";
import type { Lowerer } from "./lowerer.ts";
import { Schema } from "./schema.ts";
import { typeSchema } from "./type-schema.ts";

const START = { offset: 0, length: 0 };

/** The member `functions` of a template, by namespace. */
export function functionsMember(lowerer: Lowerer, imported: readonly ImportedFunction[]): MemberNode[] {
  const { nodes, bindings } = lowerer.unit;
  const namespaces = new Map<string, MemberNode[]>();
  const add = (fullName: string, value: TemplateNode): void => {
    const { namespace, name } = splitFunctionName(fullName);
    const members = namespaces.get(namespace) ?? [];
    members.push(nodes.member(name, value, START));
    namespaces.set(namespace, members);
  };
  for (const symbol of bindings.symbols) {
    if (symbol.kind !== "declared" || symbol.declaration.kind !== "function") continue;
    add(symbol.name, functionNode(lowerer, symbol.declaration, undefined));
  }
  for (const { name, origin, source } of imported) {
    const value =
      source.kind === "declaration"
        ? functionNode(source.lowerer, source.declaration, { name, origin })
        : withOrigin(lowerer, source.value, originNode(lowerer, origin, isRenamed({ name, origin })));
    add(name, value);
  }
  const entries = [...namespaces].map(([namespace, members]) =>
    nodes.object(
      [
        nodes.member("namespace", nodes.scalar(namespace, START), START),
        nodes.member("members", nodes.object(members, START), START),
      ],
      START,
    ),
  );
  return entries.length === 0 ? [] : [nodes.member("functions", nodes.array(entries, START), START)];
}

/** Under which name something is imported, and where it comes from. */
interface Imported {
  readonly name: string;
  readonly origin: ImportOrigin;
}

function functionNode(
  lowerer: Lowerer,
  declaration: FunctionDeclaration,
  imported: Imported | undefined,
): TemplateNode {
  const { nodes } = lowerer.unit;
  const { lambda } = declaration;
  if (lambda.kind === "skipped") return nodes.object([], declaration);
  const output = typeSchema(lowerer, lambda.returnType).set("value", lowerer.value(lambda.body), lambda.body);
  return nodes.object(
    [
      nodes.member("parameters", parameters(lowerer, lambda), lambda),
      nodes.member("output", output.node(lambda), lambda),
      ...functionMetadata(lowerer, declaration, imported),
    ],
    declaration,
  );
}

function parameters(lowerer: Lowerer, lambda: TypedLambda): TemplateNode {
  const { nodes } = lowerer.unit;
  return nodes.array(
    lambda.parameters.map((parameter) =>
      typeSchema(lowerer, parameter.type).text("name", parameter.name.name, parameter.name).node(parameter),
    ),
    lambda,
  );
}

function functionMetadata(
  lowerer: Lowerer,
  { decorators, name }: FunctionDeclaration,
  imported: Imported | undefined,
): MemberNode[] {
  const { nodes } = lowerer.unit;
  const schema = new Schema(nodes);
  const description = descriptionOf(lowerer, decorators);
  if (description !== undefined) schema.metadata("description", description.value, description.node);
  const exported = decoratorOf(decorators, "export");
  if (exported !== undefined && imported === undefined) {
    schema.metadata("__bicep_export!", nodes.scalar(true, exported.node), exported.node);
  }
  if (imported !== undefined) {
    const origin = originNode(lowerer, imported.origin, isRenamed(imported));
    schema.metadata("__bicep_imported_from!", origin, name);
  }
  return schema.members();
}

function isRenamed({ name, origin }: Imported): boolean {
  return splitFunctionName(name).name !== origin.name;
}

/** A declaration of a JSON template with what its metadata says about where it comes from. */
export function withOrigin({ unit }: Lowerer, value: TemplateNode, origin: TemplateNode): TemplateNode {
  const schema = new Schema(unit.nodes);
  for (const member of value.kind === "object" ? value.members.values() : []) {
    schema.set(member.name, member.value, START);
  }
  return schema.metadata("__bicep_imported_from!", origin, START).node(START);
}

/** What the metadata of an imported declaration says about where it comes from. */
export function originNode({ unit }: Lowerer, { template, name }: ImportOrigin, isRenamed: boolean): TemplateNode {
  const { nodes } = unit;
  const members = [nodes.member("sourceTemplate", nodes.scalar(template, START), START)];
  if (isRenamed) members.push(nodes.member("originalIdentifier", nodes.scalar(name, START), START));
  return nodes.object(members, START);
}
