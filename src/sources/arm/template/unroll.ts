import { ExpressionFailure } from "../../../expression/failure.ts";
import type { CopyLoop, CopyScope, Scope } from "../../../expression/scope.ts";
import { Unknown } from "../../../expression/value.ts";
import { textOf, toCount } from "./copy.ts";
import { literalText } from "./literal.ts";
import type { Frame, Resource } from "./model.ts";
import { valueOf } from "./node.ts";
import { refuseTemplate } from "./refusal.ts";
import { DeclaredResource, type ResourceHost } from "./resource.ts";
import type { ResourceDeclaration } from "./template.ts";

interface Unrolling {
  readonly frame: Frame;
  readonly host: ResourceHost;
}

/** All resources that a template declares, each turn of a loop for itself, children behind their parents. @throws GateError */
export function unroll(unrolling: Unrolling): readonly Resource[] {
  const resources: Resource[] = [];
  addAll(unrolling.frame.template.resources, {
    ...unrolling,
    parent: null,
    copy: unrolling.frame.scopeAt("resource").copy ?? null,
    resources,
  });
  return resources;
}

interface Level extends Unrolling {
  readonly parent: Resource | null;
  readonly copy: CopyScope | null;
  readonly resources: Resource[];
}

function addAll(declarations: readonly ResourceDeclaration[], level: Level): void {
  for (const declaration of declarations) {
    for (const copy of turnsOf(declaration, level)) {
      level.frame.expansion.count(declaration.node);
      const { frame, host, parent, resources } = level;
      const resource = new DeclaredResource({ frame, host, declaration, parent, copy });
      resources.push(resource);
      if (declaration.children.length > 0) addAll(declaration.children, { ...level, parent: resource, copy });
    }
  }
}

/** The loop position of each turn; one turn without a loop of its own for a resource that has none. */
function turnsOf(declaration: ResourceDeclaration, { frame, parent, copy }: Level): readonly (CopyScope | null)[] {
  // A loop of a child within its parent is no loop. Found with the Bicep CLI 0.49.2.
  if (declaration.copy === undefined || parent !== null) return [copy];
  const count = countOf(declaration, frame, copy);
  const name = loopName(declaration, frame, copy);
  if (count instanceof Unknown) {
    frame.expansion.leaveOut(labelOf(declaration), "how often its loop runs is known only during the deployment");
    return [];
  }
  if (count === 0) checkDependencies(declaration, frame);
  return Array.from({ length: count }, (_, index) => withLoop(copy, { name, index }));
}

/** Without symbolic names Resource Manager works out what a loop without turns depends on. Found with the Bicep CLI 0.49.2. */
function checkDependencies(declaration: ResourceDeclaration, frame: Frame): void {
  const dependsOn = valueOf(declaration.node, "dependsOn");
  if (frame.template.isSymbolic || dependsOn?.kind !== "array") return;
  const { evaluator, nodes } = frame.expansion;
  for (const element of dependsOn.elements) {
    if (/copyIndex\s*\(/i.test(literalText(element) ?? "")) continue;
    const result = evaluator.guard(() => nodes.evaluate(element, frame.scopeAt("resource")));
    if (!result.ok)
      refuseTemplate(`the template resource '${labelOf(declaration)}' is not valid: ${result.error.message}`, element);
  }
}

function withLoop(outer: CopyScope | null, loop: CopyLoop): CopyScope {
  return { current: loop, loops: [...(outer?.loops ?? []), loop] };
}

function scopeOf(frame: Frame, copy: CopyScope | null): Scope {
  const scope = frame.scopeAt("resource");
  return copy === null ? scope : { ...scope, copy };
}

function countOf(declaration: ResourceDeclaration, frame: Frame, copy: CopyScope | null): number | Unknown {
  const node = valueOf(declaration.copy, "count");
  if (node === undefined) return 0;
  const { evaluator, nodes } = frame.expansion;
  const value = evaluator.guard(() => nodes.evaluate(node, scopeOf(frame, copy)));
  if (!value.ok)
    return refuseTemplate(`the template resource '${labelOf(declaration)}' is not valid: ${value.error.message}`, node);
  try {
    return toCount(value.value);
  } catch (failure) {
    if (failure instanceof ExpressionFailure) return refuseTemplate(failure.message, node);
    throw failure;
  }
}

function loopName(declaration: ResourceDeclaration, frame: Frame, copy: CopyScope | null): string {
  const node = valueOf(declaration.copy, "name");
  let name = "";
  const result = frame.expansion.evaluator.guard(
    () => (name = textOf(frame.expansion.nodes, node, scopeOf(frame, copy))),
  );
  return result.ok ? name : (literalText(node) ?? "");
}

/** What messages call a declaration. */
export function labelOf({ node, symbol, type }: ResourceDeclaration): string {
  return symbol ?? literalText(valueOf(node, "name")) ?? type;
}
