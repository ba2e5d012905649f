import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { Declaration, OutputDeclaration, ParameterDeclaration } from "../syntax/ast.ts";
import type { ScopeKind } from "../types/type.ts";
import { decoratorOf } from "./decorators.ts";
import { findDependencies } from "./dependency-graph.ts";
import { DependencyLowering } from "./depends-on.ts";
import { experimentalMetadata, experimentalVersion } from "./experimental.ts";
import { exportedVariables } from "./exported-variables.ts";
import { extensionsMember } from "./extensions.ts";
import { functionsMember } from "./functions.ts";
import type { ImportedDeclarations } from "./import-closure.ts";
import { copyInput, copyObject } from "./loop.ts";
import type { Lowerer } from "./lowerer.ts";
import { lowerModule } from "./module.ts";
import { lowerResource } from "./resource.ts";
import { discriminatorOf } from "./type-reference.ts";
import { decorate, decoratedSchema, typeSchema } from "./type-schema.ts";
import { definitionsMember } from "./type-definitions.ts";
import { moduleOf } from "./unit.ts";
import { variablesMember } from "./variables.ts";

const SCHEMAS: Readonly<Record<ScopeKind, string>> = {
  tenant: "2019-08-01/tenantDeploymentTemplate.json#",
  managementGroup: "2019-08-01/managementGroupDeploymentTemplate.json#",
  subscription: "2018-05-01/subscriptionDeploymentTemplate.json#",
  resourceGroup: "2019-04-01/deploymentTemplate.json#",
};

/** A place for what nobody wrote. */
const START = { offset: 0, length: 0 };

/** The template of a file. */
export function lowerTemplate(lowerer: Lowerer, imported: ImportedDeclarations): TemplateNode {
  const { unit } = lowerer;
  const { nodes } = unit;
  const members: MemberNode[] = [
    nodes.member("$schema", nodes.scalar(schemaUri(unit.targetScope), START), START),
    ...languageVersion(lowerer),
    nodes.member("contentVersion", nodes.scalar("1.0.0.0", START), START),
    nodes.member("metadata", metadata(lowerer), START),
    ...definitionsMember(lowerer, imported.types),
    ...functionsMember(lowerer, imported.functions),
    ...section("parameters", parameters(lowerer), lowerer),
    ...variablesMember(lowerer, imported.variables),
    ...extensionsMember(lowerer),
    resourcesMember(lowerer),
    ...section("outputs", outputs(lowerer), lowerer),
    ...section("asserts", asserts(lowerer), lowerer),
  ];
  return nodes.object(members, { offset: 0, length: unit.file.tree.text.length });
}

function schemaUri(scope: ScopeKind): string {
  return `https://schema.management.azure.com/schemas/${SCHEMAS[scope]}`;
}

function languageVersion({ unit }: Lowerer): MemberNode[] {
  const { nodes, symbolicNames } = unit;
  if (!symbolicNames) return [];
  return [nodes.member("languageVersion", nodes.scalar(experimentalVersion(unit) ?? "2.0", START), START)];
}

/** A section of the template, unless there is nothing in it. */
function section(name: string, members: readonly MemberNode[], { unit }: Lowerer): MemberNode[] {
  return members.length === 0 ? [] : [unit.nodes.member(name, unit.nodes.object(members, START), START)];
}

function declarationsOf<Kind extends Declaration["kind"]>(
  { unit }: Lowerer,
  kind: Kind,
): Extract<Declaration, { kind: Kind }>[] {
  return unit.file.tree.program.declarations.filter(
    (declaration): declaration is Extract<Declaration, { kind: Kind }> => declaration.kind === kind,
  );
}

function metadata(lowerer: Lowerer): TemplateNode {
  const { nodes } = lowerer.unit;
  const generator = nodes.object([nodes.member("name", nodes.scalar("bicep", START), START)], START);
  const written = declarationsOf(lowerer, "metadata").map(({ name, value }) =>
    nodes.authored(name.name, lowerer.value(value), name),
  );
  const members = [nodes.member("_generator", generator, START), ...exportedVariables(lowerer), ...written];
  return nodes.object([...experimentalMetadata(lowerer.unit), ...members], START);
}

function parameters(lowerer: Lowerer): MemberNode[] {
  return declarationsOf(lowerer, "parameter").map((declaration) => parameter(lowerer, declaration));
}

function parameter(lowerer: Lowerer, declaration: ParameterDeclaration): MemberNode {
  const { nodes } = lowerer.unit;
  const { name, type, decorators } = declaration;
  const schema = typeSchema(lowerer, type, discriminatorOf(decorators));
  const allowed = decoratorOf(decorators, "allowed");
  const [values] = allowed?.arguments ?? [];
  if (declaration.default !== undefined) {
    schema.set("defaultValue", lowerer.value(declaration.default), declaration.default);
  }
  if (allowed !== undefined && values !== undefined) schema.set("allowedValues", lowerer.value(values), allowed.node);
  return nodes.member(name.name, decorate(lowerer, schema, decorators).node(declaration), name);
}

function resourcesMember(lowerer: Lowerer): MemberNode {
  const { unit } = lowerer;
  const { nodes, symbolicNames, inlined } = unit;
  const dependencies = new DependencyLowering(lowerer, findDependencies(unit, unit.resources));
  const resources = unit.resources.all
    .filter(({ declaration, symbol }) => (symbolicNames ? !inlined.has(symbol) : !declaration.existing))
    .map((info) => nodes.member(info.symbolicName, lowerResource(lowerer, info, dependencies), info.symbol.place));
  const modules = declarationsOf(lowerer, "module").flatMap((declaration) => {
    const symbol = unit.bindings.declared.get(declaration);
    const info = symbol === undefined ? undefined : moduleOf(symbol, unit.scopes);
    if (info === undefined) return [];
    return [nodes.member(declaration.name.name, lowerModule(lowerer, info, dependencies), declaration.name)];
  });
  const all = [...resources, ...modules];
  const value = symbolicNames
    ? nodes.object(all, START)
    : nodes.array(
        all.map((member) => member.value),
        START,
      );
  return nodes.member("resources", value, START);
}

function outputs(lowerer: Lowerer): MemberNode[] {
  return declarationsOf(lowerer, "output").map((declaration) => output(lowerer, declaration));
}

function output(lowerer: Lowerer, declaration: OutputDeclaration): MemberNode {
  const { nodes } = lowerer.unit;
  const { name, type, decorators, value } = declaration;
  const schema = decoratedSchema(lowerer, type, decorators);
  if (value.kind === "for") {
    schema.set("copy", copyObject(lowerer, value, { name: undefined, input: copyInput(lowerer, value) }), value);
  } else schema.set("value", lowerer.value(value), value);
  return nodes.member(name.name, schema.node(declaration), name);
}

function asserts(lowerer: Lowerer): MemberNode[] {
  const { nodes } = lowerer.unit;
  return declarationsOf(lowerer, "assert").map(({ name, value }) =>
    nodes.authored(name.name, lowerer.value(value), name),
  );
}

/** The types of the outputs alone, in a template of nothing else but the types they name. */
export function lowerOutputTypes(lowerer: Lowerer, imported: ImportedDeclarations): TemplateNode {
  const { nodes } = lowerer.unit;
  const members = declarationsOf(lowerer, "output").map(({ name, type, decorators }) =>
    nodes.member(name.name, decoratedSchema(lowerer, type, decorators).node(type), name),
  );
  return nodes.object([...definitionsMember(lowerer, imported.types), ...section("outputs", members, lowerer)], START);
}
