/**
 * The simulators' public face: what tests import. Types of options stand beside what takes them (`environment/action.ts`,
 * `environment/task.ts`, `journal.ts`, `github/state.ts` …).
 */
export { PREVIEW_ACTIONS } from "./arm/access.ts";
export { readCommandFile } from "./environment/workspace.ts";
export type { HostEnvironment } from "./environment/host-environment.ts";
export { connectionReset, expiredToken, failsWith, stalled, throttled, truncated, type Fault } from "./faults.ts";
export { FORK_PERMISSIONS, USUAL_PERMISSIONS } from "./github/tokens.ts";
export { DEFAULTS, EXCHANGE_AUDIENCE, GITHUB_ISSUER } from "./names.ts";
export { entraIssuer, vstokenIssuer } from "./oidc/azure-devops.ts";
export { githubSubject } from "./oidc/github-subject.ts";
export { jobIdentity } from "./oidc/github.ts";
export { startWorld, type World } from "./world.ts";
