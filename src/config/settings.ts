import type { Waiver } from "../findings/waiver.ts";
import type { PlatformFamily } from "../plan/world.ts";
import type { Rule, Severity } from "../rules/define-rule.ts";
import type { RuleSetting } from "../rules/evaluate.ts";
import type { Policy } from "../verdict/policy.ts";

/** Something that the configuration vouches for because no plan shows it. */
export interface AssumptionSetting {
  readonly type: string;
  readonly name: string | null;
  readonly because: string;
  readonly owner: string;
  /** ISO day after which it no longer holds; `null` for never. */
  readonly expires: string | null;
}

/** Everything that decides how a run judges: defaults, configuration file and options, in this order of growing weight. */
export interface Settings {
  readonly policy: Policy;
  readonly profile: string;
  /** Name of the configuration file, and the SHA-256 of its text; `null` without one. */
  readonly config: string | null;
  readonly configSha: string | null;
  readonly rules: readonly RuleSetting[];
  readonly rulesOff: readonly string[];
  readonly severityOverrides: readonly { readonly rule: Rule; readonly from: Severity; readonly to: Severity }[];
  /** Rules that say nothing because their options are missing. */
  readonly unconfigured: readonly Rule[];
  readonly waivers: readonly Waiver[];
  readonly assumptions: readonly AssumptionSetting[];
  readonly platform: ReadonlySet<PlatformFamily>;
}
