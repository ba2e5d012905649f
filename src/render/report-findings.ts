import { redactText } from "../diagnostics/credentials.ts";
import { counts, type Finding } from "../findings/finding.ts";
import { CHANGE_TYPES } from "../plan/change-type.ts";
import { formatPath } from "../plan/property-path.ts";
import { SEVERITIES, type Severity } from "../rules/define-rule.ts";
import type { Fix } from "../rules/outcome.ts";
import { toPrintable } from "./printable.ts";
import type { ReportChange, ReportFinding, ReportFix, ReportSummary, ReportWaiver } from "./report.ts";
import { toReportResource } from "./report-changes.ts";

/** A finding as reports show it. `blocking`: it stops the change under the policy of its target. */
export function toReportFinding(finding: Finding, blocking: boolean): ReportFinding {
  return {
    ruleId: finding.rule.id,
    severity: finding.severity,
    confidence: finding.confidence,
    outcome: finding.outcome,
    reason: finding.reason,
    family: finding.family,
    state: finding.state,
    regression: finding.regression,
    subsumedBy: finding.subsumedBy,
    waiver: finding.waiver === null ? null : toReportWaiver(finding.waiver),
    fingerprint: finding.fingerprint,
    magnitude: finding.magnitude,
    blocking,
    target: finding.target,
    resource: toReportResource(finding.resource),
    property: formatPath(finding.path),
    message: redactText(finding.message),
    expected: toPrintable(finding.expected ?? null),
    actual: toPrintable(finding.actual),
    location: finding.location,
    fix: finding.fix === null ? null : toReportFix(finding.fix),
  };
}

/** The parts of a waiver that a finding shows. */
export function toReportWaiver({ reason, owner, expires, approvedBy, source, status }: ReportWaiver): ReportWaiver {
  return { reason, owner, expires, approvedBy, source, status };
}

function toReportFix({ description, impact, edits }: Fix): ReportFix {
  return {
    description,
    impact,
    edits: edits.map(({ path, value }) => ({ path, value: toPrintable(value) })),
    suggestion: null,
  };
}

/** The counts of a report. */
export function summarise(findings: readonly Finding[], changes: readonly ReportChange[]): ReportSummary {
  const standing = findings.filter((finding) => finding.state !== "fixed" && counts(finding));
  const fails = standing.filter(({ outcome }) => outcome === "fail");
  const bySeverity = (severity: Severity) => fails.filter((finding) => finding.severity === severity).length;
  const byType = new Map<string, number>();
  for (const { changeType } of changes) byType.set(changeType, (byType.get(changeType) ?? 0) + 1);
  return {
    changes: tally(CHANGE_TYPES, (type) => byType.get(type) ?? 0),
    findings: tally(SEVERITIES, bySeverity),
    new: fails.filter(({ state }) => state === "new").length,
    existing: fails.filter(({ state }) => state === "existing").length,
    fixed: findings.filter(({ state }) => state === "fixed").length,
    waived: findings.filter(({ waiver }) => waiver?.status === "active").length,
    open: standing.filter(({ outcome }) => outcome === "open").length,
  };
}

function tally<K extends string>(keys: readonly K[], count: (key: K) => number): Record<K, number> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the entries are exactly the keys
  return Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<K, number>;
}
