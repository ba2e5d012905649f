import * as v from "valibot";
import { sameText } from "../../lib/arm-text.ts";
import { defineRule } from "../define-rule.ts";
import { fail, notApplicable, open, pass } from "../outcome.ts";
import { resourceType } from "../selectors.ts";

const TYPE = "Microsoft.CognitiveServices/accounts/deployments";
const AT = "sku.capacity";
const MODEL = "properties.model.name";

/** More capacity than the organisation has approved. */
export const deploymentCapacityAboveCeiling = defineRule({
  id: "abuse-and-cost/deployment-capacity-above-ceiling",
  title: "A model deployment has more capacity than was approved for the model",
  rationale:
    "Tokens per minute are the blast radius of a stolen credential: the bill grows as fast as the quota allows.",
  severity: "high",
  confidence: "high",
  introducedIn: "1.0.0",
  appliesTo: resourceType(TYPE),
  whenAbsent: "The deployment has one unit: a thousand tokens per minute, or one provisioned unit.",
  profiles: ["recommended", "strict", "network-isolated", "sandbox"],
  topics: ["economic-denial-of-sustainability"],
  standards: { mcsb: ["AI-6"], owaspLlm: ["LLM10"] },
  sources: ["https://learn.microsoft.com/azure/ai-foundry/openai/how-to/quota"],
  reads: [
    { type: TYPE, path: AT },
    { type: TYPE, path: MODEL },
  ],
  fix: { description: "Lower the capacity to the approved ceiling", impact: "breaking", edits: [] },
  options: v.strictObject({
    ceilings: v.pipe(
      v.record(v.string(), v.pipe(v.number(), v.minValue(0))),
      v.description(
        "Largest approved sku.capacity by model name: thousands of tokens per minute, or provisioned units. `*` stands for all others",
      ),
    ),
  }),
  needsOptions: true,
  check(deployment, { ceilings }) {
    const model = deployment.properties.string(MODEL);
    if (model.state === "unknown")
      return open(model, { at: AT, message: `${deployment.label}: its model is not known` });
    const name = model.state === "known" ? model.value : "";
    const ceiling = Object.entries(ceilings).find(([key]) => sameText(key, name))?.[1] ?? ceilings["*"];
    if (ceiling === undefined) return notApplicable();
    const capacity = deployment.properties.number(AT);
    if (capacity.state === "unknown")
      return open(capacity, { at: AT, message: `${deployment.label}: its capacity is not known` });
    const units = capacity.state === "known" ? capacity.value : 1;
    if (units <= ceiling) return pass();
    const message = `${deployment.label} has ${units} capacity units; ${ceiling} are approved`;
    const fix = {
      description: `Lower the capacity to ${ceiling}`,
      impact: "breaking",
      edits: [{ path: AT, value: ceiling }],
    } as const;
    return fail({ at: AT, message, expected: ceiling, magnitude: units, fix });
  },
});
