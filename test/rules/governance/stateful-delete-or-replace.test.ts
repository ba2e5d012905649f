import { statefulDeleteOrReplace } from "../../../src/rules/governance/stateful-delete-or-replace.ts";
import { account, deployment, resource, storageAccount } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

testRule(statefulDeleteOrReplace, {
  pass: [
    { name: "created", after: account() },
    { name: "modified", before: account(), after: account({ disableLocalAuth: true }) },
  ],
  fail: [
    { name: "account deleted", before: account(), at: "" },
    { name: "storage account deleted", before: storageAccount(), at: "" },
    { name: "key vault deleted", before: resource("Microsoft.KeyVault/vaults", "kv"), at: "" },
  ],
  open: [{ name: "account that may be deleted", before: account(), potential: true, at: "" }],
  notApplicable: [{ name: "deployment deleted", before: deployment() }],
});
