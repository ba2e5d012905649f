import type { ExpressionNode } from "../../../expression/ast.ts";
import type { MemberNode, TemplateNode } from "../../arm/template/node.ts";
import type { Expression, ObjectProperty } from "../syntax/ast.ts";
import { keyText, propertiesOf, propertyOf } from "./body.ts";
import { Builder } from "./build.ts";
import type { DependencyLowering } from "./depends-on.ts";
import { copyObject, parameterCopyInput } from "./loop.ts";
import type { Lowerer } from "./lowerer.ts";
import { moduleName } from "./module-name.ts";
import { toExpression } from "./nodes.ts";
import { lowerMembers } from "./object.ts";
import { DEPLOYMENTS_VERSION } from "./reference.ts";
import { copyMember, descriptionMembers } from "./resource.ts";
import { resourceId } from "./resource-id.ts";
import { scopeMembers } from "./scope-members.ts";
import { strip, targetOf } from "./target.ts";
import type { ModuleInfo } from "./unit.ts";

/** What the members of a module's body become other members for. */
const MOVED: ReadonlySet<string> = new Set(["name", "params", "scope", "dependsOn", "extensionConfigs"]);

/** The deployment that a module becomes. */
export function lowerModule(lowerer: Lowerer, info: ModuleInfo, dependencies: DependencyLowering): TemplateNode {
  const { nodes } = lowerer.unit;
  const { declaration, body } = info;
  const members: MemberNode[] = [
    ...loopAndCondition(lowerer, info),
    nodes.member("type", nodes.scalar("Microsoft.Resources/deployments", declaration.keyword), declaration.keyword),
    nodes.member("apiVersion", nodes.scalar(DEPLOYMENTS_VERSION, declaration.keyword), declaration.keyword),
    ...lowerMembers(
      lowerer,
      propertiesOf(body).filter((property) => !MOVED.has(keyText(property) ?? "")),
    ),
    nameMember(lowerer, info),
    ...scopeMembers(lowerer, info.scope, body ?? declaration),
    ...locationMembers(lowerer, info),
    nodes.member("properties", deploymentProperties(lowerer, info), declaration),
  ];
  const dependsOn = dependencies.lower(info.symbol);
  if (dependsOn !== undefined) members.push(dependsOn);
  members.push(...descriptionMembers(lowerer, declaration));
  return nodes.object(members, declaration);
}

function loopAndCondition(lowerer: Lowerer, info: ModuleInfo): MemberNode[] {
  const { nodes } = lowerer.unit;
  const { loop, condition, declaration, symbol } = info;
  const members: MemberNode[] = [];
  if (loop !== undefined) {
    members.push(copyMember(lowerer, loop, { name: symbol.name, decorators: declaration.decorators }));
  }
  if (condition !== undefined) members.push(nodes.member("condition", lowerer.value(condition), condition));
  return members;
}

function nameMember(lowerer: Lowerer, info: ModuleInfo): MemberNode {
  const { nodes } = lowerer.unit;
  const place = info.name ?? info.symbol.place;
  if (info.name !== undefined) return nodes.member("name", lowerer.value(info.name), place);
  return nodes.member("name", nodes.expression(moduleName(lowerer, info, { index: undefined, place }), place), place);
}

/** Deployments outside of resource groups have a location of their own. */
function locationMembers({ unit }: Lowerer, { scope, declaration }: ModuleInfo): MemberNode[] {
  if (scope.kind === "resourceGroup") return [];
  const build = new Builder(declaration.keyword);
  const source = build.call(unit.targetScope === "resourceGroup" ? "resourceGroup" : "deployment");
  const value = unit.nodes.expression(build.member(source, "location"), declaration.keyword);
  return [unit.nodes.member("location", value, declaration.keyword)];
}

function deploymentProperties(lowerer: Lowerer, info: ModuleInfo): TemplateNode {
  const { nodes, contentOf } = lowerer.unit;
  const { declaration, body } = info;
  const place = declaration.keyword;
  const inner = nodes.object([nodes.member("scope", nodes.scalar("inner", place), place)], place);
  const members: MemberNode[] = [
    nodes.member("expressionEvaluationOptions", inner, place),
    nodes.member("mode", nodes.scalar("Incremental", place), place),
  ];
  const params = propertyOf(body, "params");
  const given = params === undefined ? undefined : strip(lowerer.unit, params.value);
  if (params !== undefined && given?.kind === "object") {
    const values = propertiesOf(given).map((property) => parameterMember(lowerer, property));
    members.push(nodes.member("parameters", nodes.object(values, given), params));
  }
  const { template } = contentOf(declaration);
  members.push(nodes.member("template", template, declaration.path));
  return nodes.object(members, declaration);
}

function parameterMember(lowerer: Lowerer, property: ObjectProperty): MemberNode {
  const { nodes } = lowerer.unit;
  const name = keyText(property) ?? "";
  const { value, key } = property;
  if (value.kind !== "for") return nodes.member(name, parameterValue(lowerer, value), key);
  const copy = copyObject(lowerer, value, { name: "value", input: parameterCopyInput(lowerer, value) });
  const member = nodes.member("copy", nodes.array([copy], value), value);
  return nodes.member(name, nodes.object([member], value), key);
}

/** What a module is handed: a value, or a secret of a vault by its reference. */
function parameterValue(lowerer: Lowerer, value: Expression): TemplateNode {
  const { nodes } = lowerer.unit;
  const inner = strip(lowerer.unit, value);
  if (inner.kind === "ternary") return nodes.expression(ternaryParameter(lowerer, inner), value);
  const secret = secretReference(lowerer, inner);
  if (secret !== undefined) return nodes.object([nodes.member("reference", secret, value)], value);
  return nodes.object([nodes.member("value", lowerer.value(value), value)], value);
}

function ternaryParameter(lowerer: Lowerer, node: Extract<Expression, { kind: "ternary" }>): ExpressionNode {
  return new Builder(node).call(
    "if",
    lowerer.expression(node.condition),
    toExpression(parameterValue(lowerer, node.whenTrue)),
    toExpression(parameterValue(lowerer, node.whenFalse)),
  );
}

/** `vault.getSecret(…)` as a reference. */
function secretReference(lowerer: Lowerer, node: Expression): TemplateNode | undefined {
  if (node.kind !== "instanceCall" || node.name.name !== "getSecret") return undefined;
  const target = targetOf(lowerer, node.base, node);
  if (target?.kind !== "resource") return undefined;
  const { nodes } = lowerer.unit;
  const id = resourceId(target.context?.lowerer ?? lowerer, target.info, node.base);
  const vault = nodes.object([nodes.member("id", nodes.expression(id, node.base), node.base)], node.base);
  const members = [nodes.member("keyVault", vault, node.base)];
  for (const [index, { value }] of node.arguments.entries()) {
    members.push(nodes.member(index === 0 ? "secretName" : "secretVersion", lowerer.value(value), value));
  }
  return nodes.object(members, node);
}
