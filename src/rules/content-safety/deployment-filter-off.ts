import { sameText } from "../../lib/arm-text.ts";
import { contentFiltersOf, raiPolicyOf } from "../../plan/queries/content-filters.ts";
import { MODEL_NAME_READS } from "../../plan/queries/models.ts";
import type { ResourceView } from "../../plan/world.ts";
import { checkFilteredModel } from "../checks/filtered-model.ts";
import { defineRule } from "../define-rule.ts";
import { fail, open, type Outcome, pass, set } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts/deployments";
const POLICY_TYPE = "Microsoft.CognitiveServices/accounts/raiPolicies";
const AT = "properties.raiPolicyName";

/** A model without any content filter. */
export const deploymentFilterOff = defineRule({
  id: "content-safety/deployment-filter-off",
  title: "A model deployment runs without content filters",
  rationale:
    "Microsoft.Nil, or a policy that switches every filter off, removes the harm filters and the jailbreak shield at once: whatever is typed in or read from a document reaches the model, and whatever it answers reaches the user.",
  severity: "critical",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  whenAbsent: "The service applies its default policy, which filters.",
  profiles: ["recommended", "strict", "network-isolated", "sandbox"],
  topics: ["jailbreaks"],
  standards: { mcsb: ["AI-2"], owaspLlm: ["LLM01", "LLM05"] },
  sources: ["https://learn.microsoft.com/azure/ai-foundry/openai/how-to/content-filters"],
  reads: [
    { type: TYPE, path: AT },
    ...MODEL_NAME_READS,
    { type: POLICY_TYPE, path: "properties.format" },
    { type: POLICY_TYPE, path: "properties.contentFilters[].name" },
    { type: POLICY_TYPE, path: "properties.contentFilters[].enabled" },
  ],
  fix: set(AT, "Microsoft.DefaultV2", { description: "Select a policy that filters", impact: "none" }),
  check: (deployment) => checkFilteredModel(deployment, () => checkFilter(deployment)),
});

function checkFilter(deployment: ResourceView): Outcome {
  const name = deployment.properties.string(AT);
  if (name.state === "unknown")
    return open(name, { at: AT, message: `${deployment.label}: which content filter applies is not known` });
  if (name.state === "absent") return pass();
  if (sameText(name.value, "Microsoft.Nil")) {
    return fail({
      at: AT,
      message: `${deployment.label} runs without content filters (${name.value})`,
      expected: "Microsoft.DefaultV2",
    });
  }
  const policy = raiPolicyOf(deployment);
  return policy.state === "known" ? checkPolicy(deployment, policy.value) : pass();
}

function checkPolicy(deployment: ResourceView, policy: ResourceView): Outcome {
  const filters = contentFiltersOf(policy);
  const unclear = { at: AT, message: `${deployment.label}: the filters of the policy it selects are not known` };
  if (filters.state === "unknown") return open(filters, unclear);
  if (filters.state === "absent" || filters.value.length === 0) return pass();
  const states = filters.value.map(({ reader }) => reader.boolean("enabled"));
  const unknownState = states.find((state) => state.state === "unknown");
  if (states.some((state) => state.state === "absent" || (state.state === "known" && state.value))) return pass();
  if (unknownState?.state === "unknown") return open(unknownState, unclear);
  return fail({ at: AT, message: `${deployment.label} selects a policy that switches every filter off` });
}
