import { Sensitive, Unknown, type Value } from "../expression/value.ts";
import type { Plan } from "../plan/plan.ts";
import { labelOf } from "../plan/planned-resource.ts";
import { formatPath, type PropertyPath, toPath } from "../plan/property-path.ts";
import { isWrittenAsNull, readPath } from "../plan/property-reader.ts";
import type { Evaluation } from "../rules/evaluate.ts";
import type { Fail, Open, Outcome } from "../rules/outcome.ts";
import type { Finding, FindingState } from "./finding.ts";
import { fingerprint } from "./fingerprint.ts";
import { subsume } from "./subsume.ts";
import type { FindWaiver } from "./waiver.ts";

/** What the before-world of a source without one is taken from: findings of an earlier report by fingerprint. */
export type Baseline = ReadonlyMap<string, { readonly magnitude: number | null }>;

export interface Classification {
  readonly target: string;
  readonly plan: Plan;
  readonly baseline: Baseline | null;
  readonly findWaiver: FindWaiver;
}

/** An outcome that becomes a finding, with what identifies it. */
interface Claim {
  readonly evaluation: Evaluation;
  readonly outcome: Fail | Open;
  readonly path: PropertyPath;
  readonly body: Value;
  readonly fingerprint: string;
}

/**
 * Compares what the rules say of the two worlds: fails only after are new, in both existing, only before fixed. Worse than before is
 * new again, and what the change merely leaves out is open, not failed.
 */
export function classify(evaluations: readonly Evaluation[], context: Classification): readonly Finding[] {
  const before = evaluations.flatMap((evaluation) => claims(evaluation, "before", context));
  const after = evaluations.flatMap((evaluation) => claims(evaluation, "after", context));
  const earlier = worst(before);
  const findings = after.map((claim) =>
    toFinding(claim, judge(claim, earlier.get(claim.fingerprint), context), context),
  );
  const standing = new Set(after.map((claim) => claim.fingerprint));
  const fixed = before
    .filter(
      (claim) => claim.outcome.outcome === "fail" && !standing.has(claim.fingerprint) && !isOpenAfter(claim.evaluation),
    )
    .map((claim) => toFinding(claim, { state: "fixed", regression: false, outcome: claim.outcome }, context));
  return subsume([...findings, ...fixed]);
}

function claims(evaluation: Evaluation, side: "before" | "after", { target, plan }: Classification): Claim[] {
  const outcomes = evaluation[side] ?? [];
  const { resource, setting, transition } = evaluation;
  const body = side === "after" && transition && resource.after === null ? resource.before : resource[side];
  return outcomes.filter(isClaim).map((outcome) => {
    const path = toPath(outcome.at);
    return {
      evaluation,
      outcome,
      path,
      body,
      fingerprint: fingerprint({ ruleId: setting.rule.id, target, source: plan.source, resource, body, path }),
    };
  });
}

function isClaim(outcome: Outcome): outcome is Fail | Open {
  return outcome.outcome === "fail" || outcome.outcome === "open";
}

function isOpenAfter({ after }: Evaluation): boolean {
  return after?.some(({ outcome }) => outcome === "open") ?? false;
}

/** By fingerprint, the worst claim of the before-world. */
function worst(claims: readonly Claim[]): ReadonlyMap<string, Claim> {
  const byFingerprint = new Map<string, Claim>();
  for (const claim of claims) {
    const other = byFingerprint.get(claim.fingerprint);
    if (other === undefined || magnitudeOf(claim.outcome) > magnitudeOf(other.outcome))
      byFingerprint.set(claim.fingerprint, claim);
  }
  return byFingerprint;
}

function magnitudeOf(outcome: Fail | Open): number {
  return outcome.outcome === "fail" ? (outcome.magnitude ?? 0) : Number.NEGATIVE_INFINITY;
}

interface Judgement {
  readonly state: FindingState;
  readonly regression: boolean;
  readonly outcome: Fail | Open;
}

function judge(claim: Claim, earlier: Claim | undefined, context: Classification): Judgement {
  const { evaluation, outcome } = claim;
  if (evaluation.transition) return { state: "new", regression: outcome.regression === true, outcome };
  const regression = met(evaluation.before);
  if (outcome.outcome === "open") return judgeOpen(claim, regression, context);
  if (earlier?.outcome.outcome === "fail") {
    const grew = magnitudeOf(outcome) > magnitudeOf(earlier.outcome);
    return { state: grew ? "new" : "existing", regression: false, outcome };
  }
  if (isLeftOut(claim)) return { state: "new", regression: false, outcome: leftOut(claim, outcome) };
  const listed = context.baseline?.get(claim.fingerprint);
  const known = listed !== undefined && (listed.magnitude === null || magnitudeOf(outcome) <= listed.magnitude);
  return known ? { state: "existing", regression: false, outcome } : { state: "new", regression, outcome };
}

function judgeOpen(
  { evaluation, outcome, fingerprint: key }: Claim,
  regression: boolean,
  context: Classification,
): Judgement {
  const unmet = evaluation.before?.some(isClaim) ?? false;
  const listed = context.baseline?.has(key) ?? false;
  const silent = outcome.outcome === "open" && outcome.reason === "not-declared";
  return { state: unmet || listed ? "existing" : "new", regression: regression && !silent, outcome };
}

/** Whether the rule applied before and had nothing to say against the resource. */
function met(before: readonly Outcome[] | null): boolean {
  return before !== null && before.some(({ outcome }) => outcome === "pass") && !before.some(isClaim);
}

/** Whether a property that decides was set before and is simply not mentioned after. */
function isLeftOut({ evaluation, outcome, path }: Claim): boolean {
  const { before, after } = evaluation.resource;
  if (evaluation.before === null || after instanceof Unknown || outcome.outcome !== "fail") return false;
  const deciding = [path, ...(outcome.decidedBy ?? []).map(toPath)].filter((candidate) => candidate.length > 0);
  return deciding.some(
    (candidate) =>
      !isWrittenAsNull(after, candidate) &&
      readPath(after, candidate).state === "absent" &&
      readPath(before, candidate).state !== "absent",
  );
}

function leftOut({ evaluation, path }: Claim, outcome: Fail): Open {
  const message = `${labelOf(evaluation.resource)}: the change no longer mentions ${formatPath(path)}`;
  return { outcome: "open", reason: "not-declared", at: outcome.at, message };
}

/** What stands at the property, for the report; `null` when nothing does. */
function actualOf(body: Value, path: PropertyPath, outcome: Fail | Open): Value {
  if (path.length === 0 || body === null) return null;
  const reading = readPath(body, path);
  if (reading.state === "absent") return null;
  if (reading.state === "unknown") return new Unknown(reading.reason, reading.expression);
  const hidden = reading.sensitive || (outcome.outcome === "fail" && outcome.sensitive === true);
  return hidden && (typeof reading.value !== "object" || reading.value === null)
    ? new Sensitive(reading.value)
    : reading.value;
}

function toFinding(claim: Claim, judgement: Judgement, context: Classification): Finding {
  const { evaluation, path, body } = claim;
  const { setting, resource } = evaluation;
  const { outcome, state, regression } = judgement;
  const failed = outcome.outcome === "fail";
  const waiver = state === "fixed" ? undefined : context.findWaiver(setting.rule.id, resource);
  return {
    rule: setting.rule,
    severity: setting.severity,
    confidence: setting.rule.confidence,
    outcome: outcome.outcome,
    reason: failed ? null : outcome.reason,
    family: failed ? null : (outcome.family ?? null),
    state,
    regression,
    subsumedBy: null,
    waiver: waiver ?? null,
    fingerprint: claim.fingerprint,
    target: context.target,
    resource,
    path,
    message: outcome.message,
    expected: failed ? outcome.expected : undefined,
    actual: actualOf(body, path, outcome),
    magnitude: failed ? (outcome.magnitude ?? null) : null,
    location: context.plan.locate(resource, path),
    fix: failed ? (outcome.fix ?? setting.rule.fix ?? null) : null,
  };
}
