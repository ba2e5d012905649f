import { sameText } from "../../lib/arm-text.ts";
import { MODEL_NAME_READS } from "../../plan/queries/models.ts";
import type { ResourceView } from "../../plan/world.ts";
import { checkFilteredModel } from "../checks/filtered-model.ts";
import { defineRule } from "../define-rule.ts";
import { fail, open, type Outcome, pass, set } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts/deployments";
const AT = "properties.raiPolicyName";

/** Meant to switch the filter off, and misspelt. */
export const deploymentFilterMisspelt = defineRule({
  id: "content-safety/deployment-filter-misspelt",
  title: "A model deployment names the no-filter policy in a misspelt form",
  rationale:
    "Microsoft.Nill, copied from sample to sample, shows that somebody meant to remove the filters; the next correction of the typo does.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  whenAbsent: "The service applies its default policy, which filters.",
  profiles: ["recommended", "strict", "network-isolated", "sandbox"],
  topics: ["jailbreaks"],
  standards: { mcsb: ["AI-2"], owaspLlm: ["LLM01"] },
  sources: ["https://learn.microsoft.com/azure/ai-foundry/openai/how-to/content-filters"],
  reads: [{ type: TYPE, path: AT }, ...MODEL_NAME_READS],
  fix: set(AT, "Microsoft.DefaultV2", { description: "Select a policy that filters", impact: "none" }),
  check: (deployment) => checkFilteredModel(deployment, () => checkFilter(deployment)),
});

function checkFilter(deployment: ResourceView): Outcome {
  const name = deployment.properties.string(AT);
  if (name.state === "unknown")
    return open(name, { at: AT, message: `${deployment.label}: which content filter applies is not known` });
  if (name.state === "absent" || !sameText(name.value, "Microsoft.Nill")) return pass();
  return fail({
    at: AT,
    message: `${deployment.label} names the policy ${name.value}, a misspelt Microsoft.Nil`,
    expected: "Microsoft.DefaultV2",
  });
}
