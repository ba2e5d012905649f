import { Unknown } from "../../../src/expression/value.ts";
import { searchLocalAuthEnabled } from "../../../src/rules/identity/search-local-auth-enabled.ts";
import { account, resource, type Members } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.disableLocalAuth";
const service = (properties: Members) =>
  resource("Microsoft.Search/searchServices", "srch", { sku: { name: "standard" }, properties });

testRule(searchLocalAuthEnabled, {
  pass: [{ name: "keys disabled", after: service({ disableLocalAuth: true }) }],
  fail: [
    { name: "keys enabled", after: service({ disableLocalAuth: false }), at: AT },
    {
      name: "property absent",
      after: service({ authOptions: { aadOrApiKey: { aadAuthFailureMode: "http403" } } }),
      at: AT,
    },
  ],
  open: [{ name: "value not known", after: service({ disableLocalAuth: new Unknown("runtime-function") }), at: AT }],
  notApplicable: [{ name: "AI account", after: account() }],
});
