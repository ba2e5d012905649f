import type { ExpressionNode } from "../../../expression/ast.ts";
import { resolvedImport } from "./imported-name.ts";
import type { ArrayAccess, Expression, PropertyAccess } from "../syntax/ast.ts";
import { literalText, unwrap } from "./body.ts";
import { Builder } from "./build.ts";
import type { Lowerer } from "./lowerer.ts";
import { lowerModuleOutput, lowerModuleProperty } from "./module-access.ts";
import { isModule } from "./module-type.ts";
import { lowerResourceProperty } from "./resource-access.ts";
import { isSafeAccess } from "./safe-access.ts";
import { anyArgument, strip, targetOf } from "./target.ts";
import type { FileUnit } from "./unit.ts";

/** What reads a member: `base.name`, `base[index]` and their safe forms. */
interface Access {
  readonly node: ArrayAccess | PropertyAccess;
  readonly base: ExpressionNode;
  readonly accessor: ExpressionNode;
}

/** Lowers `base.name` and `base.?name`. */
export function lowerProperty(lowerer: Lowerer, node: PropertyAccess): ExpressionNode {
  const { unit } = lowerer;
  const name = node.name.name;
  const symbol = unit.bindings.uses.get(node.base);
  if (symbol?.kind === "wildcard") return resolvedImport(lowerer, symbol.declaration, { name, place: node });
  if (!isOutputs(node.base) || !isModule(unit, node.base.base)) return lowerNamed(lowerer, node, name);
  return lowerModuleOutput(lowerer, node, node.base);
}

function isOutputs(node: Expression): node is PropertyAccess {
  return node.kind === "property" && node.name.name === "outputs";
}

/** Lowers `base[index]`, `base[?index]` and `base[^index]` of anything but resources and modules of loops. */
export function lowerIndex(lowerer: Lowerer, node: ArrayAccess): ExpressionNode {
  const name = literalText(strip(lowerer.unit, node.index));
  if (name !== undefined && !node.fromEnd) return lowerNamed(lowerer, node, name);
  const base = lowerer.expression(node.base);
  return lowerAccess(lowerer.unit, { node, base, accessor: lowerer.expression(node.index) });
}

function lowerNamed(lowerer: Lowerer, node: ArrayAccess | PropertyAccess, name: string): ExpressionNode {
  const target = targetOf(lowerer, node.base, node);
  const use = { name, safe: node.safe, place: node };
  if (target?.kind === "resource") return lowerResourceProperty(lowerer, target, use);
  if (target?.kind === "module") return lowerModuleProperty(lowerer, target, use);
  const accessor = new Builder(node.kind === "property" ? node.name : node.index).text(name);
  return lowerAccess(lowerer.unit, { node, base: lowerer.expression(node.base), accessor });
}

function lowerAccess(unit: FileUnit, { node, base, accessor }: Access): ExpressionNode {
  const build = new Builder(node);
  const fromEnd = node.kind === "index" && node.fromEnd;
  if (node.safe) return build.call(fromEnd ? "tryIndexFromEnd" : "tryGet", base, accessor);
  if (isSafeAccess(base) && isAccess(unit, node.base)) {
    const end = [build.text("value"), accessor, build.text("fromEnd"), build.boolean(true)];
    return build.call(base.name, ...base.args, fromEnd ? build.call("createObject", ...end) : accessor);
  }
  return fromEnd ? build.call("indexFromEnd", base, accessor) : build.index(base, accessor);
}

function isAccess(unit: FileUnit, node: Expression): boolean {
  if (node.kind === "property" || node.kind === "index") return true;
  if (node.kind === "nonNull") return isAccess(unit, node.operand);
  const argument = node.kind === "parenthesized" ? undefined : anyArgument(unit, unwrap(node));
  return argument !== undefined && isAccess(unit, argument);
}
