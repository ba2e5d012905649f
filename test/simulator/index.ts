/** The simulators' public face: what tests import. */
export { PREVIEW_ACTIONS } from "./arm/access.ts";
export { readCommandFile } from "./environment/workspace.ts";
export { connectionReset, expiredToken, failsWith, stalled, throttled, truncated } from "./faults.ts";
export { FORK_PERMISSIONS, USUAL_PERMISSIONS } from "./github/tokens.ts";
export { DEFAULTS, EXCHANGE_AUDIENCE, GITHUB_ISSUER } from "./names.ts";
export { entraIssuer, vstokenIssuer } from "./oidc/azure-devops.ts";
export { githubSubject } from "./oidc/github-subject.ts";
export { jobIdentity } from "./oidc/github.ts";
export { startWorld, type World, type WorldOptions, type WorldUrls } from "./world.ts";
export type { ActionEnvironment, ActionRun } from "./environment/action.ts";
export type { HostEnvironment } from "./environment/host-environment.ts";
export type { TaskRun } from "./environment/task.ts";
export type { Fault } from "./faults.ts";
export type { JournalEntry, JournalFilter } from "./journal.ts";
