import { Unknown } from "../../../src/expression/value.ts";
import { aiPlanMissing } from "../../../src/rules/defender/ai-plan-missing.ts";
import { account, resource, storageAccount } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555";
const plan = (pricingTier: string | Unknown, name = "AI", scope = SUBSCRIPTION) =>
  resource("Microsoft.Security/pricings", name, { properties: { pricingTier } }, scope);
const aoai = account();

testRule(aiPlanMissing, {
  pass: [
    { name: "plan in the same deployment", after: aoai, created: [plan("Standard")] },
    { name: "existing plan", after: aoai, beside: [plan("Standard")] },
    {
      name: "vouched for by the configuration",
      after: aoai,
      assumptions: [{ type: "Microsoft.Security/pricings", name: "AI" }],
    },
  ],
  fail: [{ name: "plan at Free", after: aoai, beside: [plan("Free")], at: "" }],
  open: [
    { name: "no plan in sight", after: aoai, at: "" },
    { name: "only another plan", after: aoai, beside: [plan("Standard", "KeyVaults")], at: "" },
    {
      name: "only another subscription",
      after: aoai,
      beside: [plan("Standard", "AI", "/subscriptions/other")],
      at: "",
    },
    { name: "the platform deploys it", after: aoai, platform: ["defender"], at: "" },
    { name: "tier not known", after: aoai, beside: [plan(new Unknown("runtime-function"))], at: "" },
  ],
  notApplicable: [{ name: "storage account", after: storageAccount() }],
});
