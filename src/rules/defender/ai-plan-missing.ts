import { sameText } from "../../lib/arm-text.ts";
import { aiPlanOf, AI_PLAN_READS, PRICING_TYPE } from "../../plan/queries/defender-plans.ts";
import { defineRule } from "../define-rule.ts";
import { fail, open, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

/** A subscription with models and without Defender for AI. */
export const aiPlanMissing = defineRule({
  id: "defender/ai-plan-missing",
  title: "Microsoft Defender for AI services does not watch the subscription of an Azure AI account",
  rationale: "Nobody is told of jailbreak attempts, stolen credentials in use or data leaking through the model.",
  severity: "high",
  confidence: "medium",
  introducedIn: "1.0.0",
  appliesTo: resourceType("Microsoft.CognitiveServices/accounts"),
  whenAbsent: "The plan is Free: Defender watches nothing.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["defender-for-ai"],
  standards: { mcsb: ["LT-1"], azurePolicy: ["c2c0c6d8-007b-4a48-8d9b-3539bddd8e87"], owaspLlm: ["LLM01", "LLM02"] },
  sources: ["https://learn.microsoft.com/azure/defender-for-cloud/ai-threat-protection"],
  reads: AI_PLAN_READS,
  family: "defender",
  fix: {
    description: 'Plan Microsoft.Security/pricings "AI" with pricingTier Standard for the subscription',
    impact: "none",
    edits: [],
  },
  check(account) {
    if (account.world.isAssumed(PRICING_TYPE, "AI")) return pass();
    const plan = aiPlanOf(account);
    const unclear = {
      at: "",
      message: `${account.label}: the Defender plan of its subscription is not in sight`,
      family: "defender",
    } as const;
    if (plan.state === "unknown") return open(plan, unclear);
    const tier = plan.value.properties.string("properties.pricingTier");
    if (tier.state === "unknown") return open(tier, unclear);
    if (tier.state === "known" && sameText(tier.value, "Standard")) return pass();
    return fail({ at: "", message: `${account.label} is in a subscription whose AI plan is Free` });
  },
});
