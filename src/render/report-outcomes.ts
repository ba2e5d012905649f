import { Unknown } from "../expression/value.ts";
import type { Finding } from "../findings/finding.ts";
import type { Evaluation } from "../rules/evaluate.ts";
import type { Outcome } from "../rules/outcome.ts";
import type { JudgedTarget } from "./assemble-report.ts";
import type { ReportOutcome } from "./report.ts";
import { toReportResource } from "./report-changes.ts";

/** What every rule says of every resource it was asked about, in the world after the change, and what the change fixes. */
export function toReportOutcomes({ name, findings, evaluations }: JudgedTarget): readonly ReportOutcome[] {
  const states = new Map(findings.map((finding) => [keyOf(finding.rule.id, finding.resource), finding]));
  return evaluations.flatMap((evaluation) => {
    const finding = states.get(keyOf(evaluation.setting.rule.id, evaluation.resource));
    const outcome = finding?.outcome ?? worstOf(evaluation);
    if (outcome === undefined) return [];
    return [
      {
        ruleId: evaluation.setting.rule.id,
        target: name,
        resource: toReportResource(evaluation.resource),
        outcome,
        state: finding?.state ?? null,
      },
    ];
  });
}

function keyOf(ruleId: string, { id, address, type, name }: Finding["resource"]): string {
  const identity =
    id instanceof Unknown ? `${type} ${name instanceof Unknown ? (name.expression ?? "") : name}` : id.key;
  return `${ruleId} ${address ?? identity}`;
}

const ORDER = ["fail", "open", "pass", "notApplicable"] as const satisfies Outcome["outcome"][];

function worstOf({ after, before }: Evaluation): Outcome["outcome"] | undefined {
  const outcomes = new Set((after ?? before ?? []).map(({ outcome }) => outcome));
  return (
    ORDER.find((outcome) => outcomes.has(outcome)) ?? (after === null && before === null ? undefined : "notApplicable")
  );
}
