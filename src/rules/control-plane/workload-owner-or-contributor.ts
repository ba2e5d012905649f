import { PRIVILEGED_ROLES } from "../../plan/queries/role-assignments.ts";
import { checkWorkloadRole, WORKLOAD_ROLE_READS } from "../checks/workload-role.ts";
import { defineRule } from "../define-rule.ts";
import { resourceType } from "../selectors.ts";

/** A workload identity may grant roles or owns its scope. */
export const workloadOwnerOrContributor = defineRule({
  id: "control-plane/workload-owner-or-contributor",
  title: "A workload identity may grant roles or owns its scope",
  rationale:
    "Whoever takes over the application can list keys, open the network, weaken content filters and give the same rights to others.",
  severity: "critical",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType("Microsoft.Authorization/roleAssignments"),
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["control-plane"],
  standards: { mcsb: ["PA-1"], owaspLlm: ["LLM06"] },
  sources: ["https://learn.microsoft.com/azure/ai-foundry/openai/how-to/role-based-access-control"],
  reads: WORKLOAD_ROLE_READS,
  fix: {
    description: "Grant the data role the workload needs, for example Cognitive Services OpenAI User",
    impact: "breaking",
    edits: [],
  },
  check: (assignment) => checkWorkloadRole(assignment, PRIVILEGED_ROLES),
});
