import type { Program, TargetScopeDeclaration } from "../syntax/ast.ts";
import type { ScopeKind } from "../types/type.ts";

/** The scopes that a template can be deployed to, by the words of the language. */
export const SCOPE_NAMES: readonly ScopeKind[] = ["tenant", "managementGroup", "subscription", "resourceGroup"];

/** The scope that a file is deployed to; a resource group unless the file says otherwise. */
export function targetScopeOf({ declarations }: Program): ScopeKind {
  const declaration = declarations.find((candidate): candidate is TargetScopeDeclaration => {
    return candidate.kind === "targetScope";
  });
  const text = declaration?.value.kind === "string" ? declaration.value.segments[0] : undefined;
  return SCOPE_NAMES.find((name) => name === text) ?? "resourceGroup";
}
