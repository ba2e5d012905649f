import { getDotPath, safeParse } from "valibot";
import { GateError } from "../diagnostics/gate-error.ts";
import { suggestion } from "../lib/did-you-mean.ts";
import type { Rule } from "../rules/define-rule.ts";
import type { RuleSetting } from "../rules/evaluate.ts";
import type { RuleNames } from "../rules/names.ts";
import type { ParsedConfig } from "./parse-config.ts";
import type { Settings } from "./settings.ts";

/** What decides which rules run, and how. */
interface RuleContext {
  readonly rules: readonly Rule[];
  readonly parsed: ParsedConfig | null;
  readonly names: RuleNames;
  readonly profile: string;
}

type Selection = Pick<Settings, "rules" | "rulesOff" | "severityOverrides" | "unconfigured">;

/**
 * The rules of the profile as the configuration wants them: off, re-graded, with options. A rule that the configuration names runs even
 * when the profile does not hold it.
 *
 * @throws GateError CONFIG_INVALID for a name that is no rule's, or options that the rule does not have
 */
export function selectRules(context: RuleContext): Selection {
  const overrides = overridesByRule(context);
  const rulesOff: string[] = [];
  const unconfigured: Rule[] = [];
  const selected: RuleSetting[] = [];
  for (const rule of context.rules) {
    const override = overrides.get(rule.id);
    const standing = standingOf(rule, override, context.profile);
    if (standing === "off") rulesOff.push(rule.id);
    else if (standing === "unconfigured") unconfigured.push(rule);
    else if (standing === "runs") selected.push(settingOf(rule, override));
  }
  const severityOverrides = selected
    .filter(({ rule, severity }) => rule.severity !== severity)
    .map(({ rule, severity }) => ({ rule, from: rule.severity, to: severity }));
  return { rules: selected, rulesOff, severityOverrides, unconfigured };
}

type RuleOverride = NonNullable<ParsedConfig["config"]["rules"]>[string];

interface PlacedOverride {
  readonly value: RuleOverride;
  readonly place: string;
}

function standingOf(
  rule: Rule,
  override: PlacedOverride | undefined,
  profile: string,
): "off" | "notInProfile" | "unconfigured" | "runs" {
  if (override?.value === "off") return "off";
  if (override === undefined && !rule.profiles.some((name) => name === profile)) return "notInProfile";
  return rule.needsOptions === true && override?.value.options === undefined ? "unconfigured" : "runs";
}

function settingOf(rule: Rule, override: PlacedOverride | undefined): RuleSetting {
  const severity = typeof override?.value === "object" ? override.value.severity : undefined;
  return { rule, severity: severity ?? rule.severity, options: parseOptions(rule, override) };
}

function overridesByRule({ parsed, names }: RuleContext): ReadonlyMap<string, PlacedOverride> {
  const byRule = new Map<string, PlacedOverride>();
  for (const [name, value] of Object.entries(parsed?.config.rules ?? {})) {
    const place = parsed?.placeOf(["rules", name]) ?? "";
    byRule.set(ruleNamed(name, names, place).id, { value, place });
  }
  return byRule;
}

/** The rules that `name` stands for. @throws GateError CONFIG_INVALID when there are none */
export function rulesNamed(name: string, names: RuleNames, place: string): readonly Rule[] {
  const rules = names.find(name);
  if (rules.length > 0) return rules;
  throw new GateError("CONFIG_INVALID", `${place}: no rule is called ${name}${suggestion(name, names.all)}`);
}

/** The only rule that `name` stands for. @throws GateError CONFIG_INVALID when there are none or several */
function ruleNamed(name: string, names: RuleNames, place: string): Rule {
  const [rule, ...others] = rulesNamed(name, names, place);
  if (rule !== undefined && others.length === 0) return rule;
  const ids = names.find(name).map(({ id }) => id);
  throw new GateError("CONFIG_INVALID", `${place}: ${name} stands for several rules (${ids.join(", ")}); name one`);
}

function parseOptions(rule: Rule, override: PlacedOverride | undefined): unknown {
  const given = typeof override?.value === "object" ? override.value.options : undefined;
  if (rule.options === undefined) {
    if (given === undefined) return {};
    throw new GateError("CONFIG_INVALID", `${override?.place ?? ""}: ${rule.id} has no options`);
  }
  const result = safeParse(rule.options, given ?? {});
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new GateError(
    "CONFIG_INVALID",
    `${override?.place ?? ""}: options of ${rule.id}: ${getDotPath(issue) ?? "options"}: ${issue.message}`,
  );
}
