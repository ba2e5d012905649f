import { Unknown } from "../../../src/expression/value.ts";
import { openaiPrivateEndpointMissing } from "../../../src/rules/network/openai-private-endpoint-missing.ts";
import { account, privateEndpoint } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const closed = account({ publicNetworkAccess: "Disabled" });
const elsewhere = privateEndpoint(
  "/subscriptions/s/resourceGroups/other/providers/Microsoft.CognitiveServices/accounts/else",
);
const manual = {
  ...privateEndpoint("x"),
  properties: {
    manualPrivateLinkServiceConnections: [
      { name: "m", properties: { privateLinkServiceId: closed.id, groupIds: ["account"] } },
    ],
  },
};
const unknown = new Unknown("runtime-function");

testRule(openaiPrivateEndpointMissing, {
  pass: [
    { name: "endpoint beside the deployment", after: closed, beside: [privateEndpoint(closed.id)] },
    { name: "endpoint in the same deployment", after: closed, created: [privateEndpoint(closed.id)] },
    { name: "manual connection", after: closed, created: [manual] },
    {
      name: "endpoint found though the plan is incomplete",
      after: closed,
      created: [privateEndpoint(closed.id)],
      incomplete: true,
    },
  ],
  fail: [
    { name: "created without one", after: closed, at: "" },
    { name: "only an endpoint of another account", after: closed, created: [elsewhere], at: "" },
  ],
  open: [
    { name: "existing account, none in sight", before: closed, after: closed, at: "" },
    { name: "created, but the plan is incomplete", after: closed, incomplete: true, at: "" },
    { name: "an endpoint whose target is not known", after: closed, created: [privateEndpoint(unknown)], at: "" },
    {
      name: "public access not known",
      after: account({ publicNetworkAccess: unknown }),
      at: "properties.publicNetworkAccess",
    },
  ],
  notApplicable: [
    { name: "public access enabled", after: account({ publicNetworkAccess: "Enabled" }) },
    { name: "public access not set", after: account({}) },
  ],
  caseSensitive: [],
});
