import { Unknown } from "../../../src/expression/value.ts";
import { openaiPublicAccess } from "../../../src/rules/network/openai-public-access.ts";
import { account, resource, storageAccount } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const AT = "properties.publicNetworkAccess";
const unknown = new Unknown("runtime-function");
const deny = (...values: string[]) => ({ defaultAction: "Deny", ipRules: values.map((value) => ({ value })) });
const association = (accessMode: string) =>
  resource("Microsoft.Network/networkSecurityPerimeters/resourceAssociations", "nsp/aoai", {
    properties: { privateLinkResource: { id: account().id }, accessMode },
  });

testRule(openaiPublicAccess, {
  pass: [
    { name: "public access disabled", after: account({ publicNetworkAccess: "Disabled" }) },
    {
      name: "disabled, whatever the firewall says",
      after: account({ publicNetworkAccess: "Disabled", networkAcls: { defaultAction: "Allow" } }),
    },
    {
      name: "selected networks only",
      after: account({ publicNetworkAccess: "Enabled", networkAcls: deny("203.0.113.0/28") }),
    },
    { name: "denies by default, no rules", after: account({ networkAcls: { defaultAction: "Deny" } }) },
    { name: "enforced network security perimeter", after: account({}), beside: [association("Enforced")] },
    {
      name: "unknown access, but denied by default",
      after: account({ publicNetworkAccess: unknown, networkAcls: deny() }),
    },
  ],
  fail: [
    { name: "nothing set", after: account({}), at: AT },
    {
      name: "enabled and allowed by default",
      after: account({ publicNetworkAccess: "Enabled", networkAcls: { defaultAction: "Allow" } }),
      at: AT,
    },
    {
      name: "everything allow-listed",
      after: account({ networkAcls: deny("0.0.0.0/0") }),
      at: "properties.networkAcls.ipRules",
    },
    {
      name: "two halves of everything",
      after: account({ networkAcls: deny("0.0.0.0/1", "128.0.0.0/1") }),
      at: "properties.networkAcls.ipRules",
    },
    { name: "perimeter that only learns", after: account({}), beside: [association("Learning")], at: AT },
  ],
  open: [
    { name: "access not known", after: account({ publicNetworkAccess: unknown }), at: AT },
    { name: "default action not known", after: account({ networkAcls: { defaultAction: unknown } }), at: AT },
    {
      name: "range not known",
      after: account({ networkAcls: { defaultAction: "Deny", ipRules: [{ value: unknown }] } }),
      at: AT,
    },
  ],
  notApplicable: [{ name: "storage account", after: storageAccount() }],
});
