import type { Severity } from "../rules/define-rule.ts";

/** Lowest severity that blocks. */
export type FailOn = Exclude<Severity, "info"> | "never";

/** Which findings block: those the change brings, also existing ones on what it modifies, or all. */
export type Gate = "new" | "touched" | "all";

/** What undecided outcomes mean. */
export type OnOpen = "guard" | "block" | "allow";

/** Whether a verdict other than `allow` stops the pipeline. */
export type Enforcement = "block" | "advise";

/** How findings become a verdict. */
export interface Policy {
  readonly failOn: FailOn;
  readonly gate: Gate;
  readonly onOpen: OnOpen;
  readonly enforcement: Enforcement;
}

/** The words each setting accepts, the default first. */
export const POLICY_WORDS = {
  failOn: ["high", "critical", "medium", "low", "never"],
  gate: ["new", "touched", "all"],
  onOpen: ["guard", "block", "allow"],
  enforcement: ["block", "advise"],
} as const satisfies { failOn: FailOn[]; gate: Gate[]; onOpen: OnOpen[]; enforcement: Enforcement[] };

/** What applies when nothing is configured. */
export const DEFAULT_POLICY: Policy = { failOn: "high", gate: "new", onOpen: "guard", enforcement: "block" };
