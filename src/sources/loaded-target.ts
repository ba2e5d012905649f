import { GateError, isGateError } from "../diagnostics/gate-error.ts";
import type { SecondOpinion } from "./bicep/second-opinion/second-opinion.ts";
import type { FrontEnd, Plan, SourceId } from "../plan/plan.ts";

/** One thing to judge, loaded or refused. */
export interface LoadedTarget {
  readonly name: string;
  /** `null` when the document could not be recognised. */
  readonly source: SourceId | null;
  readonly plan: Plan | null;
  /** Why there is no plan. */
  readonly error: GateError | null;
  /** Which front end read the Bicep, and so gave the digest; absent where there was none to read. */
  readonly frontEnd?: FrontEnd;
  /** Microsoft's expansion of the same target, on its way: it is worked out while the rules run. Never rejects. */
  readonly secondOpinion?: Promise<SecondOpinion>;
}

/** Any failure as one of ours; what we did not foresee is a defect of ours. */
export function toGateError(error: unknown): GateError {
  if (isGateError(error)) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new GateError("INTERNAL", message, { cause: error });
}
