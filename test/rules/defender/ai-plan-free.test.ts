import { Unknown } from "../../../src/expression/value.ts";
import { aiPlanFree } from "../../../src/rules/defender/ai-plan-free.ts";
import { resource } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.pricingTier";
const plan = (pricingTier: string | Unknown | null, name = "AI") =>
  resource("Microsoft.Security/pricings", name, { properties: { pricingTier } }, "/subscriptions/s");
const unknown = new Unknown("runtime-function");

testRule(aiPlanFree, {
  pass: [{ name: "stays at Standard", before: plan("Standard"), after: plan("Standard") }],
  fail: [
    { name: "downgraded", before: plan("Standard"), after: plan("Free"), at: AT },
    { name: "deleted", before: plan("Standard"), at: "" },
    { name: "tier left out", before: plan("Standard"), after: plan(null), at: AT },
    { name: "deleted, tier before not known", before: plan(unknown), at: "" },
  ],
  open: [
    { name: "tier after not known", before: plan("Standard"), after: plan(unknown), at: AT },
    { name: "tier before not known", before: plan(unknown), after: plan("Free"), at: AT },
  ],
  notApplicable: [
    { name: "created", after: plan("Free") },
    { name: "Free all along", before: plan("Free"), after: plan("Free") },
    { name: "another plan", before: plan("Standard", "Arm"), after: plan("Free", "Arm") },
  ],
});
