import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { AzureDevOps } from "../azure-devops/azure-devops.ts";
import type { PullRequest } from "../azure-devops/state.ts";
import { countedId, DEFAULTS } from "../names.ts";
import type { HostEnvironment } from "./host-environment.ts";
import { checkout, machineVariables, systemNames } from "./workspace.ts";

/** A task of a pipeline. */
export interface TaskRun {
  /** By name in camelCase. The service connection and addresses are filled in unless they are named here; the empty string removes one. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Number of the pull request. Default: the newest one. */
  readonly pull?: number;
  /** Why the pipeline runs. Default `PullRequest` when there is a pull request, else `Manual`. */
  readonly reason?: "PullRequest" | "IndividualCI" | "Manual" | "Schedule";
  /** Where the sources live. Default `TfsGit`, that is Azure Repos. */
  readonly provider?: "TfsGit" | "GitHub" | "GitHubEnterprise" | "Bitbucket";
  /** How the service connection signs in. Default `WorkloadIdentityFederation`. */
  readonly scheme?: "WorkloadIdentityFederation" | "ServicePrincipal" | "ManagedServiceIdentity";
  /** The pipeline maps `SYSTEM_ACCESSTOKEN`. Default false: tasks read the token from the system connection. */
  readonly hasMappedToken?: boolean;
  readonly isDebug?: boolean;
  /** Set last; the empty string removes a variable. */
  readonly variables?: Readonly<Record<string, string>>;
  /** An existing working directory instead of a fresh checkout. */
  readonly workspace?: string;
}

/** What {@link taskEnvironment} takes from the world. */
export interface TaskSurroundings {
  readonly folder: string;
  readonly azureDevOps: AzureDevOps;
  readonly url: string;
  readonly oidcUrl: string;
  readonly armUrl: string;
  readonly entraUrl: string;
  readonly certificatePath: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly subscriptionId: string;
  /** Inputs for the service connection and addresses. */
  readonly connection: Readonly<Record<string, string>>;
}

/**
 * A complete and clean environment for one task.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/build/variables
 */
export function taskEnvironment(world: TaskSurroundings, run: TaskRun): HostEnvironment {
  const { azureDevOps, folder } = world;
  const { state, job } = azureDevOps;
  const reason = run.reason ?? (state.pullRequests.size > 0 ? "PullRequest" : "Manual");
  const pull = reason === "PullRequest" ? pullOf(azureDevOps, run) : undefined;
  const sha = pull?.mergeCommit ?? state.git.resolve(`refs/heads/${state.defaultBranch}`) ?? "";
  const temporary = join(folder, "agent-temp");
  mkdirSync(temporary, { recursive: true });
  const workspace = run.workspace ?? join(folder, "sources");
  if (run.workspace === undefined) {
    mkdirSync(workspace, { recursive: true });
    checkout(workspace, state.git.files(sha));
  }
  const variables: Record<string, string> = {
    ...machineVariables(temporary),
    NODE_EXTRA_CA_CERTS: world.certificatePath,
    TF_BUILD: "True",
    ...agentVariables(folder, temporary, workspace),
    ...buildVariables({ world, run, reason, pull, sha, workspace }),
    ...systemVariables(world, run, workspace),
    ...(pull === undefined ? {} : pullVariables(world, run, pull)),
    ...systemConnection(world),
    ...serviceConnection(world, run),
    ...(run.hasMappedToken === true ? { SYSTEM_ACCESSTOKEN: job.token } : {}),
    ...inputVariables({ ...world.connection, ...run.inputs }),
    ...run.variables,
  };
  const kept = Object.entries(variables).filter(([name, value]) => value !== "" || run.variables?.[name] === undefined);
  return { variables: Object.fromEntries(kept), workspace, temporary, token: job.token };
}

/** `INPUT_<NAME>`: upper case, spaces and dots to underscores. */
function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(inputs).filter(([, value]) => value !== "");
  return Object.fromEntries(
    given.map(([name, value]) => [`INPUT_${name.replaceAll(/[ .]/gu, "_").toUpperCase()}`, value]),
  );
}

function pullOf({ state }: AzureDevOps, run: TaskRun): PullRequest | undefined {
  return run.pull === undefined ? [...state.pullRequests.values()].at(-1) : state.pull(run.pull);
}

function agentVariables(folder: string, temporary: string, workspace: string): Record<string, string> {
  return {
    AGENT_BUILDDIRECTORY: folder,
    AGENT_HOMEDIRECTORY: folder,
    AGENT_ID: "8",
    AGENT_JOBNAME: "Check",
    AGENT_JOBSTATUS: "Succeeded",
    AGENT_MACHINENAME: "simulated",
    AGENT_NAME: "Simulated Agent",
    AGENT_OS: systemNames().agent,
    AGENT_OSARCHITECTURE: "X64",
    AGENT_ROOTDIRECTORY: folder,
    AGENT_TEMPDIRECTORY: temporary,
    AGENT_TOOLSDIRECTORY: join(temporary, "tools"),
    AGENT_VERSION: "4.260.0",
    AGENT_WORKFOLDER: folder,
    PIPELINE_WORKSPACE: folder,
    SYSTEM_DEFAULTWORKINGDIRECTORY: workspace,
    SYSTEM_ARTIFACTSDIRECTORY: join(folder, "artifacts"),
  };
}

interface BuildFacts {
  readonly world: TaskSurroundings;
  readonly run: TaskRun;
  readonly reason: string;
  readonly pull: PullRequest | undefined;
  readonly sha: string;
  readonly workspace: string;
}

function buildVariables({ world, run, reason, pull, sha, workspace }: BuildFacts): Record<string, string> {
  const { state } = world.azureDevOps;
  const branch = pull === undefined ? `refs/heads/${state.defaultBranch}` : `refs/pull/${String(pull.id)}/merge`;
  return {
    BUILD_BUILDID: "501",
    BUILD_BUILDNUMBER: "20260101.1",
    BUILD_BUILDURI: "vstfs:///Build/Build/501",
    BUILD_CONTAINERID: "1",
    BUILD_DEFINITIONNAME: "portcullis",
    BUILD_REASON: reason,
    BUILD_REPOSITORY_ID: state.repositoryId,
    BUILD_REPOSITORY_LOCALPATH: workspace,
    BUILD_REPOSITORY_NAME: state.repositoryName,
    BUILD_REPOSITORY_PROVIDER: run.provider ?? "TfsGit",
    BUILD_REPOSITORY_URI: `${world.url}/${state.organisation}/${state.project}/_git/${state.repositoryName}`,
    BUILD_REQUESTEDFOR: pull?.author.displayName ?? "Octo",
    BUILD_SOURCEBRANCH: branch,
    BUILD_SOURCEBRANCHNAME: branch.split("/").at(-1) ?? "",
    BUILD_SOURCESDIRECTORY: workspace,
    BUILD_SOURCEVERSION: sha,
    BUILD_STAGINGDIRECTORY: join(world.folder, "staging"),
    BUILD_ARTIFACTSTAGINGDIRECTORY: join(world.folder, "staging"),
    BUILD_SOURCEVERSIONMESSAGE: "Merge pull request",
  };
}

function systemVariables(world: TaskSurroundings, run: TaskRun, workspace: string): Record<string, string> {
  const { organisation, project, projectId } = world.azureDevOps.state;
  const [planId, jobId] = [countedId("91a4", 1), countedId("10b", 1)];
  const collection = `${world.url}/${organisation}/`;
  return {
    SYSTEM: "build",
    SYSTEM_COLLECTIONID: DEFAULTS.organisationId,
    SYSTEM_COLLECTIONURI: collection,
    SYSTEM_CULTURE: "en-US",
    SYSTEM_DEBUG: run.isDebug === true ? "true" : "false",
    SYSTEM_DEFINITIONID: "7",
    SYSTEM_HOSTTYPE: "build",
    SYSTEM_ISSCHEDULED: "False",
    SYSTEM_JOBATTEMPT: "1",
    SYSTEM_JOBDISPLAYNAME: "Check",
    SYSTEM_JOBID: jobId,
    SYSTEM_JOBNAME: "check",
    SYSTEM_OIDCREQUESTURI: `${world.oidcUrl}/${organisation}/${projectId}/_apis/distributedtask/hubs/build/plans/${planId}/jobs/${jobId}/oidctoken`,
    SYSTEM_PHASENAME: "check",
    SYSTEM_PLANID: planId,
    SYSTEM_SERVERTYPE: "Hosted",
    SYSTEM_STAGEATTEMPT: "1",
    SYSTEM_STAGENAME: "check",
    SYSTEM_TASKDEFINITIONSURI: collection,
    SYSTEM_TEAMFOUNDATIONCOLLECTIONURI: collection,
    SYSTEM_TEAMFOUNDATIONSERVERURI: collection,
    SYSTEM_TEAMPROJECT: project,
    SYSTEM_TEAMPROJECTID: projectId,
    SYSTEM_TIMELINEID: planId,
    SYSTEM_WORKFOLDER: workspace,
  };
}

function pullVariables(world: TaskSurroundings, run: TaskRun, pull: PullRequest): Record<string, string> {
  const { state } = world.azureDevOps;
  const isAzureRepos = (run.provider ?? "TfsGit") === "TfsGit";
  const target = isAzureRepos ? `refs/heads/${pull.targetBranch}` : pull.targetBranch;
  return {
    SYSTEM_PULLREQUEST_ISFORK: pull.isFork ? "True" : "False",
    SYSTEM_PULLREQUEST_PULLREQUESTID: String(pull.id),
    SYSTEM_PULLREQUEST_SOURCEBRANCH: `refs/heads/${pull.sourceBranch}`,
    SYSTEM_PULLREQUEST_SOURCECOMMITID: state.lastIteration(pull).sourceCommit,
    SYSTEM_PULLREQUEST_SOURCEREPOSITORYURI: `${world.url}/${state.organisation}/${state.project}/_git/${state.repositoryName}`,
    SYSTEM_PULLREQUEST_TARGETBRANCH: target,
    SYSTEM_PULLREQUEST_TARGETBRANCHNAME: pull.targetBranch,
    ...(isAzureRepos ? {} : { SYSTEM_PULLREQUEST_PULLREQUESTNUMBER: String(pull.id) }),
  };
}

/** The connection through which a task reaches Azure DevOps itself, with the job's token. */
function systemConnection({ azureDevOps, url }: TaskSurroundings): Record<string, string> {
  const { token } = azureDevOps.job;
  return {
    ENDPOINT_URL_SYSTEMVSSCONNECTION: `${url}/${azureDevOps.state.organisation}/`,
    ENDPOINT_AUTH_SYSTEMVSSCONNECTION: JSON.stringify({ parameters: { AccessToken: token }, scheme: "OAuth" }),
    ENDPOINT_AUTH_SCHEME_SYSTEMVSSCONNECTION: "OAuth",
    ENDPOINT_AUTH_PARAMETER_SYSTEMVSSCONNECTION_ACCESSTOKEN: token,
  };
}

/** The service connection of type `AzureRM` that the task names as its input. */
function serviceConnection(world: TaskSurroundings, run: TaskRun): Record<string, string> {
  const id = DEFAULTS.serviceConnectionId;
  const scheme = run.scheme ?? "WorkloadIdentityFederation";
  const parameters = { tenantid: world.tenantId, serviceprincipalid: world.clientId };
  const data = {
    environment: "AzureCloud",
    environmentAuthorityUrl: `${world.entraUrl}/`,
    activeDirectoryServiceEndpointResourceId: "https://management.azure.com",
    scopeLevel: "Subscription",
    subscriptionId: world.subscriptionId,
    subscriptionName: "Simulated",
  };
  const named = (prefix: string, values: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
    Object.entries(values).map(([name, value]) => [`${prefix}_${id}_${name.toUpperCase()}`, value]);
  return {
    [`ENDPOINT_URL_${id}`]: `${world.armUrl}/`,
    [`ENDPOINT_AUTH_${id}`]: JSON.stringify({ parameters, scheme }),
    [`ENDPOINT_AUTH_SCHEME_${id}`]: scheme,
    ...Object.fromEntries(named("ENDPOINT_AUTH_PARAMETER", parameters)),
    ...Object.fromEntries(named("ENDPOINT_DATA", data)),
  };
}
