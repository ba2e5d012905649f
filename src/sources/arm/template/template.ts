import type { DeploymentKind } from "../../../expression/scope.ts";
import { type MemberNode, memberOf, type TemplateNode, valueOf } from "./node.ts";
import { literalText, membersOf } from "./literal.ts";
import { kindOf } from "./schema.ts";
import { checkShape } from "./template-shape.ts";

/** A template taken apart: what it declares, each with the node it is written in. */
export interface Template {
  readonly node: TemplateNode;
  /** The level that `$schema` names. */
  readonly kind: DeploymentKind | null;
  readonly contentVersion: string;
  /** `languageVersion` 2.0: resources have symbolic names, types may be nullable. */
  readonly isSymbolic: boolean;
  readonly parameters: readonly MemberNode[];
  readonly variables: TemplateNode | undefined;
  readonly functions: TemplateNode | undefined;
  readonly definitions: TemplateNode | undefined;
  readonly resources: readonly ResourceDeclaration[];
  readonly outputs: readonly MemberNode[];
}

/** A resource as declared, before its loop is unrolled. */
export interface ResourceDeclaration {
  readonly node: TemplateNode;
  /** Its symbolic name, with those of the resources it is declared in: `parent::child`. */
  readonly symbol: string | null;
  /** The resource that it is declared in. */
  readonly parent: ResourceDeclaration | null;
  readonly children: readonly ResourceDeclaration[];
  /** As written: an expression here is not evaluated by Resource Manager. */
  readonly type: string;
  readonly isExisting: boolean;
  /** Its loop, when it has one. */
  readonly copy: TemplateNode | undefined;
}

/**
 * Takes a template apart.
 *
 * @param isNested whether it stands in another one: then Resource Manager does not mind members that it does not know
 * @throws GateError TEMPLATE_INVALID when it has not the shape of a template
 */
export function readTemplate(node: TemplateNode, isNested: boolean): Template {
  if (!isNested) checkShape(node);
  const version = valueOf(node, "languageVersion");
  const resources = valueOf(node, "resources");
  const contentVersion = literalText(valueOf(node, "contentVersion"));
  return {
    node,
    kind: kindOf(literalText(valueOf(node, "$schema")) ?? ""),
    contentVersion: contentVersion ?? "1.0.0.0",
    isSymbolic: version !== undefined || resources?.kind === "object",
    parameters: membersOf(valueOf(node, "parameters")),
    variables: valueOf(node, "variables"),
    functions: valueOf(node, "functions"),
    definitions: valueOf(node, "definitions"),
    resources: readResources(resources, null),
    outputs: membersOf(valueOf(node, "outputs")),
  };
}

function readResources(
  node: TemplateNode | undefined,
  parent: ResourceDeclaration | null,
): readonly ResourceDeclaration[] {
  if (node?.kind === "array") return node.elements.map((element) => readResource(element, null, parent));
  return membersOf(node).map(({ name, value }) => readResource(value, name, parent));
}

function readResource(
  node: TemplateNode,
  symbol: string | null,
  parent: ResourceDeclaration | null,
): ResourceDeclaration {
  const existing = valueOf(node, "existing");
  const children: ResourceDeclaration[] = [];
  const declaration: ResourceDeclaration = {
    node,
    symbol,
    parent,
    children,
    type: typeOf(node, parent),
    isExisting: existing?.kind === "scalar" && existing.value === true,
    copy: memberOf(node, "copy")?.value,
  };
  children.push(...readResources(valueOf(node, "resources"), declaration));
  return declaration;
}

function typeOf(node: TemplateNode, parent: ResourceDeclaration | null): string {
  const own = literalText(valueOf(node, "type")) ?? "";
  if (parent === null) return own;
  // Children may repeat the parent's type; extension resources of the parent are written `Namespace/type`.
  return own.toLowerCase().startsWith(`${parent.type.toLowerCase()}/`) ? own : `${parent.type}/${own}`;
}
