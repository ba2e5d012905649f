import { Unknown } from "../../../src/expression/value.ts";
import { deploymentFilterMisspelt } from "../../../src/rules/content-safety/deployment-filter-misspelt.ts";
import { deployment } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.raiPolicyName";

testRule(deploymentFilterMisspelt, {
  pass: [
    { name: "default policy", after: deployment({ raiPolicyName: "Microsoft.DefaultV2" }) },
    { name: "spelt right, which another rule reports", after: deployment({ raiPolicyName: "Microsoft.Nil" }) },
    { name: "no policy named", after: deployment({}) },
  ],
  fail: [{ name: "misspelt", after: deployment({ raiPolicyName: "Microsoft.Nill" }), at: AT }],
  open: [{ name: "policy not known", after: deployment({ raiPolicyName: new Unknown("runtime-function") }), at: AT }],
  notApplicable: [
    { name: "speech to text", after: deployment({ raiPolicyName: "Microsoft.Nill", model: { name: "whisper" } }) },
  ],
});
