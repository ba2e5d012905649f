import { defineRule } from "../define-rule.ts";
import { fail, open, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.Search/searchServices";
const AT = "properties.disableLocalAuth";

/** Keys instead of identities on the vector store. */
export const searchLocalAuthEnabled = defineRule({
  id: "identity/search-local-auth-enabled",
  title: "Key-based authentication is enabled on an AI Search service",
  rationale:
    "An admin key reads, rewrites or deletes every index: documents are stolen, and what the model retrieves can be poisoned, without a name in any log.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  whenAbsent: "Keys are accepted: a missing value counts as false, and authOptions defaults to apiKeyOnly.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["managed-identity-and-keys"],
  standards: {
    mcsb: ["IM-1"],
    azurePolicy: ["6300012e-e9a4-4649-b41f-a85f5c43be91", "4eb216f2-9dba-4979-86e6-5d7e63ce3b75"],
    owaspLlm: ["LLM08", "LLM04"],
  },
  sources: ["https://learn.microsoft.com/azure/search/search-security-enable-roles"],
  reads: [{ type: TYPE, path: AT }],
  fix: {
    description: "Turn key-based authentication off and remove authOptions, which must not be set with it",
    impact: "breaking",
    edits: [
      { path: AT, value: true },
      { path: "properties.authOptions", value: null },
    ],
  },
  check(service) {
    const disabled = service.properties.boolean(AT);
    if (disabled.state === "unknown") return open(disabled, { at: AT, message: `${service.label} may accept keys` });
    if (disabled.state === "known" && disabled.value) return pass();
    return fail({ at: AT, message: `${service.label} accepts admin and query keys`, expected: true });
  },
});
