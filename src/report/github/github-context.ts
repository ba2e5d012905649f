import type { context as githubContext } from "@actions/github";
import { isRecord } from "../../lib/is-record.ts";
import type { ReportSubject } from "../../render/report.ts";

/** What the event says of the run. */
export interface GithubContext {
  readonly subject: ReportSubject;
  readonly pull: {
    readonly number: number;
    readonly headSha: string;
    readonly baseSha: string;
    readonly author: string | null;
  } | null;
  /** A pull request from a fork, or by Dependabot: its job has no identity and a token that only reads. */
  readonly isUntrusted: boolean;
}

/** Reads the event. A fork that was deleted since counts as one. */
export function readGithubContext(context: typeof githubContext): GithubContext {
  const repository = `${context.repo.owner}/${context.repo.repo}`;
  const event: unknown = context.payload.pull_request;
  if (!isRecord(event))
    return {
      subject: { repository, pullRequest: null, headSha: context.sha, baseSha: null },
      pull: null,
      isUntrusted: false,
    };
  const head = isRecord(event["head"]) ? event["head"] : {};
  const base = isRecord(event["base"]) ? event["base"] : {};
  const headRepository = isRecord(head["repo"]) ? head["repo"]["full_name"] : null;
  const pull = {
    number: Number(event["number"]),
    headSha: textOf(head["sha"]) ?? context.sha,
    baseSha: textOf(base["sha"]) ?? "",
    author: loginOf(event["user"]),
  };
  return {
    subject: { repository, pullRequest: pull.number, headSha: pull.headSha, baseSha: pull.baseSha },
    pull,
    isUntrusted: headRepository !== repository || context.actor === "dependabot[bot]",
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function loginOf(user: unknown): string | null {
  return isRecord(user) && typeof user["login"] === "string" ? user["login"] : null;
}
