import { runDigest } from "../deploy/digest.ts";
import { combineVerdicts } from "../verdict/decide.ts";
import { compareFindings } from "./order.ts";
import type { Report, ReportPolicy, ReportSummary } from "./report.ts";

/**
 * One report out of those of parallel jobs. Policy, subject and tool are those of the first, with everything that weakens the policy of any;
 * a difference in policy is a notification. Advice alone is advice: one job that enforces its verdict makes the whole enforce it.
 */
export function mergeReports(reports: readonly Report[]): Report {
  const [first, ...others] = reports;
  if (first === undefined) throw new TypeError("nothing to merge");
  if (others.length === 0) return first;
  const targets = reports.flatMap((report) => report.targets);
  const internal = targets.some(({ error }) => error?.kind === "internal");
  const rules = new Map(reports.flatMap((report) => report.rules).map((rule) => [rule.id, rule]));
  return {
    ...first,
    verdict: internal ? "notJudged" : combineVerdicts(reports.map(({ verdict }) => verdict)),
    reasons: reports.flatMap((report) => reasonsOf(report)),
    digest: runDigest(targets),
    policy: mergePolicies([first.policy, ...others.map(({ policy }) => policy)]),
    summary: reports.map(({ summary }) => summary).reduce(addSummaries),
    targets,
    findings: reports.flatMap((report) => report.findings).sort(compareFindings),
    notifications: distinct([...reports.flatMap((report) => report.notifications), ...policyNotes(first, others)]),
    rules: [...rules.values()],
    ...(reports.some(({ outcomes }) => outcomes !== undefined)
      ? { outcomes: reports.flatMap(({ outcomes }) => outcomes ?? []) }
      : {}),
  };
}

function mergePolicies(policies: readonly [ReportPolicy, ...ReportPolicy[]]): ReportPolicy {
  const [first] = policies;
  return {
    ...first,
    enforcement: policies.every(({ enforcement }) => enforcement === "advise") ? "advise" : "block",
    rulesOff: distinct(policies.flatMap(({ rulesOff }) => rulesOff)),
    severityOverrides: distinct(policies.flatMap(({ severityOverrides }) => severityOverrides)),
    assumptions: distinct(policies.flatMap(({ assumptions }) => assumptions)),
    waiversUsed: distinct(policies.flatMap(({ waiversUsed }) => waiversUsed)),
  };
}

/** Each thing once, in the order in which it first appears. */
function distinct<T>(things: readonly T[]): readonly T[] {
  return [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()];
}

/** Reasons of a report about one target do not name it; next to those of others they must. */
function reasonsOf({ reasons, targets }: Report): readonly string[] {
  const [only] = targets;
  return targets.length === 1 && only !== undefined ? reasons.map((reason) => `${only.name}: ${reason}`) : reasons;
}

function addSummaries(a: ReportSummary, b: ReportSummary): ReportSummary {
  return {
    changes: addCounts(a.changes, b.changes),
    findings: addCounts(a.findings, b.findings),
    new: a.new + b.new,
    existing: a.existing + b.existing,
    fixed: a.fixed + b.fixed,
    waived: a.waived + b.waived,
    open: a.open + b.open,
  };
}

function addCounts<K extends string>(
  a: Readonly<Record<K, number>>,
  b: Readonly<Record<K, number>>,
): Record<K, number> {
  const sum: Record<K, number> = { ...a };
  let key: K;
  for (key in b) sum[key] = a[key] + b[key];
  return sum;
}

function policyNotes(first: Report, others: readonly Report[]): Report["notifications"] {
  const policy = settingsText(first);
  if (others.every((report) => settingsText(report) === policy)) return [];
  return [
    {
      level: "warning",
      code: "policies-differ",
      message: "The merged reports were judged under different policies; the one shown is that of the first",
    },
  ];
}

/** A policy as its settings, without the waivers that happened to be used. */
function settingsText({ policy }: Report): string {
  return JSON.stringify({ ...policy, waiversUsed: [] });
}
