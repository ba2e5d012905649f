import { GateError, isGateError } from "../diagnostics/gate-error.ts";
import type { Plan, SourceId } from "../plan/plan.ts";

/** One thing to judge, loaded or refused. */
export interface LoadedTarget {
  readonly name: string;
  /** `null` when the document could not be recognised. */
  readonly source: SourceId | null;
  readonly plan: Plan | null;
  /** Why there is no plan. */
  readonly error: GateError | null;
}

/** Any failure as one of ours; what we did not foresee is a defect of ours. */
export function toGateError(error: unknown): GateError {
  if (isGateError(error)) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new GateError("INTERNAL", message, { cause: error });
}
