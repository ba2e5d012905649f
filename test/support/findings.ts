import { fileLocation } from "../../src/plan/plan.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { planned } from "./plans.ts";
import { flagRule, thing } from "./synthetic-rules.ts";

/** The resource of findings that do not say another one. */
export const RESOURCE = planned({ after: thing({}) });

/** A new, unwaived fail of a synthetic rule, with what the test changes. */
export function finding(changes: Partial<Finding> = {}): Finding {
  const rule = changes.rule ?? flagRule();
  return {
    rule,
    severity: rule.severity,
    confidence: rule.confidence,
    outcome: "fail",
    reason: null,
    family: null,
    state: "new",
    regression: false,
    subsumedBy: null,
    waiver: null,
    fingerprint: "v1:00000000000000000000000000000000",
    target: "plan.json",
    resource: RESOURCE,
    path: ["properties", "flag"],
    message: "t: the flag is off",
    expected: true,
    actual: false,
    magnitude: null,
    location: fileLocation("plan.json"),
    fix: null,
    ...changes,
  };
}
