import { Unknown, type Value } from "../../../src/expression/value.ts";
import { privateEndpointDnsZoneGroupMissing } from "../../../src/rules/network/private-endpoint-dns-zone-group-missing.ts";
import { account, privateEndpoint, resource } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const endpoint = privateEndpoint(account().id);
const ZONE =
  "/subscriptions/s/resourceGroups/dns/providers/Microsoft.Network/privateDnsZones/privatelink.openai.azure.com";
const group = (privateDnsZoneConfigs: Value) =>
  resource("Microsoft.Network/privateEndpoints/privateDnsZoneGroups", "pe/default", {
    properties: { privateDnsZoneConfigs },
  });
const zones = group([{ name: "openai", properties: { privateDnsZoneId: ZONE } }]);

testRule(privateEndpointDnsZoneGroupMissing, {
  pass: [
    { name: "group in the same deployment", after: endpoint, created: [zones] },
    { name: "group beside the deployment", after: endpoint, beside: [zones] },
  ],
  fail: [
    { name: "created without one", after: endpoint, at: "" },
    { name: "group without zones", after: endpoint, created: [group([])], at: "" },
  ],
  open: [
    { name: "existing endpoint, none in sight", before: endpoint, after: endpoint, at: "" },
    { name: "the platform deploys it", after: endpoint, platform: ["privateDns"], at: "" },
    { name: "zones not known", after: endpoint, created: [group(new Unknown("runtime-function"))], at: "" },
  ],
  notApplicable: [{ name: "AI account", after: account() }],
});
