import type { PlannedResource } from "../plan/planned-resource.ts";
import { SEVERITIES } from "../rules/define-rule.ts";
import { type Finding, counts } from "./finding.ts";

/**
 * Folds findings that a better rule says as well: on the same resource, in the same state, with at least the same severity and
 * confidence, failing and not waived itself. Only fails are folded; what is open stays visible.
 */
export function subsume(findings: readonly Finding[]): readonly Finding[] {
  const replacements = new Map<PlannedResource, Finding[]>();
  for (const finding of findings) {
    if (finding.outcome !== "fail" || finding.rule.subsumes === undefined || !counts(finding)) continue;
    replacements.set(finding.resource, [...(replacements.get(finding.resource) ?? []), finding]);
  }
  if (replacements.size === 0) return findings;
  return findings.map((finding) => {
    const better = replacements.get(finding.resource)?.find((candidate) => covers(candidate, finding));
    return better === undefined ? finding : { ...finding, subsumedBy: better.rule.id };
  });
}

function rank(finding: Finding): number {
  return SEVERITIES.indexOf(finding.severity);
}

function covers(better: Finding, finding: Finding): boolean {
  return (
    finding.outcome === "fail" &&
    better.rule.subsumes?.includes(finding.rule.id) === true &&
    better.state === finding.state &&
    rank(better) <= rank(finding) &&
    (better.confidence !== "low" || finding.confidence === "low")
  );
}
