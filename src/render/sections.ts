import { lookUp } from "../lib/look-up.ts";
import { compareText } from "../lib/compare-text.ts";
import type { Report, ReportFinding } from "./report.ts";

/** What a reader sees, in the order in which it matters. Every finding is in exactly one section. */
export interface Sections {
  /** Fails that stop the change. */
  readonly blocking: readonly ReportFinding[];
  /** Fails that the change brings and that do not stop it. */
  readonly advisory: readonly ReportFinding[];
  /** Fails that were there before and do not stop the change. */
  readonly existing: readonly ReportFinding[];
  readonly open: readonly OpenGroup[];
  readonly fixed: readonly ReportFinding[];
  readonly waived: readonly ReportFinding[];
  /** Findings that another one says better. */
  readonly folded: readonly ReportFinding[];
}

/** How many findings a report writes out when it writes out all. */
export function sizeOf({ open, ...sections }: Sections): number {
  const lists = [...Object.values(sections), ...open.map(({ findings }) => findings)];
  return lists.reduce((sum, findings) => sum + findings.length, 0);
}

/** Open outcomes that say the same: one rule, or one family of related resources that is out of sight. */
export interface OpenGroup {
  /** The rules concerned, sorted. */
  readonly ruleIds: readonly string[];
  readonly family: string | null;
  readonly findings: readonly ReportFinding[];
}

/** Divides the findings of a report, each section in the report's order. */
export function toSections(report: Report): Sections {
  const sections = { blocking: [], advisory: [], existing: [], fixed: [], waived: [], folded: [] } as Record<
    Exclude<keyof Sections, "open">,
    ReportFinding[]
  >;
  const open: ReportFinding[] = [];
  for (const finding of report.findings) {
    const section = sectionOf(finding);
    if (section === "open") open.push(finding);
    else sections[section].push(finding);
  }
  return { ...sections, open: groupOpen(open) };
}

function sectionOf(finding: ReportFinding): keyof Sections {
  if (finding.state === "fixed") return "fixed";
  if (finding.waiver?.status === "active") return "waived";
  if (finding.subsumedBy !== null) return "folded";
  if (finding.outcome === "open") return "open";
  if (finding.blocking) return "blocking";
  return finding.state === "new" ? "advisory" : "existing";
}

function groupOpen(findings: readonly ReportFinding[]): readonly OpenGroup[] {
  const groups = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const key = finding.family ?? finding.ruleId;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [finding]);
    else members.push(finding);
  }
  return [...groups.values()].map((members) => ({
    ruleIds: [...new Set(members.map(({ ruleId }) => ruleId))].sort(compareText),
    family: members[0]?.family ?? null,
    findings: members,
  }));
}

const FAMILY_NAMES: Readonly<Record<string, string>> = {
  privateEndpoints: "private endpoints",
  privateDns: "private DNS zone groups",
  diagnostics: "diagnostic settings",
  defender: "Defender plans",
  budgets: "budgets",
  contentFilters: "content-filter policies",
};

/** What a family of related resources is called in a sentence. */
export function familyName(family: string): string {
  return lookUp(FAMILY_NAMES, family) ?? family;
}

const REASON_TEXTS: Readonly<Record<string, string>> = {
  "runtime-function": "only Azure can answer during the deployment",
  "unresolved-expression": "what-if left an expression in place of the value",
  scope: "the deployment's scope was not given",
  parameter: "a parameter has no value",
  environment: "it comes from the environment",
  "key-vault": "only Key Vault holds the value",
  external: "the deployment's caller supplies it",
  "not-reported": "the source does not show it",
  "not-analysed": "the source could not look into the resource",
  "not-declared": "the change no longer mentions it",
  inherited: "it is inherited from something not in sight",
  "absence-not-proved": "the plan cannot show that none exists",
  platform: "the platform deploys it, outside this plan",
  ambiguous: "it is written twice with different values",
  "unexpected-type": "the value has another type than expected",
  "evaluators-disagree": "two evaluators gave two answers",
  limit: "too large to work out",
};

/** Why something is open, in words. */
export function reasonText(reason: string | null): string {
  return reason === null ? "" : (lookUp(REASON_TEXTS, reason) ?? reason);
}

const ADVICE: Readonly<Record<string, string>> = {
  "absence-not-proved": "Add what is missing to this deployment, or check in Azure that it is there",
  "not-declared": "Write the property out: what a template leaves out Azure may reset",
  "not-reported": "Save the what-if with full payloads (--result-format FullResourcePayloads)",
  "unresolved-expression": "Write a literal or a parameter in place of the expression, or check the value in Azure",
  "runtime-function": "Write a literal or a parameter in place of the function, or check the value in Azure",
  parameter: "Give the parameter a value",
  "not-analysed": "Check the resource in Azure by hand",
};

/** What to do about an open outcome; empty where there is nothing to say. */
export function openAdvice(reason: string | null): string {
  return reason === null ? "" : (lookUp(ADVICE, reason) ?? "");
}
