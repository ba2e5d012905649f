import type { Settings } from "../config/settings.ts";
import { redactText } from "../diagnostics/credentials.ts";
import type { GateError } from "../diagnostics/gate-error.ts";
import type { Notification } from "../diagnostics/notification.ts";
import { counts, type Finding } from "../findings/finding.ts";
import type { FrontEnd, Plan, SourceId } from "../plan/plan.ts";
import type { Evaluation } from "../rules/evaluate.ts";
import { blocks, combineVerdicts, type Decision } from "../verdict/decide.ts";
import type { Policy } from "../verdict/policy.ts";
import { VERSION } from "../version.ts";
import { compareFindings } from "./order.ts";
import type { Report, ReportError, ReportPolicy, ReportSubject, ReportTarget } from "./report.ts";
import { toReportChange } from "./report-changes.ts";
import { summarise, toReportFinding, toReportWaiver } from "./report-findings.ts";
import { toReportOutcomes } from "./report-outcomes.ts";

/** A target with everything a report says of it. */
export interface JudgedTarget {
  readonly name: string;
  readonly source: SourceId | null;
  /** `null` exactly when there is an error. */
  readonly plan: Plan | null;
  readonly error: GateError | null;
  readonly digest: string | null;
  readonly liveDigest: string | null;
  readonly frontEnd: FrontEnd | null;
  /** How many resources Microsoft's own engine expands to the same. */
  readonly secondOpinion: { readonly equal: number; readonly total: number } | null;
  readonly decision: Decision;
  /** Resources whose properties were seen. */
  readonly analysed: number;
  readonly findings: readonly Finding[];
  readonly evaluations: readonly Evaluation[];
  readonly notifications: readonly Notification[];
}

interface ReportRequest {
  readonly targets: readonly JudgedTarget[];
  readonly settings: Settings;
  readonly digest: string;
  readonly subject: ReportSubject;
  readonly notifications: readonly Notification[];
  /** Also list every outcome, pass and notApplicable included. */
  readonly allOutcomes: boolean;
  /** The digest that was reviewed; any other blocks. `null` when none was given. */
  readonly expectedDigest: string | null;
}

/** The report of a run, whatever it came to. */
export function assembleReport(request: ReportRequest): Report {
  const { targets, settings } = request;
  const findings = targets.flatMap((target) => target.findings);
  const reportTargets = targets.map(toReportTarget);
  const changes = reportTargets.flatMap((target) => target.changes);
  const several = targets.length > 1;
  const reasonsOf = ({ name, decision }: JudgedTarget) =>
    decision.reasons.map((reason) => redactText(several ? `${name}: ${reason}` : reason));
  const differs = digestReasons(request);
  const notifications = [
    ...request.notifications,
    ...targets.flatMap((target) => target.notifications),
    ...unconfiguredNote(settings),
  ];
  return {
    schemaVersion: "1",
    tool: { name: "portcullis", version: VERSION },
    verdict: verdictOf(targets, differs.length > 0),
    reasons: [...differs, ...targets.flatMap(reasonsOf)],
    digest: request.digest,
    subject: request.subject,
    policy: toReportPolicy(settings, findings),
    summary: summarise(findings, changes),
    targets: reportTargets,
    findings: findings
      .map((finding) => toReportFinding(finding, isBlocking(finding, settings.policy)))
      .sort(compareFindings),
    notifications: notifications.map((notification) => ({
      ...notification,
      message: redactText(notification.message),
    })),
    rules: settings.rules.map(({ rule, severity }) => ({ id: rule.id, severity })),
    ...(request.allOutcomes ? { outcomes: targets.flatMap(toReportOutcomes) } : {}),
  };
}

/** Whether a finding takes part in the verdict and stops the change. */
function isBlocking(finding: Finding, policy: Policy): boolean {
  return finding.state !== "fixed" && counts(finding) && blocks(finding, policy);
}

function digestReasons({ digest, expectedDigest }: ReportRequest): readonly string[] {
  return expectedDigest === null || expectedDigest === digest
    ? []
    : [`the digest is ${digest}, and ${expectedDigest} was reviewed`];
}

/** A defect of ours makes the whole run void, whatever else was found; another digest than the reviewed one blocks. */
function verdictOf(targets: readonly JudgedTarget[], digestDiffers: boolean): Report["verdict"] {
  if (targets.some(({ error }) => error?.kind === "internal")) return "notJudged";
  return digestDiffers ? "block" : combineVerdicts(targets.map(({ decision }) => decision.verdict));
}

function toReportTarget(target: JudgedTarget): ReportTarget {
  const { plan, error } = target;
  return {
    name: target.name,
    source: target.source,
    status: plan === null ? "notJudged" : "judged",
    error: error === null ? null : toReportError(error),
    stateBasis: plan?.stateBasis ?? "none",
    digest: target.digest,
    liveDigest: target.liveDigest,
    frontEnd: target.frontEnd,
    scope: plan?.scope ?? null,
    coverage: {
      analysed: target.analysed,
      notAnalysed: [...(plan?.notAnalysed ?? [])],
      secondOpinion: target.secondOpinion,
      context: [],
    },
    changes: (plan?.resources ?? []).map(toReportChange),
  };
}

/** An error as reports show it. */
export function toReportError({ code, message, hint, kind, details }: GateError): ReportError {
  return { code, message: redactText(message), hint, kind, details: details.map(redactText) };
}

function toReportPolicy(settings: Settings, findings: readonly Finding[]): ReportPolicy {
  const used = new Set(findings.flatMap(({ waiver }) => (waiver === null ? [] : [waiver.source])));
  return {
    config: settings.config,
    configSha: settings.configSha,
    profile: settings.profile,
    ...settings.policy,
    rulesOff: settings.rulesOff,
    severityOverrides: settings.severityOverrides.map(({ rule, from, to }) => ({ rule: rule.id, from, to })),
    assumptions: settings.assumptions,
    waiversUsed: settings.waivers
      .filter(({ source }) => used.has(source))
      .map((waiver) => ({ rule: waiver.ruleIds.join(", "), resource: waiver.resource, ...toReportWaiver(waiver) })),
  };
}

function unconfiguredNote({ unconfigured }: Settings): readonly Notification[] {
  if (unconfigured.length === 0) return [];
  const ids = unconfigured.map(({ id }) => id).join(", ");
  return [
    {
      level: "note",
      code: "rule-not-configured",
      message: `Without a list of your own these rules say nothing: ${ids}`,
    },
  ];
}
