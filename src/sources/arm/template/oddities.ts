import type { Expansion } from "./expansion.ts";
import type { PlannedEntry } from "./planned-resources.ts";

/** @see https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
const MAX_RESOURCES = 800;

/** Says what Resource Manager would refuse although each resource by itself is sound. */
export function noteOddities(entries: readonly PlannedEntry[], expansion: Expansion): void {
  for (const { planned } of entries) {
    if (!planned.type.startsWith("[")) continue;
    const fact = `the type ${planned.type} is an expression, which Resource Manager does not evaluate`;
    expansion.notify("warning", "type-is-expression", fact);
  }
  if (entries.length <= MAX_RESOURCES) return;
  const fact = `${entries.length} resources would be deployed: Resource Manager takes at most ${MAX_RESOURCES} in one template`;
  expansion.notify("warning", "too-many-resources", fact);
}
