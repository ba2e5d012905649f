import { compareText } from "../lib/compare-text.ts";
import { SEVERITIES } from "../rules/define-rule.ts";
import type { ReportFinding } from "./report.ts";

/** Worst first; then by place, rule, resource and property, so that the same inputs give the same order. */
export function compareFindings(a: ReportFinding, b: ReportFinding): number {
  const severity = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (severity !== 0) return severity;
  const file = compareText(a.location.file ?? "", b.location.file ?? "");
  if (file !== 0) return file;
  const line = (a.location.startLine ?? 0) - (b.location.startLine ?? 0);
  return line === 0 ? compareText(restOf(a), restOf(b)) : line;
}

function restOf({ ruleId, target, resource, property, state }: ReportFinding): string {
  return [ruleId, target, resource.id ?? resource.address ?? resource.name ?? "", property, state].join("\0");
}
