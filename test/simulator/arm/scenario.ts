import type { JsonObject } from "../json.ts";
import type { Reply } from "../service.ts";
import { errorReply, type ArmError } from "./errors.ts";

/** How the long-running operations of a world behave. */
export interface LongRunning {
  /** Polls that are answered "still running" before the result. */
  pendingPolls: number;
  /** Null leaves the header out. */
  retryAfterSeconds: number | null;
  /** Whether the first answer also names an `Azure-AsyncOperation` address. Always so for deployments. */
  asyncOperation: boolean;
}

/** The end of an operation. */
export type Outcome =
  /** The final 200 of the operation has this body. */
  | { readonly kind: "result"; readonly body: JsonObject; readonly isChecked: boolean }
  /** The operation ran and failed: HTTP 200 with `status: Failed`. */
  | { readonly kind: "failed"; readonly error: ArmError }
  /** The request itself is refused. */
  | { readonly kind: "refused"; readonly reply: Reply };

interface Canned {
  readonly outcome: Outcome;
  times: number;
}

interface CannedOptions {
  /** How many requests get this answer. Default: all from now on. */
  readonly times?: number;
}

/** API versions of the deployments API that this ARM has. */
const API_VERSIONS = [
  "2019-10-01",
  "2020-06-01",
  "2020-10-01",
  "2021-04-01",
  "2022-09-01",
  "2023-07-01",
  "2024-03-01",
  "2024-07-01",
  "2024-11-01",
  "2025-04-01",
  "2026-06-01",
];

/** What a test has decided about ARM's behaviour. */
export class Scenario {
  readonly longRunning: LongRunning = { pendingPolls: 1, retryAfterSeconds: 0, asyncOperation: false };
  /** Versions of the deployments API. Set to fewer for a sovereign cloud that lags behind. */
  apiVersions: readonly string[] = API_VERSIONS;
  /** Which of its two ways ARM uses to refuse a version. */
  apiVersionError: "InvalidApiVersionParameter" | "NoRegisteredProviderFound" = "InvalidApiVersionParameter";
  /** A deployment fails with this after it was accepted. */
  deploymentError: ArmError | undefined;
  /** Values that the template's outputs get; replaces their evaluation. */
  deploymentOutputs: JsonObject | undefined;
  readonly #canned: Record<"whatIf" | "validate", Canned[]> = { whatIf: [], validate: [] };

  /** What-ifs answer `body` instead of a computed result. It must fit the contract unless `isChecked` is false. */
  whatIfReturns(body: JsonObject, options: CannedOptions & { readonly isChecked?: boolean } = {}): void {
    this.#add("whatIf", { kind: "result", body, isChecked: options.isChecked ?? true }, options);
  }

  /** What-ifs run and fail: HTTP 200 with `status: Failed`. */
  whatIfFails(error: ArmError, options: CannedOptions = {}): void {
    this.#add("whatIf", { kind: "failed", error }, options);
  }

  /** What-ifs are refused at once. */
  whatIfIsRefused(status: number, error: ArmError, options: CannedOptions = {}): void {
    this.#add("whatIf", { kind: "refused", reply: errorReply(status, error) }, options);
  }

  /** Validations answer 400 with `error`. */
  validationFails(error: ArmError, options: CannedOptions = {}): void {
    this.#add("validate", { kind: "refused", reply: errorReply(400, error) }, options);
  }

  /** Back to computed answers. */
  reset(): void {
    this.#canned.whatIf = [];
    this.#canned.validate = [];
    this.deploymentError = undefined;
    this.deploymentOutputs = undefined;
  }

  /** The canned outcome of the next `operation`, used up by asking. */
  take(operation: "whatIf" | "validate"): Outcome | undefined {
    const [first] = this.#canned[operation];
    if (first === undefined) return undefined;
    first.times -= 1;
    if (first.times <= 0) this.#canned[operation].shift();
    return first.outcome;
  }

  #add(operation: "whatIf" | "validate", outcome: Outcome, options: CannedOptions): void {
    this.#canned[operation].push({ outcome, times: options.times ?? Infinity });
  }
}
