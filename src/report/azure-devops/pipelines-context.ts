import type { ReportSubject } from "../../render/report.ts";

/** What the agent says of the run. */
export interface PipelinesContext {
  readonly subject: ReportSubject;
  readonly pull: { readonly id: number; readonly targetBranch: string } | null;
  /** What the clone calls the branch that the pull request goes to; `null` outside of pull requests. */
  readonly targetRevision: string | null;
  readonly isUntrusted: boolean;
  /** What keeps parallel jobs apart: stage and job, matrix leg included. */
  readonly jobKey: string;
  readonly collectionUri: string;
  readonly project: string;
  readonly repositoryId: string;
}

/**
 * Reads the predefined variables. Comments need a repository in Azure Repos: the job's token is good for nothing elsewhere.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/build/variables
 */
export function readPipelinesContext(variable: (name: string) => string | undefined): PipelinesContext {
  const text = (...names: readonly string[]) =>
    names.map(variable).find((value) => value !== undefined && value !== "") ?? "";
  const id = Number(text("System.PullRequest.PullRequestId") || Number.NaN);
  const isPull = text("Build.Reason") === "PullRequest" && Number.isInteger(id);
  const target = text("System.PullRequest.TargetBranch").replace(/^refs\/heads\//, "");
  const isAzureRepos = text("Build.Repository.Provider") === "TfsGit";
  const [repository, headSha] = [
    text("Build.Repository.Name"),
    text("System.PullRequest.SourceCommitId", "Build.SourceVersion"),
  ].map((value) => (value === "" ? null : value));
  return {
    subject: {
      repository: repository ?? null,
      pullRequest: isPull ? id : null,
      headSha: headSha ?? null,
      baseSha: null,
    },
    pull: isPull && isAzureRepos ? { id, targetBranch: text("System.PullRequest.TargetBranch") } : null,
    targetRevision: isPull && target !== "" ? `refs/remotes/origin/${target}` : null,
    isUntrusted: text("System.PullRequest.IsFork") === "True",
    jobKey: `${text("System.StageName")} ${text("System.JobIdentifier", "Agent.JobName")}`.trim(),
    collectionUri: text("System.CollectionUri", "System.TeamFoundationCollectionUri"),
    project: text("System.TeamProject"),
    repositoryId: text("Build.Repository.ID"),
  };
}
