import { defineRule } from "../define-rule.ts";
import { fail, open, pass, set } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts";
const AT = "properties.disableLocalAuth";

/** Keys instead of identities on an AI account. */
export const openaiLocalAuthEnabled = defineRule({
  id: "identity/openai-local-auth-enabled",
  title: "Key-based authentication is enabled on an Azure AI account",
  rationale:
    "An account key is a shared secret: it names nobody, seldom rotates and works from anywhere. One leaked key gives anonymous, unlimited use of the models at your cost.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  whenAbsent: "Keys are accepted: the service treats a missing value as false.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["managed-identity-and-keys"],
  standards: {
    mcsb: ["IM-1"],
    azurePolicy: ["71ef260a-8f18-47b7-abcb-62d0673d94dc", "14de9e63-1b31-492e-a5a3-c3f7fd57f555"],
    owaspLlm: ["LLM10", "LLM02"],
  },
  equivalents: { psrule: ["Azure.AI.DisableLocalAuth", "AZR-000282"], checkov: ["CKV_AZURE_236"] },
  sources: ["https://learn.microsoft.com/azure/ai-services/disable-local-auth"],
  reads: [{ type: TYPE, path: AT }],
  fix: set(AT, true, { description: "Turn key-based authentication off", impact: "breaking" }),
  check(account) {
    const disabled = account.properties.boolean(AT);
    if (disabled.state === "unknown") return open(disabled, { at: AT, message: `${account.label} may accept keys` });
    if (disabled.state === "known" && disabled.value) return pass();
    return fail({ at: AT, message: `${account.label} accepts key-based authentication`, expected: true });
  },
});
