import type { LoadedSettings } from "./config/load-settings.ts";
import { planDigests, runDigest } from "./deploy/digest.ts";
import { GateError } from "./diagnostics/gate-error.ts";
import type { Notification } from "./diagnostics/notification.ts";
import type { Baseline } from "./findings/classify.ts";
import { judge } from "./judge.ts";
import { assembleReport, type JudgedTarget } from "./render/assemble-report.ts";
import type { Plan } from "./plan/plan.ts";
import type { Report, ReportSubject } from "./render/report.ts";
import { withDisagreements } from "./sources/bicep/second-opinion/disagreements.ts";
import type { SecondOpinion } from "./sources/bicep/second-opinion/second-opinion.ts";
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

/** The whole run, from loaded targets to the report, without any second opinion. There is a report in every case. */
export function run(request: RunRequest): Report {
  return reportOn(
    request.targets.map((target) => judgeTarget(target, request)),
    request,
  );
}

/**
 * The whole run, with the second opinions that are on their way. Every target is judged while Microsoft's compiler works on its own expansion;
 * one that it expands otherwise is judged again, without the values that differ. The digests are those of our expansion in either case.
 */
export async function runWithSecondOpinions(request: RunRequest): Promise<Report> {
  const judged = request.targets.map((target) => [target, judgeTarget(target, request)] as const);
  const targets: JudgedTarget[] = [];
  for (const [target, first] of judged) {
    const opinion = await target.secondOpinion;
    targets.push(opinion === undefined ? first : withOpinion(first, opinion, { target, request }));
  }
  return reportOn(targets, request);
}

interface Question {
  readonly target: LoadedTarget;
  readonly request: RunRequest;
}

function withOpinion(first: JudgedTarget, opinion: SecondOpinion, { target, request }: Question): JudgedTarget {
  if (first.plan === null) return first;
  const { differences, agreement, notifications } = opinion;
  const again = (plan: Plan): JudgedTarget => {
    const { digest, liveDigest } = first;
    return { ...judgeTarget({ ...target, plan: withDisagreements(plan, differences) }, request), digest, liveDigest };
  };
  const judged = differences.length === 0 ? first : again(first.plan);
  return { ...judged, secondOpinion: agreement, notifications: [...judged.notifications, ...notifications] };
}

function reportOn(targets: readonly JudgedTarget[], request: RunRequest): Report {
  const { settings } = request.settings;
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
  const { name, source, plan, frontEnd } = target;
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
      frontEnd: frontEnd ?? null,
      secondOpinion: null,
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

function refused({ name, source, frontEnd }: LoadedTarget, error: GateError): JudgedTarget {
  const decision = { verdict: "notJudged", reasons: [`not judged (${error.code}): ${error.message}`] } as const;
  return {
    name,
    source,
    plan: null,
    error,
    digest: null,
    liveDigest: null,
    frontEnd: frontEnd ?? null,
    secondOpinion: null,
    decision,
    analysed: 0,
    findings: [],
    evaluations: [],
    notifications: [],
  };
}
