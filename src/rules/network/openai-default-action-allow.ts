import { sameText } from "../../lib/arm-text.ts";
import { firstUnknown } from "../../plan/reading.ts";
import { defineRule } from "../define-rule.ts";
import { fail, notApplicable, open, pass, set } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts";
const ACCESS = "properties.publicNetworkAccess";
const AT = "properties.networkAcls.defaultAction";

/** A firewall that lets through what no rule names. */
export const openaiDefaultActionAllow = defineRule({
  id: "network/openai-default-action-allow",
  title: "The firewall of an Azure AI account allows traffic by default",
  rationale: "Network rules beside a default of Allow have no effect: the list looks like protection and is none.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  whenAbsent: "Traffic is allowed: without networkAcls every network may connect.",
  profiles: ["recommended", "strict", "network-isolated"],
  topics: ["network"],
  standards: { mcsb: ["NS-2"], azurePolicy: ["037eea7a-bd0a-46c5-9a66-03aea78705d3"] },
  sources: ["https://learn.microsoft.com/azure/ai-services/cognitive-services-virtual-networks"],
  reads: [
    { type: TYPE, path: ACCESS },
    { type: TYPE, path: AT },
  ],
  fix: set(AT, "Deny", {
    description: "Deny by default and allow only the networks that call the account",
    impact: "breaking",
  }),
  check(account) {
    const access = account.properties.string(ACCESS);
    if (access.state === "known" && sameText(access.value, "Disabled")) return notApplicable();
    const action = account.properties.string(AT);
    if (action.state === "known" && sameText(action.value, "Deny")) return pass();
    const unclear = firstUnknown(action, access);
    if (unclear !== undefined)
      return open(unclear, { at: AT, message: `${account.label} may allow traffic by default` });
    return fail({ at: AT, message: `${account.label} allows traffic that no network rule names`, expected: "Deny" });
  },
});
