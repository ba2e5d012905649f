import { sameText } from "../../lib/arm-text.ts";
import { PRIVATE_ENDPOINT_READS, privateEndpointsOf } from "../../plan/queries/private-endpoints.ts";
import { defineRule } from "../define-rule.ts";
import { fail, notApplicable, open, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts";
const ACCESS = "properties.publicNetworkAccess";

/** A closed account without a way in. */
export const openaiPrivateEndpointMissing = defineRule({
  id: "network/openai-private-endpoint-missing",
  title: "An Azure AI account with public access disabled has no private endpoint",
  rationale:
    "Without a private endpoint nobody can call the account; sooner or later somebody opens the public one again to make it work.",
  severity: "high",
  confidence: "medium",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["network"],
  standards: {
    mcsb: ["NS-2"],
    azurePolicy: ["d6759c02-b87f-42b7-892e-71b3f471d782", "db630ad5-52e9-4f4d-9c44-53912fe40053"],
  },
  sources: ["https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks#use-private-endpoints"],
  reads: [{ type: TYPE, path: ACCESS }, ...PRIVATE_ENDPOINT_READS],
  family: "privateEndpoints",
  fix: {
    description: 'Add a Microsoft.Network/privateEndpoints for the account with groupIds ["account"]',
    impact: "none",
    edits: [],
  },
  check(account) {
    const access = account.properties.string(ACCESS);
    if (access.state === "unknown")
      return open(access, { at: ACCESS, message: `${account.label} may need a private endpoint` });
    if (access.state === "absent" || !sameText(access.value, "Disabled")) return notApplicable();
    const endpoints = privateEndpointsOf(account);
    if (endpoints.state === "unknown")
      return open(endpoints, {
        at: "",
        message: `${account.label}: no private endpoint is in sight`,
        family: "privateEndpoints",
      });
    return endpoints.value.length > 0
      ? pass()
      : fail({ at: "", message: `${account.label} is closed to the internet and has no private endpoint` });
  },
});
