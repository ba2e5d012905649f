import { objectOfBody } from "../../binder/collect.ts";
import type { Expression, IfCondition, ModuleDeclaration, ResourceDeclaration, SyntaxNode } from "../../syntax/ast.ts";
import { enclosingResource } from "../body/resource-reference.ts";
import type { FileContext } from "../context.ts";
import { memberNamed } from "../members.ts";
import { namedDeployable } from "./collection.ts";

type Deployable = ModuleDeclaration | ResourceDeclaration;

/** The value of a member of the body of a resource or module. */
export function bodyMember({ value }: Deployable, name: string): Expression | undefined {
  const body = objectOfBody(value);
  return body === undefined ? undefined : memberNamed(body, name)?.value;
}

/** Whether it depends on a condition that a resource or module is deployed, or any turn of its loop. */
export function isConditional({ value }: Deployable): boolean {
  const body: Expression | IfCondition = value.kind === "for" ? value.body : value;
  return body.kind === "if";
}

/** The resource that another is a child of, by nesting or by name. */
export function parentOf(context: FileContext, declaration: ResourceDeclaration): ResourceDeclaration | undefined {
  const parent = bodyMember(declaration, "parent");
  if (parent === undefined) return enclosingResource(context, declaration);
  const named: SyntaxNode = parent.kind === "index" ? parent.base : parent;
  const found = namedDeployable(context, named)?.declaration;
  return found?.kind === "resource" ? found : undefined;
}

/** All resources and modules of a file, nested ones included. */
export function* deployables({ bindings }: FileContext): Generator<Deployable> {
  for (const { declaration } of bindings.declared.values()) {
    if (declaration.kind === "resource" || declaration.kind === "module") yield declaration;
  }
}

/** Whether a resource is a child of another one. */
export function isChild(context: FileContext, declaration: ResourceDeclaration): boolean {
  return bodyMember(declaration, "parent") !== undefined || enclosingResource(context, declaration) !== undefined;
}
