import * as v from "valibot";
import { firstUnknown } from "../../plan/reading.ts";
import { defineRule } from "../define-rule.ts";
import { fail, notApplicable, open, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts/deployments";
const AT = "sku.capacity";

/** Much more capacity at one stroke. */
export const capacityJump = defineRule({
  id: "abuse-and-cost/capacity-jump",
  title: "A change multiplies the capacity of an existing model deployment",
  rationale:
    "Capacity is what a stolen credential, or a loop in the code, can burn per minute. A large step deserves somebody's explicit yes.",
  severity: "medium",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  profiles: ["recommended", "strict", "network-isolated", "sandbox"],
  topics: ["economic-denial-of-sustainability"],
  standards: { mcsb: ["AI-6"], owaspLlm: ["LLM10"] },
  sources: ["https://learn.microsoft.com/azure/ai-foundry/openai/how-to/quota"],
  reads: [{ type: TYPE, path: AT }],
  fix: { description: "Raise the capacity in smaller steps, or have this one approved", impact: "none", edits: [] },
  options: v.strictObject({
    factor: v.optional(
      v.pipe(v.number(), v.minValue(1), v.description("Largest accepted ratio of new to old capacity")),
      2,
    ),
  }),
  checkTransition({ before, after }, { factor }) {
    if (before === undefined || after === undefined) return notApplicable();
    const earlier = before.properties.number(AT);
    const later = after.properties.number(AT);
    const unclear = firstUnknown(later, earlier);
    if (unclear !== undefined)
      return open(unclear, { at: AT, message: `${before.label}: how its capacity changes is not known` });
    if (earlier.state !== "known" || later.state !== "known" || earlier.value <= 0) return notApplicable();
    const ratio = later.value / earlier.value;
    if (ratio <= factor) return pass();
    const message = `${before.label} goes from ${earlier.value} to ${later.value} capacity units`;
    return fail({ at: AT, message, expected: earlier.value * factor, magnitude: ratio });
  },
});
