import type { Settings } from "./config/settings.ts";
import type { Notification } from "./diagnostics/notification.ts";
import { type Baseline, classify } from "./findings/classify.ts";
import type { Finding } from "./findings/finding.ts";
import { indexWaivers } from "./findings/waiver.ts";
import type { Plan } from "./plan/plan.ts";
import { labelOf } from "./plan/planned-resource.ts";
import { type Evaluation, evaluate } from "./rules/evaluate.ts";
import { isWritten } from "./plan/change-type.ts";
import { Unknown } from "./expression/value.ts";
import { decide, type Decision, type Standing } from "./verdict/decide.ts";

/** What one judged target comes to. */
export interface Judgement {
  readonly findings: readonly Finding[];
  readonly decision: Decision;
  readonly standing: Standing;
  readonly notifications: readonly Notification[];
  readonly evaluations: readonly Evaluation[];
}

interface JudgeRequest {
  readonly target: string;
  readonly plan: Plan;
  readonly settings: Settings;
  readonly baseline: Baseline | null;
}

/** From plan to verdict: pure and synchronous, no clock, no environment. The same inputs give the same judgement. */
export function judge({ target, plan, settings, baseline }: JudgeRequest): Judgement {
  const surroundings = {
    platform: settings.platform,
    assumptions: settings.assumptions.map(({ type, name }) => ({ type, name: name ?? undefined })),
  };
  const evaluations = [...evaluate(plan, settings.rules, surroundings)];
  const findings = classify(evaluations, { target, plan, baseline, findWaiver: indexWaivers(settings.waivers) });
  const crashed = evaluations.filter(({ crash }) => crash !== null);
  const standing = standingOf(plan, crashed.length);
  return {
    findings,
    decision: decide(findings, settings.policy, standing),
    standing,
    notifications: [...plan.notifications, ...crashed.map(crashNotification), ...duplicates(plan)],
    evaluations,
  };
}

function standingOf(plan: Plan, crashes: number): Standing {
  const inside = plan.resources.filter(({ outside }) => !outside);
  const written = inside.filter(({ changeType }) => isWritten(changeType)).length;
  const unnamed = Math.max(0, plan.notAnalysed.length - inside.filter(({ after }) => after instanceof Unknown).length);
  const analysed = inside.filter(({ after, before }) => !((after ?? before) instanceof Unknown)).length;
  return { deployable: written + unnamed, analysed, crashes };
}

function crashNotification({ setting, resource, crash }: Evaluation): Notification {
  return {
    level: "error",
    code: "rule-crashed",
    message: `${setting.rule.id} failed on ${labelOf(resource)}: ${crash ?? ""}`,
  };
}

/** One note for each id that stands more than once in the deployment. */
function duplicates(plan: Plan): readonly Notification[] {
  const seen = new Map<string, number>();
  for (const { id, outside } of plan.resources) {
    if (!outside && !(id instanceof Unknown)) seen.set(id.key, (seen.get(id.key) ?? 0) + 1);
  }
  return [...seen]
    .filter(([, count]) => count > 1)
    .map(([id, count]) => ({
      level: "warning",
      code: "duplicate-resource",
      message: `${id} stands ${count} times in the plan; each is judged`,
    }));
}
