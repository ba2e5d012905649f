import { Unknown } from "../../../src/expression/value.ts";
import { openaiDefaultActionAllow } from "../../../src/rules/network/openai-default-action-allow.ts";
import { account } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.networkAcls.defaultAction";
const unknown = new Unknown("runtime-function");

testRule(openaiDefaultActionAllow, {
  pass: [{ name: "denies by default", after: account({ networkAcls: { defaultAction: "Deny" } }) }],
  fail: [
    {
      name: "allows by default",
      after: account({ publicNetworkAccess: "Enabled", networkAcls: { defaultAction: "Allow" } }),
      at: AT,
    },
    { name: "no firewall", after: account({}), at: AT },
  ],
  open: [
    { name: "default action not known", after: account({ networkAcls: { defaultAction: unknown } }), at: AT },
    { name: "public access not known", after: account({ publicNetworkAccess: unknown }), at: AT },
  ],
  notApplicable: [{ name: "public access disabled", after: account({ publicNetworkAccess: "Disabled" }) }],
});
