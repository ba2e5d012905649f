import { Unknown } from "../../../expression/value.ts";
import type { Expansion } from "./expansion.ts";
import type { PlannedEntry } from "./planned-resources.ts";

/** @see https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
const MAX_RESOURCES = 800;

/** Says what Resource Manager would refuse although each resource by itself is sound. */
export function noteOddities(entries: readonly PlannedEntry[], expansion: Expansion): void {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { planned, resource } of entries) {
    const { id, type } = planned;
    if (type.startsWith("["))
      expansion.notify(
        "warning",
        "type-is-expression",
        `the type ${type} is an expression, which Resource Manager does not evaluate`,
      );
    if (id instanceof Unknown) continue;
    if (seen.has(id.key) && !twice.has(id.key)) {
      twice.add(id.key);
      expansion.notify("warning", "resource-declared-twice", `${id.text} is declared more than once: each is judged`);
    }
    seen.add(id.key);
    void resource;
  }
  if (expansion.request.template.kind === "object" && entries.length > MAX_RESOURCES) {
    expansion.notify(
      "warning",
      "too-many-resources",
      `${entries.length} resources would be deployed: Resource Manager takes at most ${MAX_RESOURCES} in one template`,
    );
  }
}
