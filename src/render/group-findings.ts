import type { ReportFinding } from "./report.ts";

/** Findings that say the same of several resources; never empty. */
export interface FindingGroup {
  readonly first: ReportFinding;
  readonly findings: readonly ReportFinding[];
}

/** Findings by rule, and by waiver where they have one, in the order in which each first appears. */
export function groupFindings(findings: readonly ReportFinding[]): readonly FindingGroup[] {
  const groups = new Map<string, { first: ReportFinding; findings: ReportFinding[] }>();
  for (const finding of findings) {
    const { ruleId, severity, subsumedBy, waiver } = finding;
    const key = JSON.stringify([ruleId, severity, subsumedBy, waiver]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: finding, findings: [finding] });
    else group.findings.push(finding);
  }
  return [...groups.values()];
}

/** What a resource is called in a list. */
export function nameOf({ resource }: ReportFinding): string {
  return resource.name ?? resource.address ?? resource.type;
}

/** The names of the resources, each once. */
export function namesOf(findings: readonly ReportFinding[]): readonly string[] {
  return [...new Set(findings.map(nameOf))];
}
