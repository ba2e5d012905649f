import { Unknown, type Value } from "../../../src/expression/value.ts";
import { protectionRegression } from "../../../src/rules/governance/protection-regression.ts";
import { account, diagnosticSetting, privateEndpoint, raiPolicy, resource } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const NSG = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg";
const subnet = (properties: Record<string, Value>) =>
  resource("Microsoft.Network/virtualNetworks/subnets", "vnet/apps", { properties });
const guarded = subnet({ networkSecurityGroup: { id: NSG } });
const gateway = (id: string) =>
  resource("Microsoft.Network/applicationGateways", "agw", { properties: { firewallPolicy: { id } } });
const nic = (properties: Record<string, Value>) =>
  resource("Microsoft.Network/networkInterfaces", "nic", { properties });
const AT = "properties.networkSecurityGroup.id";
const unknown = new Unknown("runtime-function");

testRule(protectionRegression, {
  pass: [
    { name: "endpoint kept", before: privateEndpoint(account().id), after: privateEndpoint(account().id) },
    { name: "security group kept", before: guarded, after: guarded },
    { name: "security group exchanged", before: guarded, after: subnet({ networkSecurityGroup: { id: `${NSG}2` } }) },
    { name: "firewall policy kept", before: gateway("/p"), after: gateway("/p") },
  ],
  fail: [
    { name: "private endpoint deleted", before: privateEndpoint(account().id), at: "" },
    {
      name: "lock deleted",
      before: resource("Microsoft.Authorization/locks", "do-not-delete", {}, account().id),
      at: "",
    },
    { name: "diagnostic setting deleted", before: diagnosticSetting(account().id, {}), at: "" },
    { name: "content-filter policy deleted", before: raiPolicy([]), at: "" },
    { name: "security group taken off", before: guarded, after: subnet({ networkSecurityGroup: null }), at: AT },
    { name: "firewall policy emptied", before: gateway("/p"), after: gateway(""), at: "properties.firewallPolicy.id" },
    {
      name: "interface loses its group",
      before: nic({ networkSecurityGroup: { id: NSG } }),
      after: nic({ networkSecurityGroup: { id: null } }),
      at: AT,
    },
  ],
  open: [
    {
      name: "lock that may be deleted",
      before: resource("Microsoft.Authorization/locks", "l", {}, account().id),
      potential: true,
      at: "",
    },
    { name: "security group not mentioned any more", before: guarded, after: subnet({}), at: AT },
    {
      name: "security group not known",
      before: guarded,
      after: subnet({ networkSecurityGroup: { id: unknown } }),
      at: AT,
    },
  ],
  notApplicable: [
    { name: "endpoint created", after: privateEndpoint(account().id) },
    { name: "subnet deleted", before: guarded },
    { name: "never had a group", before: subnet({}), after: subnet({}) },
  ],
});
