/** Platform limits: the only place they stand, each with its unit and source. */
export const LIMITS = {
  /** Characters of a GitHub comment body. @see https://github.com/orgs/community/discussions/27190 */
  githubCommentChars: 65_536,
  /** UTF-8 bytes of a GitHub comment body. @see https://github.com/orgs/community/discussions/27190 */
  githubCommentBytes: 262_144,
  /** Characters of an Azure Repos comment. @see https://github.com/infracost/infracost/issues/3496 */
  azureReposCommentChars: 150_000,
  /** UTF-8 bytes of a step summary. @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
  stepSummaryBytes: 1_048_576,
  /** Error, and warning, and notice annotations of one step. @see https://docs.github.com/actions/reference/limits */
  annotationsPerStep: 10,
  /** Results of a SARIF run that GitHub takes. @see https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning */
  sarifResults: 25_000,
  /** Results of a SARIF run that GitHub keeps, by severity. Same source. */
  sarifResultsKept: 5_000,
  /** Rules of a SARIF run. Same source. */
  sarifRules: 25_000,
  /** Tags of a SARIF rule that GitHub keeps. Same source. */
  sarifTagsKept: 10,
  /** Characters of a SARIF rule's descriptions. Same source. */
  sarifDescriptionChars: 1_024,
  /** Characters of a commit or pull-request status. @see https://docs.github.com/rest/commits/statuses */
  statusDescriptionChars: 140,
  /** Bytes of a SARIF file after gzip. Same source as the results. */
  sarifGzipBytes: 10 * 1_024 * 1_024,
  /** Characters of a SARIF rule's name. Same source. */
  sarifNameChars: 255,
  /** Characters of one text from outside that reports for people show; an Azure resource id is shorter. Ours. */
  shownTextChars: 2_000,
  /** Characters that we keep free in a comment for what the platform adds when it renders. Ours. */
  commentMarginChars: 1_500,
} as const;
