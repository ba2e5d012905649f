import { GateError } from "../diagnostics/gate-error.ts";
import { findConfig } from "../config/find-config.ts";
import { type ConfigFile, type LoadedSettings, loadSettings } from "../config/load-settings.ts";
import type { HostInputs } from "../inputs/parse-host-inputs.ts";
import { policyOverrides } from "../inputs/policy-overrides.ts";
import type { Clock, PullRequest, SourceTree } from "../ports.ts";
import { RULES } from "../rules/index.ts";

interface GateSettings {
  readonly inputs: HostInputs;
  readonly tree: SourceTree;
  readonly clock: Clock;
  readonly workspace: string;
  readonly workingDirectory: string;
  /** `null` also in a pull request, when there is no token to read its base. */
  readonly pullRequest: PullRequest | null;
  readonly isPullRequest: boolean;
}

/**
 * The settings of a run in a pipeline. In a pull request the configuration is that of the base: what the change makes of it only proposes waivers,
 * so nobody can weaken the gate with the change that it should stop.
 */
export async function loadGateSettings(request: GateSettings, signal: AbortSignal): Promise<LoadedSettings> {
  const { inputs, tree, clock, pullRequest, isPullRequest } = request;
  const inCheckout = await findConfig(inputs.value("config"), request.workingDirectory, tree);
  const config = isPullRequest ? await baseConfig(request, inCheckout, signal) : inCheckout;
  const proposed = isPullRequest ? inCheckout : null;
  const changed = proposed !== null && proposed.text !== config?.text;
  const loaded = await loadSettings({
    rules: RULES,
    config,
    proposed,
    approvedBy: changed && pullRequest !== null ? await readBase(() => pullRequest.approvedBy(signal)) : [],
    overrides: policyOverrides((name) => inputs.value(name)),
    asOf: clock.today(),
  });
  if (inCheckout === null || !isPullRequest || pullRequest !== null) return loaded;
  return { ...loaded, notifications: [...loaded.notifications, UNREAD] };
}

const UNREAD = {
  level: "warning",
  code: "config-not-read",
  message:
    "There is no token to read the configuration of the base branch, and that of a pull request does not count: the defaults apply",
} as const;

/** What only the platform can tell. @throws GateError BASE_UNREADABLE: without the base's configuration nothing may be judged */
async function readBase<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw new GateError(
      "BASE_UNREADABLE",
      `the base of the pull request cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

const FILE_NAME = "portcullis.yml";

/** The configuration on the base branch: at the place where the checkout has it, else where it would be looked for first. */
async function baseConfig(
  { inputs, workspace, workingDirectory, tree, pullRequest }: GateSettings,
  inCheckout: ConfigFile | null,
  signal: AbortSignal,
): Promise<ConfigFile | null> {
  const folder =
    workingDirectory === workspace ? "" : `${workingDirectory.slice(workspace.length + 1).replaceAll("\\", "/")}/`;
  const names = [inCheckout?.name ?? inputs.value("config") ?? FILE_NAME, FILE_NAME].map((name) =>
    name.startsWith("../") ? name.replace(/^(?:\.\.\/)+/, "") : folder + name,
  );
  for (const name of new Set([...names, FILE_NAME])) {
    const text = pullRequest === null ? null : await readBase(() => pullRequest.readBaseFile(name, signal));
    if (text !== null) return { name: tree.nameOf(name), text };
  }
  return null;
}
