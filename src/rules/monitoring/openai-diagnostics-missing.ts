import { diagnosticSettingsOf } from "../../plan/queries/diagnostic-settings.ts";
import type { PropertyReader } from "../../plan/property-reader.ts";
import type { ResourceView } from "../../plan/world.ts";
import { defineRule } from "../define-rule.ts";
import { fail, open, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const SETTINGS_TYPE = "Microsoft.Insights/diagnosticSettings";
const DESTINATIONS = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"].map(
  (name) => `properties.${name}`,
);

/** Each of these sets of log categories is enough. */
const SUFFICIENT = [["categoryGroup alllogs"], ["categoryGroup audit"], ["category audit", "category requestresponse"]];

/** An AI account that leaves no trail. */
export const openaiDiagnosticsMissing = defineRule({
  id: "monitoring/openai-diagnostics-missing",
  title: "An Azure AI account sends no audit and request logs anywhere",
  rationale:
    "Without the audit and request logs, abuse of the models, key listing and data access leave no trace to investigate.",
  severity: "high",
  confidence: "medium",
  introducedIn: "1.0.0",
  appliesTo: resourceType("Microsoft.CognitiveServices/accounts"),
  whenAbsent: "Nothing is logged: resource logs are collected only where a diagnostic setting asks for them.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["logging-monitoring"],
  standards: { mcsb: ["LT-3"], azurePolicy: ["1b4d1c4e-934c-4703-944c-27c82c06bebb"] },
  sources: ["https://learn.microsoft.com/azure/ai-foundry/openai/how-to/monitor-openai"],
  reads: [
    ...DESTINATIONS.map((path) => ({ type: SETTINGS_TYPE, path })),
    ...["category", "categoryGroup", "enabled"].map((name) => ({
      type: SETTINGS_TYPE,
      path: `properties.logs[].${name}`,
    })),
  ],
  family: "diagnostics",
  fix: {
    description:
      "Add a diagnostic setting with the category group allLogs, or Audit and RequestResponse, and a Log Analytics workspace",
    impact: "none",
    edits: [],
  },
  check(account) {
    const settings = diagnosticSettingsOf(account);
    const unclear = {
      at: "",
      message: `${account.label}: its diagnostic settings are not in sight`,
      family: "diagnostics",
    } as const;
    if (settings.state === "unknown") return open(settings, unclear);
    const answers = settings.value.map(logsEverything);
    if (answers.includes(true)) return pass();
    if (answers.includes("unknown")) return open({ reason: "runtime-function" }, unclear);
    const message =
      answers.length === 0
        ? `${account.label} has no diagnostic setting`
        : `${account.label} does not log audits and requests`;
    return fail({ at: "", message });
  },
});

/** Whether the setting sends at least the audit and request logs somewhere. */
function logsEverything(setting: ResourceView): boolean | "unknown" {
  if (DESTINATIONS.every((path) => setting.properties.value(path).state === "absent")) return false;
  const logs = setting.properties.members("properties.logs");
  if (logs.state !== "known") return logs.state === "unknown" ? "unknown" : false;
  const selections = new Set(
    logs.value.flatMap((log) => ["categoryGroup", "category"].map((kind) => selectionOf(log, kind))),
  );
  if (SUFFICIENT.some((names) => names.every((name) => selections.has(name)))) return true;
  return selections.has("unknown") ? "unknown" : false;
}

/** What one entry of `logs` switches on, `category audit`; `undefined` when nothing. */
function selectionOf(log: PropertyReader, kind: string): string | undefined {
  const enabled = log.boolean("enabled");
  const name = log.string(kind);
  if (enabled.state === "unknown" || name.state === "unknown") return "unknown";
  const isOn = enabled.state === "known" && enabled.value && name.state === "known";
  return isOn ? `${kind} ${name.value.toLowerCase()}` : undefined;
}
