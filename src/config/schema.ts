import * as v from "valibot";
import { isDay } from "../lib/is-day.ts";
import { PROFILES, SEVERITIES } from "../rules/define-rule.ts";
import { POLICY_WORDS } from "../verdict/policy.ts";

const NO_DAY = "expected a day, YYYY-MM-DD";
const day = v.pipe(v.string(), v.isoDate(NO_DAY), v.check(isDay, NO_DAY));

const ruleOverride = v.strictObject({
  severity: v.optional(v.picklist(SEVERITIES)),
  options: v.optional(v.record(v.string(), v.unknown())),
});

const waiver = v.strictObject({
  rule: v.string(),
  resource: v.optional(
    v.pipe(v.string(), v.nonEmpty("expected a glob"), v.description("Glob over resource id or address")),
  ),
  reason: v.pipe(v.string(), v.nonEmpty("expected a reason")),
  owner: v.pipe(v.string(), v.nonEmpty("expected an owner")),
  expires: v.optional(day),
});

const assumption = v.strictObject({
  type: v.string(),
  name: v.optional(v.string()),
  because: v.pipe(v.string(), v.nonEmpty("expected a reason")),
  owner: v.pipe(v.string(), v.nonEmpty("expected an owner")),
  expires: v.optional(day),
});

const byPolicy = v.optional(v.literal("policy"));
const platform = v.strictObject({ privateDns: byPolicy, diagnostics: byPolicy, defender: byPolicy, budgets: byPolicy });

/** The policy keys of `portcullis.yml`. `rules` keys and rule options are checked against the catalogue afterwards. */
export const configSchema = v.strictObject({
  profile: v.optional(v.pipe(v.picklist(PROFILES), v.description("Set of rules to run"))),
  failOn: v.optional(v.pipe(v.picklist(POLICY_WORDS.failOn), v.description("Lowest severity that blocks"))),
  gate: v.optional(v.pipe(v.picklist(POLICY_WORDS.gate), v.description("Which findings block"))),
  onOpen: v.optional(v.pipe(v.picklist(POLICY_WORDS.onOpen), v.description("What undecided outcomes mean"))),
  enforcement: v.optional(
    v.pipe(
      v.picklist(POLICY_WORDS.enforcement),
      v.description("Whether a verdict other than allow stops the pipeline"),
    ),
  ),
  rules: v.optional(
    v.pipe(
      v.record(v.string(), v.union([v.literal("off"), ruleOverride])),
      v.description("Rules switched off, re-graded or given options"),
    ),
  ),
  waivers: v.optional(v.pipe(v.array(waiver), v.description("Accepted findings"))),
  approvers: v.optional(v.pipe(v.array(v.string()), v.description("Whose review makes a proposed waiver count"))),
  assume: v.optional(v.pipe(v.array(assumption), v.description("Resources that exist though no plan shows them"))),
  platform: v.optional(v.pipe(platform, v.description("Families of resources that the platform deploys by itself"))),
});

/** Every key of the schema, for suggestions. */
export const KEYS = [configSchema, ruleOverride, waiver, assumption, platform].flatMap(({ entries }) =>
  Object.keys(entries),
);

/** Keys that are documented and this version does not act on yet: using one is an error, never silently without effect. */
export const LATER_KEYS = ["targets", "customRules"] as const;

export type Config = v.InferOutput<typeof configSchema>;
