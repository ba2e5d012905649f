import type { Arm, BicepCompiler, CompilerRequest, Clock, PullRequest, RunOutput, SourceTree } from "../ports.ts";
import type { ReportSubject } from "../render/report.ts";
import type { HostInputs } from "../inputs/parse-host-inputs.ts";

/** What a pipeline host gives the gate: its inputs, and adapters for everything outside. */
export interface GateHost {
  readonly kind: "action" | "task";
  /** The raw text of an input by its kebab-case name; empty when it was not given. */
  readonly input: (name: string) => string;
  readonly output: RunOutput;
  readonly clock: Clock;
  /** Absolute path of the checkout. */
  readonly workspace: string;
  /** Absolute path of a folder that goes away with the job. */
  readonly temporaryFolder: string;
  readonly subject: ReportSubject;
  /** A pull request whose author may not have the target's secrets: from a fork, or by Dependabot. */
  readonly isUntrusted: boolean;
  /** What keeps parallel jobs apart when `report-key` is not given. */
  readonly defaultReportKey: string;
  /** `null` outside a pull request, or without a token for it. `isBlocking` tells whether the run ended well. */
  readonly pullRequest: (inputs: HostInputs, isBlocking: () => boolean) => Promise<PullRequest | null>;
  /** Whether the host says the verdict on the pull request besides failing its own job. */
  readonly setsStatus: boolean;
  readonly tree: (workingDirectory: string) => SourceTree;
  readonly compiler: (request: CompilerRequest) => BicepCompiler;
  /** The subscription that the sign-in names by itself, for when `subscription-id` is not given. */
  readonly subscriptionOf: (inputs: HostInputs) => string | undefined;
  /** Resource Manager with the host's federated sign-in. @throws GateError SIGN_IN_NOT_CONFIGURED when something for it is missing */
  readonly arm: (inputs: HostInputs) => Promise<Arm>;
  /** The value of an environment variable. */
  readonly environment: (name: string) => string | undefined;
  /** Writes a whole file or nothing. */
  readonly writeFile: (path: string, text: string) => Promise<void>;
}
