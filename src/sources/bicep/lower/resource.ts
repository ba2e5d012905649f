import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { Decorator, ForExpression, ResourceDeclaration } from "../syntax/ast.ts";
import { keyText, propertiesOf } from "./body.ts";
import { conditionValue } from "./condition.ts";
import { appliedDecorators, decoratorOf } from "./decorators.ts";
import { descriptionOf } from "./description.ts";
import type { DependencyLowering } from "./depends-on.ts";
import { copyObject } from "./loop.ts";
import type { Lowerer } from "./lowerer.ts";
import { lowerMembers } from "./object.ts";
import { spanBetween } from "../syntax/span.ts";
import { extensionOf } from "./extensions.ts";
import { fullName } from "./resource-id.ts";
import type { ResourceInfo } from "./resource-table.ts";
import { scopeMembers } from "./scope-members.ts";

/** What the members of a resource's body become other members for. */
const MOVED: ReadonlySet<string> = new Set(["name", "scope", "parent", "dependsOn"]);

/** A resource of the template. */
export function lowerResource(lowerer: Lowerer, info: ResourceInfo, dependencies: DependencyLowering): TemplateNode {
  const { nodes } = lowerer.unit;
  const { declaration } = info;
  const members: MemberNode[] = [
    ...loopMembers(lowerer, info),
    ...conditionMembers(lowerer, info),
    ...typeMembers(lowerer, info),
    ...scopeMembers(lowerer, lowerer.unit.scopes.ofResource(info), info.body ?? declaration),
    ...bodyMembers(lowerer, info),
  ];
  const dependsOn = dependencies.lower(info.symbol);
  if (dependsOn !== undefined) members.push(dependsOn);
  members.push(...descriptionMembers(lowerer, declaration));
  // Whoever is sent to a resource looks for its name, not for its first decorator.
  return nodes.object(members, spanBetween(declaration.keyword, declaration));
}

/** The description of a resource or module becomes its metadata. */
export function descriptionMembers(
  lowerer: Lowerer,
  { decorators }: { readonly decorators: readonly Decorator[] },
): MemberNode[] {
  const description = descriptionOf(lowerer, decorators);
  if (description === undefined) return [];
  const { nodes } = lowerer.unit;
  const members = [nodes.member("description", description.value, description.node)];
  return [nodes.member("metadata", nodes.object(members, description.node), description.node)];
}

/** The loop of a resource or module. */
export function copyMember(
  lowerer: Lowerer,
  loop: ForExpression,
  { name, decorators }: { readonly name: string; readonly decorators: readonly Decorator[] },
): MemberNode {
  const [size] = decoratorOf(decorators, "batchSize")?.arguments ?? [];
  const batchSize = size?.kind === "integer" ? size.value : undefined;
  return lowerer.unit.nodes.member("copy", copyObject(lowerer, loop, { name, batchSize }), loop);
}

function loopMembers(lowerer: Lowerer, info: ResourceInfo): MemberNode[] {
  const { decorators } = info.declaration;
  if (info.loop !== undefined) return [copyMember(lowerer, info.loop, { name: info.symbolicName, decorators })];
  const outer = info.ancestors.find(({ nested, resource }) => nested && resource.loop !== undefined)?.resource;
  if (outer?.loop === undefined) return [];
  return [copyMember(lowerer, outer.loop, { name: outer.symbolicName, decorators })];
}

function conditionMembers(lowerer: Lowerer, info: ResourceInfo): MemberNode[] {
  const condition = conditionValue(lowerer, info);
  if (condition === undefined) return [];
  return [lowerer.unit.nodes.member("condition", condition, info.condition ?? info.declaration)];
}

function typeMembers(lowerer: Lowerer, info: ResourceInfo): MemberNode[] {
  const { nodes } = lowerer.unit;
  const { declaration, type, apiVersion, isAzure } = info;
  const place = declaration.type;
  const members: MemberNode[] = [];
  if (declaration.existing)
    members.push(nodes.member("existing", nodes.scalar(true, declaration.keyword), declaration.keyword));
  const extension = isAzure ? undefined : extensionOf(lowerer.unit, info);
  if (extension !== undefined) members.push(nodes.member("import", nodes.scalar(extension, place), place));
  if (!isAzure) return [...members, nodes.member("type", nodes.scalar(`${type}@${apiVersion ?? ""}`, place), place)];
  members.push(...optionMembers(lowerer, declaration), nodes.member("type", nodes.scalar(type, place), place));
  if (apiVersion !== undefined) members.push(nodes.member("apiVersion", nodes.scalar(apiVersion, place), place));
  return members;
}

/** Decorators that tell Resource Manager how to deploy. */
function optionMembers(lowerer: Lowerer, { decorators }: ResourceDeclaration): MemberNode[] {
  const { nodes } = lowerer.unit;
  const options = appliedDecorators(decorators).filter(({ name }) =>
    ["onlyIfNotExists", "retryOn", "waitUntil"].includes(name),
  );
  const [first] = options;
  if (first === undefined) return [];
  const members = options.map(({ name, node, arguments: given }) =>
    nodes.member(
      name,
      nodes.array(
        given.map((argument) => lowerer.value(argument)),
        node,
      ),
      node,
    ),
  );
  return [nodes.member("@options", nodes.object(members, first.node), first.node)];
}

function bodyMembers(lowerer: Lowerer, info: ResourceInfo): MemberNode[] {
  const { nodes } = lowerer.unit;
  const place = info.name ?? info.declaration;
  const all = propertiesOf(info.body);
  if (!info.isAzure) {
    const members = lowerMembers(
      lowerer,
      all.filter((property) => keyText(property) !== "dependsOn"),
    );
    return [nodes.member("properties", nodes.object(members, info.body ?? info.declaration), place)];
  }
  const full = fullName(lowerer, info);
  const value = full.kind === "integer" ? nodes.unevaluated(full, place) : nodes.expression(full, place);
  const name = nodes.member("name", value, place);
  return [
    name,
    ...lowerMembers(
      lowerer,
      all.filter((property) => !MOVED.has(keyText(property) ?? "")),
    ),
  ];
}
