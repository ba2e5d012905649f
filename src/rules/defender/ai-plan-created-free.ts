import { sameText } from "../../lib/arm-text.ts";
import { AI_PLAN_READS, isAiPlan, PRICING_TYPE } from "../../plan/queries/defender-plans.ts";
import { defineRule } from "../define-rule.ts";
import { fail, notApplicable, open, pass, set } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const AT = "properties.pricingTier";

/** Defender for AI declared, but not bought. */
export const aiPlanCreatedFree = defineRule({
  id: "defender/ai-plan-created-free",
  title: "The Defender plan for AI services is set to Free",
  rationale: "A plan at Free detects nothing; written down in code it looks as if somebody had taken care.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(PRICING_TYPE),
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["defender-for-ai"],
  standards: { mcsb: ["LT-1"] },
  equivalents: { checkov: ["CKV_AZURE_19"] },
  sources: ["https://learn.microsoft.com/azure/defender-for-cloud/ai-onboarding"],
  reads: AI_PLAN_READS,
  whenAbsent: "The service refuses a plan without a tier.",
  fix: set(AT, "Standard", { description: "Set the plan to Standard", impact: "none" }),
  check(pricing) {
    if (!isAiPlan(pricing)) return notApplicable();
    const tier = pricing.properties.string(AT);
    if (tier.state === "unknown")
      return open(tier, { at: AT, message: `${pricing.label}: the tier of the AI plan is not known` });
    if (tier.state === "known" && sameText(tier.value, "Standard")) return pass();
    return fail({ at: AT, message: `${pricing.label}: Defender for AI services is set to Free`, expected: "Standard" });
  },
});
