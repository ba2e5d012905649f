import { PUBLIC_EXPOSURE_READS, publicExposureOf } from "../../plan/queries/account-network.ts";
import { defineRule } from "../define-rule.ts";
import { fail, open, pass, set } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const AT = "properties.publicNetworkAccess";
const DEFAULT_ACTION = "properties.networkAcls.defaultAction";
const RANGES = "properties.networkAcls.ipRules";

/** An AI account that answers the whole internet. */
export const openaiPublicAccess = defineRule({
  id: "network/openai-public-access",
  title: "An Azure AI account can be reached from the whole internet",
  rationale:
    "With a public endpoint, any leaked key or token gives full use of the models from anywhere; nothing but the credential stands in between.",
  severity: "critical",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType("Microsoft.CognitiveServices/accounts"),
  whenAbsent:
    "The endpoint is public: publicNetworkAccess defaults to Enabled and the firewall's default action to Allow.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["network"],
  standards: {
    mcsb: ["NS-2"],
    azurePolicy: ["037eea7a-bd0a-46c5-9a66-03aea78705d3", "47ba1dd7-28d9-4b07-a8d5-9813bed64e0c"],
    owaspLlm: ["LLM10", "LLM02"],
  },
  equivalents: { psrule: ["Azure.AI.PublicAccess", "AZR-000280"], checkov: ["CKV_AZURE_134"] },
  sources: ["https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks"],
  reads: PUBLIC_EXPOSURE_READS,
  subsumes: ["network/openai-default-action-allow"],
  fix: set(AT, "Disabled", {
    description: "Disable public network access and reach the account through a private endpoint",
    impact: "breaking",
  }),
  check(account) {
    const exposure = publicExposureOf(account);
    if (exposure.state === "unknown")
      return open(exposure, { at: AT, message: `${account.label} may be reachable from the internet` });
    if (exposure.value === "default-allow")
      return fail({
        at: AT,
        message: `${account.label} accepts traffic from any network`,
        expected: "Disabled",
        decidedBy: [DEFAULT_ACTION],
      });
    if (exposure.value === "ranges")
      return fail({ at: RANGES, message: `${account.label} allow-lists most of the internet` });
    return pass();
  },
});
