/** What decides the subject of a GitHub job's token. */
export interface SubjectFacts {
  /** `owner/name` in the spelling of GitHub. */
  readonly repository: string;
  readonly repositoryId: number;
  readonly ownerId: number;
  readonly eventName: string;
  readonly ref: string;
  readonly environment?: string;
  /** `immutable` is the default of repositories made after 15 July 2026. */
  readonly subjectFormat: "classic" | "immutable";
}

/**
 * The `sub` claim of a job: an environment beats a pull request, which beats the ref; a colon inside a value is escaped.
 *
 * @see https://docs.github.com/actions/reference/security/oidc
 */
export function githubSubject(facts: SubjectFacts): string {
  const [owner = "", name = ""] = facts.repository.split("/");
  const isImmutable = facts.subjectFormat === "immutable";
  const repository = isImmutable
    ? `${owner}@${String(facts.ownerId)}/${name}@${String(facts.repositoryId)}`
    : facts.repository;
  return `repo:${repository}:${contextOf(facts)}`;
}

function contextOf({ environment, eventName, ref }: SubjectFacts): string {
  if (environment !== undefined) return `environment:${environment.replaceAll(":", "%3A")}`;
  return eventName === "pull_request" ? "pull_request" : `ref:${ref.replaceAll(":", "%3A")}`;
}
