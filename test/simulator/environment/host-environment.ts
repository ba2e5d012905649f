/** Everything that a runner or agent hands to a step. */
export interface HostEnvironment {
  /** The whole environment: start the process with this and nothing else. */
  readonly variables: Readonly<Record<string, string>>;
  /** The working directory: a checkout of the commit under test. */
  readonly workspace: string;
  /** The step's temporary folder. */
  readonly temporary: string;
  /** The token that the step writes with. */
  readonly token: string;
}
