import { sameText } from "../../lib/arm-text.ts";
import { AI_PLAN_READS, isAiPlan, PRICING_TYPE } from "../../plan/queries/defender-plans.ts";
import { firstUnknown } from "../../plan/reading.ts";
import { defineRule } from "../define-rule.ts";
import { fail, notApplicable, open, pass, set } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const AT = "properties.pricingTier";

/** Defender for AI taken away. */
export const aiPlanFree = defineRule({
  id: "defender/ai-plan-free",
  title: "The Defender plan for AI services is downgraded to Free or deleted",
  rationale:
    "Threat detection that is on today stops: from then on nobody is told of jailbreaks, stolen credentials or leaking data.",
  severity: "critical",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(PRICING_TYPE),
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["defender-for-ai"],
  standards: { mcsb: ["LT-1"] },
  equivalents: {
    checkov: ["CKV_AZURE_19"],
    kics: ["2081c7d6-2851-4cce-bda5-cb49d462da42", "819d50fd-1cdf-45c3-9936-be408aaad93e"],
    trivy: ["AVD-AZU-0045"],
  },
  sources: ["https://learn.microsoft.com/azure/defender-for-cloud/ai-onboarding"],
  reads: AI_PLAN_READS,
  subsumes: ["defender/ai-plan-created-free"],
  fix: set(AT, "Standard", { description: "Keep the plan at Standard", impact: "none" }),
  checkTransition({ before, after }) {
    if (before === undefined || !isAiPlan(before)) return notApplicable();
    const earlier = before.properties.string(AT);
    if (earlier.state === "known" && !sameText(earlier.value, "Standard")) return notApplicable();
    if (after === undefined)
      return fail({
        at: "",
        message: `${before.label}: the Defender plan for AI services is deleted`,
        regression: true,
      });
    const later = after.properties.string(AT);
    if (later.state === "known" && sameText(later.value, "Standard")) return pass();
    const unclear = firstUnknown(later, earlier);
    if (unclear !== undefined)
      return open(unclear, {
        at: AT,
        message: `${before.label}: the tier of the AI plan is not known`,
        regression: true,
      });
    return fail({
      at: AT,
      message: `${before.label}: Defender for AI services goes from Standard to Free`,
      expected: "Standard",
      regression: true,
    });
  },
});
