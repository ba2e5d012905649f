import type { JsonObject } from "../json.ts";
import { countedId } from "../names.ts";
import type { Call, Reply } from "../service.ts";
import { refusal, type ArmError } from "./errors.ts";
import type { LongRunning } from "./scenario.ts";
import type { Scope } from "./scope.ts";

/** The final words of an operation. */
export interface OperationEnd {
  readonly status: "Succeeded" | "Failed" | "Canceled";
  /** Body of the final 200 at the `Location`. */
  readonly body: unknown;
  readonly error?: ArmError | undefined;
}

interface Operation {
  remaining: number;
  /** Asked once, when the operation is over. */
  readonly finish: () => OperationEnd;
  end: OperationEnd | undefined;
  readonly canCancel: boolean;
}

/**
 * ARM's long-running operations: 202 with a `Location` that answers 202 until it answers 200.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
export class Operations {
  readonly #operations = new Map<string, Operation>();
  readonly #settings: LongRunning;

  constructor(settings: LongRunning) {
    this.#settings = settings;
  }

  /** Begins an operation; the id goes into its addresses. */
  begin(finish: () => OperationEnd, canCancel = false): string {
    const id = countedId("09e4a710", this.#operations.size + 1);
    this.#operations.set(id, { remaining: this.#settings.pendingPolls, finish, end: undefined, canCancel });
    return id;
  }

  /** The 202 that tells where to poll. */
  accepted(call: Call, scope: Scope, id: string): Reply {
    const version = call.query.get("api-version") ?? "";
    const base =
      scope.subscriptionId === undefined ? "/providers/Microsoft.Resources" : `/subscriptions/${scope.subscriptionId}`;
    const location = `${call.origin}${base}/operationresults/${id}?api-version=${version}`;
    const status = `${call.origin}${base}/operationstatuses/${id}?api-version=${version}`;
    const headers: Record<string, string> = { location, ...this.retryAfter() };
    return {
      status: 202,
      headers: this.#settings.asyncOperation ? { ...headers, "azure-asyncoperation": status } : headers,
    };
  }

  retryAfter(): Record<string, string> {
    const seconds = this.#settings.retryAfterSeconds;
    return seconds === null ? {} : { "retry-after": String(seconds) };
  }

  /** GET of the `Location`. */
  result(call: Call): Reply {
    const end = this.poll(call.params["operation"] ?? "");
    if (end !== undefined)
      return { status: 200, body: end.body, ...(end.error === undefined ? {} : { refusal: end.error.code }) };
    const location = `${call.origin}${call.path}?${call.query.toString()}`;
    return { status: 202, headers: { location, ...this.retryAfter() } };
  }

  /** GET of the `Azure-AsyncOperation` address. */
  status(call: Call): Reply {
    const end = this.poll(call.params["operation"] ?? "");
    const body: JsonObject = end === undefined ? { status: "Running" } : { status: end.status };
    if (end?.error !== undefined) body["error"] = end.error;
    return { status: 200, headers: end === undefined ? this.retryAfter() : {}, body };
  }

  /** Ends a running operation early. False when it was over already. */
  cancel(id: string): boolean {
    const operation = this.#operations.get(id);
    if (operation === undefined || operation.end !== undefined || !operation.canCancel) return false;
    operation.end = { status: "Canceled", body: {} };
    return true;
  }

  /** Lets the operation come one step further. Its end, once there is one. @throws Refusal for an unknown id */
  poll(id: string): OperationEnd | undefined {
    const operation = this.#operations.get(id);
    if (operation === undefined) throw refusal(404, "OperationNotFound", "The operation could not be found.");
    if (operation.end !== undefined) return operation.end;
    if (operation.remaining > 0) {
      operation.remaining -= 1;
      return undefined;
    }
    operation.end = operation.finish();
    return operation.end;
  }
}

/** A failed operation: HTTP 200, and the error in the body. */
export function failedEnd(error: ArmError): OperationEnd {
  return { status: "Failed", body: { status: "Failed", error }, error };
}
