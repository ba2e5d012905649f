import type { Notification } from "../diagnostics/notification.ts";
import type { Waiver } from "../findings/waiver.ts";
import { sha256 } from "../lib/sha256.ts";
import type { PlatformFamily } from "../plan/world.ts";
import type { Rule } from "../rules/define-rule.ts";
import { indexRuleNames } from "../rules/names.ts";
import { DEFAULT_POLICY, type Policy } from "../verdict/policy.ts";
import type { ParsedConfig } from "./parse-config.ts";
import type { Config } from "./schema.ts";
import { selectRules } from "./select-rules.ts";
import type { AssumptionSetting, Settings } from "./settings.ts";
import { isPast, proposedWaivers, standingWaivers } from "./waivers.ts";

/** A configuration file as read. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
}

/** What decides how a run judges. */
export interface SettingsRequest {
  readonly rules: readonly Rule[];
  /** The file that counts: in a pull request, that of the base branch. */
  readonly config: ConfigFile | null;
  /** In a pull request, the same file as the change leaves it: its additional waivers are proposed, nothing else of it counts. */
  readonly proposed: ConfigFile | null;
  /** Logins that approved the current head and are not its author. */
  readonly approvedBy: readonly string[];
  /** What options and inputs say; wins over the file. */
  readonly overrides: Partial<Policy> & { readonly profile?: string };
  /** The day that expiries are measured against, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** Settings, and what is to be said about the configuration. */
export interface LoadedSettings {
  readonly settings: Settings;
  readonly notifications: readonly Notification[];
}

/**
 * The settings of a run. The parser is loaded only when there is a file to parse.
 *
 * @throws GateError CONFIG_INVALID or NOT_AVAILABLE, pointing at the line
 */
export async function loadSettings(request: SettingsRequest): Promise<LoadedSettings> {
  const { asOf, overrides, rules } = request;
  const names = indexRuleNames(rules);
  const parsed = await parse(request.config);
  const config: Config = parsed?.config ?? {};
  const profile = overrides.profile ?? config.profile ?? "recommended";
  const changed = request.proposed?.text === request.config?.text ? null : await parse(request.proposed);
  const context = { parsed, names, asOf };
  const waivers = [...standingWaivers(context), ...proposedWaivers(changed, request.approvedBy, context)];
  const assumptions = (config.assume ?? []).map(toAssumption);
  const settings = {
    policy: policyOf(config, overrides),
    profile,
    ...identityOf(request.config),
    ...selectRules({ rules, parsed, names, profile }),
    waivers,
    assumptions: assumptions.filter(({ expires }) => !isPast(expires, asOf)),
    platform: new Set(PLATFORM_FAMILIES.filter((family) => config.platform?.[family] === "policy")),
  };
  return { settings, notifications: expiryNotifications(waivers, assumptions, asOf) };
}

const PLATFORM_FAMILIES = ["privateDns", "diagnostics", "defender", "budgets"] as const satisfies PlatformFamily[];

function identityOf(file: ConfigFile | null): Pick<Settings, "config" | "configSha"> {
  return file === null ? { config: null, configSha: null } : { config: file.name, configSha: sha256(file.text) };
}

async function parse(file: ConfigFile | null): Promise<ParsedConfig | null> {
  if (file === null) return null;
  const { parseConfig } = await import("./parse-config.ts");
  return parseConfig(file.text, file.name);
}

function policyOf(config: Config, overrides: Partial<Policy>): Policy {
  return {
    failOn: overrides.failOn ?? config.failOn ?? DEFAULT_POLICY.failOn,
    gate: overrides.gate ?? config.gate ?? DEFAULT_POLICY.gate,
    onOpen: overrides.onOpen ?? config.onOpen ?? DEFAULT_POLICY.onOpen,
    enforcement: overrides.enforcement ?? config.enforcement ?? DEFAULT_POLICY.enforcement,
  };
}

function toAssumption(written: NonNullable<Config["assume"]>[number]): AssumptionSetting {
  return {
    type: written.type,
    name: written.name ?? null,
    because: written.because,
    owner: written.owner,
    expires: written.expires ?? null,
  };
}

function expiryNotifications(
  waivers: readonly Waiver[],
  assumptions: readonly AssumptionSetting[],
  asOf: string,
): readonly Notification[] {
  const expiredWaivers = waivers
    .filter(({ status }) => status === "expired")
    .map(({ ruleIds, source, expires }) => ({
      code: "waiver-expired",
      message: `The waiver of ${ruleIds.join(", ")} at ${source} expired on ${expires ?? ""}`,
    }));
  const expiredAssumptions = assumptions
    .filter(({ expires }) => isPast(expires, asOf))
    .map(({ type, expires }) => ({
      code: "assumption-expired",
      message: `The assumption about ${type} expired on ${expires ?? ""}`,
    }));
  return [...expiredWaivers, ...expiredAssumptions].map((entry) => ({ level: "warning", ...entry }));
}
