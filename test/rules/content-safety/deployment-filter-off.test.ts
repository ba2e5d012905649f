import { Unknown } from "../../../src/expression/value.ts";
import { deploymentFilterOff } from "../../../src/rules/content-safety/deployment-filter-off.ts";
import { account, deployment, raiPolicy } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.raiPolicyName";
const unknown = new Unknown("runtime-function");
const custom = deployment({ raiPolicyName: "strict" });
const filter = (enabled: boolean | Unknown, name: string | Unknown = "Hate") => ({
  name,
  source: "Prompt",
  enabled,
  blocking: true,
});

testRule(deploymentFilterOff, {
  pass: [
    { name: "default policy", after: deployment({ raiPolicyName: "Microsoft.DefaultV2" }) },
    { name: "no policy named", after: deployment({}) },
    {
      name: "custom policy that filters",
      after: custom,
      created: [account(), raiPolicy([filter(true), filter(false, "Violence")])],
    },
    { name: "custom policy not in sight", after: custom },
    { name: "custom policy without entries", after: custom, created: [raiPolicy([])] },
  ],
  fail: [
    { name: "the no-filter policy", after: deployment({ raiPolicyName: "Microsoft.Nil" }), at: AT },
    {
      name: "custom policy with every filter off",
      after: custom,
      created: [account(), raiPolicy([filter(false), filter(false, "Violence")])],
      at: AT,
    },
    { name: "the same, account not in the plan", after: custom, beside: [raiPolicy([filter(false)])], at: AT },
  ],
  open: [
    {
      name: "no filter, but the model is not known",
      after: deployment({ raiPolicyName: "Microsoft.Nil", model: { name: unknown } }),
      at: AT,
    },
    { name: "policy not known", after: deployment({ raiPolicyName: unknown }), at: AT },
    {
      name: "filters not known",
      after: custom,
      created: [raiPolicy([filter(unknown), filter(false, "Violence")])],
      at: AT,
    },
    { name: "filter names not known", after: custom, created: [raiPolicy([filter(false, unknown)])], at: AT },
    { name: "policy in another format", after: custom, created: [raiPolicy([], { format: "ACS" })], at: AT },
  ],
  notApplicable: [
    { name: "speech to text", after: deployment({ raiPolicyName: "Microsoft.Nil", model: { name: "whisper" } }) },
    {
      name: "text to speech",
      after: deployment({ raiPolicyName: "Microsoft.Nil", model: { name: "gpt-4o-mini-tts" } }),
    },
  ],
});
