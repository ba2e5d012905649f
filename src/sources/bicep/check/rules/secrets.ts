import type { Expression, InstanceCall, ModuleDeclaration, ObjectProperty, SyntaxNode } from "../../syntax/ast.ts";
import type { FileContext } from "../context.ts";
import type { BicepType } from "../../types/type.ts";
import { memberNamed, nameOfMember } from "../members.ts";
import { namedDeployable } from "./collection.ts";
import { objectOfBody } from "../../binder/collect.ts";

/** Reports a secret of a key vault that is read anywhere but for a secure parameter of a module. */
export function checkSecret(context: FileContext, node: SyntaxNode): void {
  if (node.kind !== "instanceCall" || node.name.name !== "getSecret") return;
  const base = context.typeOf(node.base);
  const isVault = base.kind === "resource" && base.type.toLowerCase() === "microsoft.keyvault/vaults";
  if (!isVault || isForSecureParameter(context, node)) return;
  context.report("BCP180", node, [node.name.name]);
}

function isForSecureParameter(context: FileContext, node: InstanceCall): boolean {
  let inner: Expression = node;
  let outer = context.bindings.parents.get(node);
  while (outer?.kind === "ternary" && outer.condition !== inner) {
    inner = outer;
    outer = context.bindings.parents.get(outer);
  }
  if (outer?.kind !== "member") return false;
  const module = moduleOfParameter(context, outer);
  if (module === undefined) return false;
  const model = context.modelOf(module);
  const parameter = typeof model === "string" ? undefined : model.parameters.get(nameOfMember(outer) ?? "");
  return parameter === undefined || parameter.secure;
}

/** The module that a member is a parameter for. */
function moduleOfParameter({ bindings }: FileContext, member: ObjectProperty): ModuleDeclaration | undefined {
  const params = bindings.parents.get(member);
  let outer = params === undefined ? undefined : bindings.parents.get(params);
  while (outer !== undefined && outer.kind !== "module") outer = bindings.parents.get(outer);
  const body = outer === undefined ? undefined : objectOfBody(outer.value);
  return body !== undefined && memberNamed(body, "params")?.value === params ? outer : undefined;
}

/** Reports a secret output of a module that is reached in a roundabout way. */
export function checkSecureOutput(context: FileContext, node: SyntaxNode): void {
  if (node.kind !== "property" || node.base.kind !== "property") return;
  const { base: module, name } = node.base;
  if (name.name !== "outputs" || isDirect(context, module)) return;
  const type = context.typeOf(module);
  const isSecure = type.kind === "module" && isSecret(type.body.properties.get("outputs")?.type(), node.name.name);
  if (isSecure) context.report("BCP426", node.name);
}

function isSecret(outputs: BicepType | undefined, name: string): boolean {
  const output = outputs?.kind === "object" ? outputs.properties.get(name)?.type() : undefined;
  return output !== undefined && "secure" in output && output.secure;
}

function isDirect(context: FileContext, node: Expression): boolean {
  const named = node.kind === "index" ? node.base : node;
  return namedDeployable(context, named) !== undefined;
}
