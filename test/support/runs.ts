import { DEFAULT_POLICY, type Policy } from "../../src/verdict/policy.ts";
import type { Settings } from "../../src/config/settings.ts";
import type { ErrorCode } from "../../src/diagnostics/catalogue.ts";
import { GateError } from "../../src/diagnostics/gate-error.ts";
import type { Notification } from "../../src/diagnostics/notification.ts";
import type { Baseline } from "../../src/findings/classify.ts";
import type { Waiver } from "../../src/findings/waiver.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { run, type RunRequest } from "../../src/pipeline.ts";
import type { Report } from "../../src/render/report.ts";
import type { Rule } from "../../src/rules/define-rule.ts";
import type { RuleSetting } from "../../src/rules/evaluate.ts";
import { RULES } from "../../src/rules/index.ts";
import type { LoadedTarget } from "../../src/sources/loaded-target.ts";

/** What a test says about a run; everything else is the default. */
export interface RunOptions {
  readonly rules?: readonly (Rule | RuleSetting)[];
  readonly policy?: Partial<Policy>;
  readonly settings?: Partial<Settings>;
  readonly waivers?: readonly Waiver[];
  readonly baseline?: Baseline;
  readonly expectedDigest?: string;
  readonly notifications?: readonly Notification[];
  readonly allOutcomes?: true;
}

/** Settings with the given rules, without a configuration file. */
export function settingsOf({ rules = builtIn(), policy, settings, waivers }: RunOptions = {}): Settings {
  return {
    policy: { ...DEFAULT_POLICY, ...policy },
    profile: "recommended",
    config: null,
    configSha: null,
    rules: rules.map((rule) => ("rule" in rule ? rule : { rule, severity: rule.severity, options: {} })),
    rulesOff: [],
    severityOverrides: [],
    unconfigured: [],
    waivers: waivers ?? [],
    assumptions: [],
    platform: new Set(),
    ...settings,
  };
}

/** The built-in rules as they run without a configuration. */
export function builtIn(): readonly RuleSetting[] {
  return RULES.filter(({ needsOptions }) => needsOptions !== true).map((rule) => ({
    rule,
    severity: rule.severity,
    options: DEFAULT_OPTIONS[rule.id] ?? {},
  }));
}

const DEFAULT_OPTIONS: Readonly<Record<string, object>> = {
  "abuse-and-cost/capacity-jump": { factor: 2 },
  "network/openai-ip-rule-too-broad": { minPrefix: 24 },
};

/** A target with a plan. */
export function target(plan: Plan, name = "plan.json"): LoadedTarget {
  return { name, source: "arm-what-if", plan, error: null };
}

/** A target that was refused. */
export function refused(code: ErrorCode, name = "broken.json", message = `${name} cannot be used`): LoadedTarget {
  return { name, source: null, plan: null, error: new GateError(code, message) };
}

/** The report about the targets. */
export function reportOf(targets: readonly LoadedTarget[], options: RunOptions = {}): Report {
  return run(requestOf(targets, options));
}

/** What a run over the targets is asked for. */
export function requestOf(targets: readonly LoadedTarget[], options: RunOptions = {}): RunRequest {
  return {
    targets,
    settings: { settings: settingsOf(options), notifications: [] },
    baseline: options.baseline ?? null,
    subject: { repository: null, pullRequest: null, headSha: null, baseSha: null },
    notifications: options.notifications ?? [],
    allOutcomes: options.allOutcomes ?? false,
    expectedDigest: options.expectedDigest ?? null,
  };
}

/** The report about one plan. */
export function reportOn(plan: Plan, options: RunOptions = {}): Report {
  return reportOf([target(plan)], options);
}

/** An active waiver for every resource, unless told otherwise. */
export function waiver(changes: Partial<Waiver> = {}): Waiver {
  return {
    ruleIds: ["test/flag-off"],
    resource: null,
    reason: "accepted for the test",
    owner: "@platform",
    expires: null,
    approvedBy: null,
    source: "portcullis.yml:1:1",
    status: "active",
    ...changes,
  };
}
