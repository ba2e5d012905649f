import { Unknown, type Value } from "../../../src/expression/value.ts";
import { openaiDiagnosticsMissing } from "../../../src/rules/monitoring/openai-diagnostics-missing.ts";
import { account, diagnosticSetting, storageAccount } from "../../support/resources.ts";
import { testRule } from "../../support/test-rule.ts";

const aoai = account();
const WORKSPACE = "/subscriptions/s/resourceGroups/log/providers/Microsoft.OperationalInsights/workspaces/w";
const setting = (logs: Value, destination: Record<string, Value> = { workspaceId: WORKSPACE }) =>
  diagnosticSetting(aoai.id, { logs, ...destination });
const category = (name: Value, enabled: Value = true) => ({ category: name, enabled });
const unknown = new Unknown("runtime-function");

testRule(openaiDiagnosticsMissing, {
  pass: [
    { name: "all logs to a workspace", after: aoai, created: [setting([{ categoryGroup: "allLogs", enabled: true }])] },
    {
      name: "audit group, existing setting",
      after: aoai,
      beside: [setting([{ categoryGroup: "audit", enabled: true }])],
    },
    { name: "the two categories", after: aoai, created: [setting([category("Audit"), category("RequestResponse")])] },
    {
      name: "to a storage account",
      after: aoai,
      created: [setting([{ categoryGroup: "allLogs", enabled: true }], { storageAccountId: "/x" })],
    },
    {
      name: "to an event hub",
      after: aoai,
      created: [setting([{ categoryGroup: "allLogs", enabled: true }], { eventHubAuthorizationRuleId: "/x" })],
    },
    {
      name: "to a partner",
      after: aoai,
      created: [setting([{ categoryGroup: "allLogs", enabled: true }], { marketplacePartnerId: "/x" })],
    },
  ],
  fail: [
    { name: "created without one", after: aoai, at: "" },
    { name: "audit category alone", after: aoai, created: [setting([category("Audit")])], at: "" },
    {
      name: "categories switched off",
      after: aoai,
      created: [setting([category("Audit", false), category("RequestResponse", false)])],
      at: "",
    },
    {
      name: "no destination",
      after: aoai,
      created: [setting([{ categoryGroup: "allLogs", enabled: true }], {})],
      at: "",
    },
    { name: "no logs", after: aoai, created: [setting(null)], at: "" },
    {
      name: "the setting of another resource",
      after: aoai,
      created: [
        diagnosticSetting(storageAccount().id, {
          workspaceId: WORKSPACE,
          logs: [{ categoryGroup: "allLogs", enabled: true }],
        }),
      ],
      at: "",
    },
  ],
  open: [
    { name: "existing account, none in sight", before: aoai, after: aoai, at: "" },
    { name: "the platform deploys it", after: aoai, platform: ["diagnostics"], at: "" },
    { name: "categories not known", after: aoai, created: [setting([category(unknown)])], at: "" },
    { name: "logs not known", after: aoai, created: [setting(unknown)], at: "" },
  ],
  notApplicable: [{ name: "storage account", after: storageAccount() }],
});
