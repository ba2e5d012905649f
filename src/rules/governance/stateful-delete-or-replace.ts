import { defineRule } from "../define-rule.ts";
import { fail, open, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPES = [
  "Microsoft.CognitiveServices/accounts",
  "Microsoft.KeyVault/vaults",
  "Microsoft.Search/searchServices",
  "Microsoft.DocumentDB/databaseAccounts",
  "Microsoft.DBforPostgreSQL/flexibleServers",
  "Microsoft.Storage/storageAccounts",
  "Microsoft.OperationalInsights/workspaces",
];

/** Data or logs that go with the resource. */
export const statefulDeleteOrReplace = defineRule({
  id: "governance/stateful-delete-or-replace",
  title: "A change deletes a resource that holds models, data, keys or logs",
  rationale: "Vectors, conversations, keys and logs go with it, and a soft-deleted name blocks the re-creation.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(...TYPES),
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["control-plane"],
  standards: { mcsb: ["AM-2"] },
  sources: ["https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes"],
  reads: [],
  fix: { description: "Keep the resource in the template, or have the deletion approved", impact: "none", edits: [] },
  checkTransition({ resource, before, after }) {
    if (before === undefined || after !== undefined) return pass();
    if (resource.potential)
      return open({ reason: "unresolved-expression" }, { at: "", message: `${before.label} may be deleted` });
    return fail({
      at: "",
      message: `${before.label} (${resource.type.slice(resource.type.indexOf("/") + 1)}) is deleted`,
    });
  },
});
