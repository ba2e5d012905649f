import { MODEL_NAME_READS } from "../../plan/queries/models.ts";
import type { ResourceView } from "../../plan/world.ts";
import { checkFilteredModel } from "../checks/filtered-model.ts";
import { defineRule } from "../define-rule.ts";
import { fail, open, type Outcome, pass, set } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts/deployments";
const AT = "properties.raiPolicyName";

/** A deployment that leaves its content filter to the platform's default. */
export const deploymentRaiPolicyMissing = defineRule({
  id: "content-safety/deployment-rai-policy-missing",
  title: "A model deployment does not pin its content-filter policy",
  rationale:
    "The platform's default of the day applies, without a shield against instructions hidden in documents, and it can change without a review.",
  severity: "medium",
  confidence: "medium",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  whenAbsent: "The service applies its default policy for the model.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["jailbreaks"],
  standards: { mcsb: ["AI-2"], owaspLlm: ["LLM01"] },
  sources: ["https://learn.microsoft.com/azure/ai-foundry/openai/concepts/default-safety-policies"],
  reads: [{ type: TYPE, path: AT }, ...MODEL_NAME_READS],
  fix: set(AT, "Microsoft.DefaultV2", { description: "Name the policy, best one of your own", impact: "none" }),
  check: (deployment) => checkFilteredModel(deployment, () => checkFilter(deployment)),
});

function checkFilter(deployment: ResourceView): Outcome {
  const name = deployment.properties.string(AT);
  if (name.state === "unknown")
    return open(name, { at: AT, message: `${deployment.label}: which content filter applies is not known` });
  if (name.state === "known" && name.value !== "") return pass();
  return fail({ at: AT, message: `${deployment.label} does not say which content filter applies` });
}
