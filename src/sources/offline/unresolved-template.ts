import { fileLocation, type Plan } from "../../plan/plan.ts";

/** The plan of a parameters file whose template lies in a registry and is not at hand: nothing of it could be looked into. */
export function planOfUnresolved(file: string, references: readonly string[]): Plan {
  return {
    source: "bicep",
    scope: null,
    stateBasis: "none",
    resources: [],
    notAnalysed: references.map((resource) => ({
      resource,
      reason: "the module is neither vendored nor in the local Bicep cache",
    })),
    notifications: [],
    outputs: {},
    locate: () => fileLocation(file),
  };
}
