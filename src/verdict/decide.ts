import { counts, type Finding } from "../findings/finding.ts";
import { isWritten } from "../plan/change-type.ts";
import { SEVERITIES } from "../rules/define-rule.ts";
import type { Policy } from "./policy.ts";

/** The decision about a run or one of its targets. */
export type Verdict = "allow" | "block" | "undecided" | "notJudged";

/** How well a target could be judged at all. */
export interface Standing {
  /** Resources that the deployment writes, and changes that could not be read. */
  readonly deployable: number;
  /** Resources whose properties were seen. */
  readonly analysed: number;
  /** Rules that failed by a defect of ours. */
  readonly crashes: number;
}

/** A verdict with one line for each reason why it is not `allow`. */
export interface Decision {
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
}

/** Decides one judged target. Looks at findings, policy and coverage, at nothing else. */
export function decide(findings: readonly Finding[], policy: Policy, standing: Standing): Decision {
  const standingFindings = findings.filter((finding) => finding.state !== "fixed" && counts(finding));
  const blocking = standingFindings.filter((finding) => blocks(finding, policy));
  if (blocking.length > 0) return { verdict: "block", reasons: [blockReason(blocking, policy)] };
  const reasons = undecidedReasons(standingFindings, policy, standing);
  return reasons.length > 0 ? { verdict: "undecided", reasons } : { verdict: "allow", reasons: [] };
}

/** Whether a finding alone stops the change under `policy`. */
export function blocks(finding: Finding, policy: Policy): boolean {
  return (
    finding.outcome === "fail" &&
    finding.confidence !== "low" &&
    policy.failOn !== "never" &&
    SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(policy.failOn) &&
    isSelected(finding, policy)
  );
}

function isSelected({ state, resource }: Finding, { gate }: Policy): boolean {
  if (state === "new") return true;
  return gate === "all" || (gate === "touched" && isWritten(resource.changeType));
}

/** What a run comes to: `block` wins over targets that were not judged, these over undecided ones. */
export function combineVerdicts(verdicts: readonly Verdict[]): Verdict {
  const order = ["block", "notJudged", "undecided"] as const;
  return order.find((verdict) => verdicts.includes(verdict)) ?? "allow";
}

function blockReason(blocking: readonly Finding[], { failOn }: Policy): string {
  const counted = SEVERITIES.map((severity) => ({
    severity,
    count: blocking.filter((finding) => finding.severity === severity).length,
  }));
  const parts = counted.filter(({ count }) => count > 0).map(({ severity, count }) => `${count} ${severity}`);
  return `${parts.join(", ")}: findings of severity ${failOn} and above block`;
}

function undecidedReasons(findings: readonly Finding[], policy: Policy, standing: Standing): readonly string[] {
  if (policy.onOpen === "allow") return [];
  const open = findings.filter((finding) => finding.outcome === "open");
  const reasons: string[] = [];
  if (policy.onOpen === "block") {
    if (open.length > 0) reasons.push(`${open.length} outcomes are open, and open outcomes block`);
  } else {
    const sure = open.filter(({ confidence }) => confidence !== "low");
    const lost = sure.filter(({ regression, reason }) => regression && reason !== "not-declared");
    const critical = sure.filter((finding) => finding.severity === "critical" && isGuarded(finding, policy));
    if (lost.length > 0)
      reasons.push(`${lost.length} requirements that were met before cannot be decided after: ${ruleList(lost)}`);
    if (critical.length > 0)
      reasons.push(`${critical.length} critical requirements cannot be decided: ${ruleList(critical)}`);
  }
  if (standing.deployable > 0 && standing.analysed === 0)
    reasons.push("nothing of what would be deployed could be analysed");
  if (standing.crashes > 0)
    reasons.push(`${standing.crashes} rules failed by a defect of Portcullis; see the notifications`);
  return reasons;
}

/** Where a critical rule may not stay open: on what the deployment writes, and wherever the gate looks. */
function isGuarded({ resource }: Finding, { gate }: Policy): boolean {
  return isWritten(resource.changeType) || gate === "all";
}

/** At most three rule ids, and how many more. */
function ruleList(findings: readonly Finding[]): string {
  const ids = [...new Set(findings.map(({ rule }) => rule.id))];
  const rest = ids.length > 3 ? ` and ${ids.length - 3} more` : "";
  return ids.slice(0, 3).join(", ") + rest;
}
