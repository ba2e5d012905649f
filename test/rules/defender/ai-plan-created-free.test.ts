import { Unknown } from "../../../src/expression/value.ts";
import { aiPlanCreatedFree } from "../../../src/rules/defender/ai-plan-created-free.ts";
import { resource } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.pricingTier";
const plan = (properties: Record<string, string | Unknown>, name = "AI") =>
  resource("Microsoft.Security/pricings", name, { properties }, "/subscriptions/s");

testRule(aiPlanCreatedFree, {
  pass: [{ name: "Standard", after: plan({ pricingTier: "Standard" }) }],
  fail: [
    { name: "Free", after: plan({ pricingTier: "Free" }), at: AT },
    { name: "no tier", after: plan({}), at: AT },
  ],
  open: [{ name: "tier not known", after: plan({ pricingTier: new Unknown("runtime-function") }), at: AT }],
  notApplicable: [{ name: "another plan", after: plan({ pricingTier: "Free" }, "Arm") }],
});
