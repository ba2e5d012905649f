import { CONTRIBUTOR_ROLE } from "../../plan/queries/role-assignments.ts";
import { checkWorkloadRole, WORKLOAD_ROLE_READS } from "../checks/workload-role.ts";
import { defineRule } from "../define-rule.ts";
import { resourceType } from "../selectors.ts";

/** A workload identity is Contributor. */
export const workloadContributor = defineRule({
  id: "control-plane/workload-contributor",
  title: "A workload identity is Contributor",
  rationale: "Whoever takes over the application can list keys, open the network and weaken content filters.",
  severity: "high",
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
  check: (assignment) => checkWorkloadRole(assignment, CONTRIBUTOR_ROLE),
});
