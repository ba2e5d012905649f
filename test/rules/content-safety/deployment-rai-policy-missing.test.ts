import { Unknown } from "../../../src/expression/value.ts";
import { deploymentRaiPolicyMissing } from "../../../src/rules/content-safety/deployment-rai-policy-missing.ts";
import { deployment } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.raiPolicyName";

testRule(deploymentRaiPolicyMissing, {
  pass: [{ name: "policy named", after: deployment({ raiPolicyName: "strict" }) }],
  fail: [
    { name: "no policy named", after: deployment({}), at: AT },
    { name: "empty name", after: deployment({ raiPolicyName: "" }), at: AT },
  ],
  open: [{ name: "policy not known", after: deployment({ raiPolicyName: new Unknown("runtime-function") }), at: AT }],
  notApplicable: [{ name: "speech to text", after: deployment({ model: { name: "whisper" } }) }],
});
