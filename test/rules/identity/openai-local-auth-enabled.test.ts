import { Unknown } from "../../../src/expression/value.ts";
import { openaiLocalAuthEnabled } from "../../../src/rules/identity/openai-local-auth-enabled.ts";
import { account, storageAccount } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.disableLocalAuth";

testRule(openaiLocalAuthEnabled, {
  pass: [
    { name: "keys disabled", after: account({ disableLocalAuth: true }) },
    { name: "keys disabled, as text", after: account({ disableLocalAuth: "true" }) },
  ],
  fail: [
    { name: "keys enabled", after: account({ disableLocalAuth: false }), at: AT },
    { name: "property absent", after: account({}), at: AT },
    { name: "property null", after: account({ disableLocalAuth: null }), at: AT },
    { name: "no properties at all", after: { ...account(), properties: null }, at: AT },
  ],
  open: [
    {
      name: "value comes from reference()",
      after: account({ disableLocalAuth: new Unknown("runtime-function") }),
      at: AT,
    },
    { name: "value of another type", after: account({ disableLocalAuth: { x: 1 } }), at: AT },
  ],
  notApplicable: [{ name: "storage account", after: storageAccount() }],
});
