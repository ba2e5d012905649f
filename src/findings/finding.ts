import type { UnknownReason, Value } from "../expression/value.ts";
import type { Location } from "../plan/plan.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import type { PropertyPath } from "../plan/property-path.ts";
import type { Confidence, Rule, Severity } from "../rules/define-rule.ts";
import type { Fix, OpenFamily } from "../rules/outcome.ts";
import type { WaiverUse } from "./waiver.ts";

/** Compared with the world before the change. */
export type FindingState = "new" | "existing" | "fixed";

/** One `fail` or `open` outcome with everything a report says about it. */
export interface Finding {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly outcome: "fail" | "open";
  /** Why it is open; `null` for a fail. */
  readonly reason: UnknownReason | null;
  readonly family: OpenFamily | null;
  readonly state: FindingState;
  /** The resource existed and met the rule before the change. */
  readonly regression: boolean;
  /** The rule that says the same thing better; such a finding is folded and does not count. */
  readonly subsumedBy: string | null;
  readonly waiver: WaiverUse | null;
  readonly fingerprint: string;
  readonly target: string;
  readonly resource: PlannedResource;
  readonly path: PropertyPath;
  readonly message: string;
  readonly expected: Value | undefined;
  readonly actual: Value;
  readonly magnitude: number | null;
  readonly location: Location;
  readonly fix: Fix | null;
}

/** Whether a finding takes part in counts and in the verdict. */
export function counts(finding: Finding): boolean {
  return finding.subsumedBy === null && finding.waiver?.status !== "active";
}
