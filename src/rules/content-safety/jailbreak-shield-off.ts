import { sameText } from "../../lib/arm-text.ts";
import { contentFiltersOf } from "../../plan/queries/content-filters.ts";
import type { PropertyReader } from "../../plan/property-reader.ts";
import { firstUnknown } from "../../plan/reading.ts";
import { defineRule } from "../define-rule.ts";
import { fail, open, type Outcome, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts/raiPolicies";
const FILTERS = "properties.contentFilters";

/** A content-filter policy that lets jailbreaks through. */
export const jailbreakShieldOff = defineRule({
  id: "content-safety/jailbreak-shield-off",
  title: "The jailbreak shield of a content-filter policy is off",
  rationale:
    "Prompts that talk the model out of its instructions reach it unfiltered: system prompt, tools and data behind it are open to whoever types.",
  severity: "critical",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  whenAbsent: "An entry that is not listed is inherited from basePolicyName; how is not documented, so it stays open.",
  profiles: ["recommended", "strict", "network-isolated", "sandbox"],
  topics: ["jailbreaks"],
  standards: { mcsb: ["AI-2"], azurePolicy: ["f3a9c2e0-7b4d-4d8f-9c3a-2e1f6b9a8d4e"], owaspLlm: ["LLM01"] },
  sources: ["https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter-prompt-shields"],
  reads: [
    { type: TYPE, path: "properties.format" },
    ...["name", "source", "enabled", "action"].map((name) => ({ type: TYPE, path: `${FILTERS}[].${name}` })),
  ],
  fix: {
    description: 'Enable the filter: { name: "Jailbreak", source: "Prompt", enabled: true, blocking: true }',
    impact: "none",
    edits: [],
  },
  check(policy) {
    const filters = contentFiltersOf(policy);
    if (filters.state === "unknown")
      return open(filters, { at: FILTERS, message: `${policy.label}: its filters are not known` });
    const shields = filters.state === "known" ? filters.value.filter(({ name }) => name === "jailbreak") : [];
    if (shields.length === 0)
      return open(
        { reason: "inherited" },
        { at: FILTERS, message: `${policy.label} does not mention the jailbreak shield` },
      );
    return shields.map(({ reader }) => checkShield(reader, policy.label));
  },
});

function checkShield(shield: PropertyReader, label: string): Outcome {
  const source = shield.string("source");
  if (source.state === "known" && !sameText(source.value, "Prompt")) return pass();
  const enabled = shield.boolean("enabled");
  const action = shield.string("action");
  const at = shield.at("enabled");
  if (enabled.state === "known" && !enabled.value) {
    return fail({ at, message: `${label} switches the jailbreak shield off`, expected: true });
  }
  if (action.state === "known" && sameText(action.value, "None")) {
    return fail({ at: shield.at("action"), message: `${label} takes no action on jailbreaks`, expected: "BLOCKING" });
  }
  const unclear = firstUnknown(source, enabled, action);
  if (unclear !== undefined)
    return open(unclear, { at, message: `${label}: whether it shields against jailbreaks is not known` });
  if (enabled.state === "absent")
    return open({ reason: "inherited" }, { at, message: `${label} does not say whether the jailbreak shield is on` });
  return pass();
}
