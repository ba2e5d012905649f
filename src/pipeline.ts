import type { LoadedSettings } from "./config/load-settings.ts";
import { planDigests, runDigest } from "./deploy/digest.ts";
import { GateError } from "./diagnostics/gate-error.ts";
import type { Notification } from "./diagnostics/notification.ts";
import type { Baseline } from "./findings/classify.ts";
import { judge } from "./judge.ts";
import { assembleReport, type JudgedTarget } from "./render/assemble-report.ts";
import type { Report, ReportSubject } from "./render/report.ts";
import { type LoadedTarget, toGateError } from "./sources/loaded-target.ts";

/** What a run judges, and how. */
export interface RunRequest {
  readonly targets: readonly LoadedTarget[];
  readonly settings: LoadedSettings;
  readonly baseline: Baseline | null;
  readonly subject: ReportSubject;
  readonly notifications: readonly Notification[];
  readonly allOutcomes: boolean;
  /** The digest that was reviewed; any other blocks. `null` when none was given. */
  readonly expectedDigest: string | null;
}

/** The whole run, from loaded targets to the report. There is a report in every case. */
export function run(request: RunRequest): Report {
  const { settings } = request.settings;
  const targets = request.targets.map((target) => judgeTarget(target, request));
  return assembleReport({
    targets,
    settings,
    digest: runDigest(targets),
    subject: request.subject,
    notifications: [...request.settings.notifications, ...request.notifications],
    allOutcomes: request.allOutcomes,
    expectedDigest: request.expectedDigest,
  });
}

function judgeTarget(target: LoadedTarget, request: RunRequest): JudgedTarget {
  const { name, source, plan } = target;
  if (plan === null)
    return refused(target, target.error ?? new GateError("INTERNAL", `${name} has neither a plan nor an error`));
  try {
    const judgement = judge({ target: name, plan, settings: request.settings.settings, baseline: request.baseline });
    const { decision, findings, evaluations, notifications, standing } = judgement;
    return {
      name,
      source,
      plan,
      error: null,
      ...planDigests(plan),
      decision,
      analysed: standing.analysed,
      findings,
      evaluations,
      notifications,
    };
  } catch (error) {
    return refused(target, toGateError(error));
  }
}

function refused({ name, source }: LoadedTarget, error: GateError): JudgedTarget {
  const decision = { verdict: "notJudged", reasons: [`not judged (${error.code}): ${error.message}`] } as const;
  return {
    name,
    source,
    plan: null,
    error,
    digest: null,
    liveDigest: null,
    decision,
    analysed: 0,
    findings: [],
    evaluations: [],
    notifications: [],
  };
}
