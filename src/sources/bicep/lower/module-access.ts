import type { ExpressionNode } from "../../../expression/ast.ts";
import type { PropertyAccess } from "../syntax/ast.ts";
import { isSafeAccess } from "./safe-access.ts";
import { Builder } from "./build.ts";
import type { Lowerer } from "./lowerer.ts";
import { moduleName } from "./module-name.ts";
import { DEPLOYMENTS_VERSION, moduleReference, moduleTarget } from "./reference.ts";
import type { MemberUse } from "./resource-access.ts";
import { targetOf, type Target } from "./target.ts";

const SECURE_OUTPUTS = "listOutputsWithSecureValues";

type ModuleTarget = Extract<Target, { readonly kind: "module" }>;

/** Lowers a member of a module: its name, or all of its outputs. */
export function lowerModuleProperty(lowerer: Lowerer, target: ModuleTarget, use: MemberUse): ExpressionNode {
  const { info, context } = target;
  const { place } = use;
  if (use.name !== "name") {
    const isSecret = lowerer.unit.contentOf(info.declaration).secureOutputs.size > 0;
    return lowerOutputs(lowerer, target, { ...use, isSecret });
  }
  const inner = context?.lowerer ?? lowerer;
  return guarded(inner, target, { ...use, value: moduleName(inner, info, { index: context?.index, place }) });
}

function lowerOutputs(
  lowerer: Lowerer,
  target: ModuleTarget,
  use: MemberUse & { readonly isSecret: boolean },
): ExpressionNode {
  const { info, context } = target;
  const { safe, place, isSecret } = use;
  const build = new Builder(place);
  const inner = context?.lowerer ?? lowerer;
  if (isSecret) {
    const asked = moduleTarget(lowerer, info, { context, place });
    return guarded(inner, target, {
      ...use,
      value: build.call(SECURE_OUTPUTS, asked, build.text(DEPLOYMENTS_VERSION)),
    });
  }
  const whole = moduleReference(lowerer, info, { context, place });
  if (!safe) return build.member(whole, "outputs");
  return build.call("tryGet", guarded(inner, target, { ...use, value: whole }), build.text("outputs"));
}

/** Lowers `module.outputs.name`, `outputs` being the inner access. */
export function lowerModuleOutput(lowerer: Lowerer, node: PropertyAccess, outputs: PropertyAccess): ExpressionNode {
  const target = targetOf(lowerer, outputs.base, node);
  const name = node.name.name;
  const build = new Builder(node);
  const module = target?.kind === "module" ? target : undefined;
  const isSecret = module !== undefined && lowerer.unit.contentOf(module.info.declaration).secureOutputs.has(name);
  const use = { name: "outputs", safe: outputs.safe, place: outputs, isSecret };
  const base = module === undefined ? lowerer.expression(outputs) : lowerOutputs(lowerer, module, use);
  const tail = isSecret ? [build.text(name)] : [build.text(name), build.text("value")];
  if (node.safe) return tail.reduce<ExpressionNode>((inner, key) => build.call("tryGet", inner, key), base);
  if (isSafeAccess(base)) return build.call(base.name, ...base.args, ...tail);
  if (isGuard(base)) return build.call("tryGet", base, ...tail);
  return tail.reduce<ExpressionNode>((inner, key) => build.index(inner, key), base);
}

/** Whether the expression gives nothing under some condition. */
function isGuard(node: ExpressionNode): boolean {
  if (node.kind !== "call" || node.name !== "if") return false;
  const last = node.args.at(-1);
  return last?.kind === "call" && last.name === "null";
}

/** Read with `.?`, a module that is not deployed gives nothing. */
function guarded(
  inner: Lowerer,
  { info }: ModuleTarget,
  { safe, place, value }: MemberUse & { readonly value: ExpressionNode },
): ExpressionNode {
  if (!safe || info.condition === undefined) return value;
  const build = new Builder(place);
  return build.call("if", inner.expression(info.condition), value, build.null());
}
