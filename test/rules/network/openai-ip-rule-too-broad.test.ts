import { Unknown } from "../../../src/expression/value.ts";
import { openaiIpRuleTooBroad } from "../../../src/rules/network/openai-ip-rule-too-broad.ts";
import { account, resource, storageAccount, type Members } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const rules = (...values: (string | Unknown)[]) => ({
  networkAcls: { defaultAction: "Deny", ipRules: values.map((value) => ({ value })) },
});
const other = (type: string, properties: Members) => resource(type, "x", { properties });
const unknown = new Unknown("runtime-function");

testRule(openaiIpRuleTooBroad, {
  pass: [
    { name: "no rules", after: account({}) },
    { name: "small ranges", after: account(rules("203.0.113.0/24", "198.51.100.7")) },
    { name: "a service tag is no range", after: account(rules("AzureCloud")) },
    { name: "shorter prefix accepted by option", after: account(rules("203.0.0.0/16")), options: { minPrefix: 16 } },
    { name: "storage account, small range", after: storageAccount(rules("203.0.113.0/28")) },
  ],
  fail: [
    { name: "everything", after: account(rules("0.0.0.0/0")), at: "properties.networkAcls.ipRules[0].value" },
    {
      name: "a provider's /8 after a good one",
      after: account(rules("203.0.113.9", "20.0.0.0/8")),
      at: "properties.networkAcls.ipRules[1].value",
    },
    {
      name: "search service",
      after: other("Microsoft.Search/searchServices", { networkRuleSet: { ipRules: [{ value: "20.0.0.0/8" }] } }),
      at: "properties.networkRuleSet.ipRules[0].value",
    },
    {
      name: "database account",
      after: other("Microsoft.DocumentDB/databaseAccounts", { ipRules: [{ ipAddressOrRange: "20.0.0.0/8" }] }),
      at: "properties.ipRules[0].ipAddressOrRange",
    },
    {
      name: "key vault",
      after: other("Microsoft.KeyVault/vaults", rules("20.0.0.0/8")),
      at: "properties.networkAcls.ipRules[0].value",
    },
    { name: "broader than the option", after: account(rules("203.0.113.0/27")), options: { minPrefix: 28 } },
  ],
  open: [
    {
      name: "one range not known",
      after: account(rules("203.0.113.9", unknown)),
      at: "properties.networkAcls.ipRules[1].value",
    },
    {
      name: "list not known",
      after: account({ networkAcls: { ipRules: unknown } }),
      at: "properties.networkAcls.ipRules",
    },
  ],
  notApplicable: [
    { name: "public access disabled", after: account({ publicNetworkAccess: "Disabled", ...rules("0.0.0.0/0") }) },
  ],
});
