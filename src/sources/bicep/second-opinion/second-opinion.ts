import { type GateError, isGateError } from "../../../diagnostics/gate-error.ts";
import type { Notification } from "../../../diagnostics/notification.ts";
import type { Plan } from "../../../plan/plan.ts";
import type { BicepCompiler, ExpansionRequest } from "../../../ports.ts";
import { compareExpansions, type Difference } from "./compare-expansions.ts";
import { comparisonNotifications, missingNotification } from "./notifications.ts";
import { parsePredictedResources } from "./predicted-resource.ts";

/** What Microsoft's engine says of a plan of ours. */
export interface SecondOpinion {
  /** How many resources it expands to the same; `null` when it was not heard. */
  readonly agreement: { readonly equal: number; readonly total: number } | null;
  readonly differences: readonly Difference[];
  readonly notifications: readonly Notification[];
}

/** What to ask about. */
export interface OpinionRequest {
  readonly target: string;
  readonly plan: Plan;
  readonly expansion: ExpansionRequest;
  /** Whether it was asked for by name (`--bicep cli`): then a missing program is worth a word. */
  readonly isExpected: boolean;
  readonly timeoutMs?: number;
}

/** Whether to ask: always when the program is chosen by name, never when it is ruled out, else where Azure may be asked, too. */
export function wantsSecondOpinion(frontEnd: "auto" | "native" | "cli", isSignedIn: boolean): boolean {
  return frontEnd === "cli" || (frontEnd === "auto" && isSignedIn);
}

/** A second opinion may take this long, whatever the compiler has to do for it. */
const TIMEOUT_MS = 20_000;

const SILENCE: SecondOpinion = { agreement: null, differences: [], notifications: [] };

/**
 * Asks Microsoft's compiler for its expansion of the same target and compares. The program works while this process does other things; await
 * the answer as late as possible. Never rejects: without an answer the plan stands, and a notification says why there is none.
 */
export async function askSecondOpinion(
  request: OpinionRequest,
  compiler: BicepCompiler,
  signal: AbortSignal,
): Promise<SecondOpinion> {
  const { target, plan, timeoutMs = TIMEOUT_MS } = request;
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const { snapshot, readsEnvironment } = await compiler.expand(request.expansion, AbortSignal.any([signal, limit]));
    const comparison = compareExpansions(plan.resources, parsePredictedResources(snapshot));
    const { equal, total, differences } = comparison;
    const disclosure = { readsEnvironment, resources: plan.resources };
    return {
      agreement: { equal, total },
      differences,
      notifications: comparisonNotifications(target, comparison, disclosure),
    };
  } catch (error) {
    if (limit.aborted) return missing(target, `the Bicep CLI did not answer within ${timeoutMs / 1000} s`);
    if (signal.aborted) return SILENCE;
    if (isGateError(error) && error.code === "BICEP_NOT_FOUND" && !request.isExpected) return SILENCE;
    return missing(target, isGateError(error) ? reasonOf(error) : "its answer cannot be read");
  }
}

function missing(target: string, reason: string): SecondOpinion {
  return { ...SILENCE, notifications: [missingNotification(target, reason)] };
}

/** What the compiler says of a file can quote values from it, secrets and variables among them: only its code is shown. */
function reasonOf({ code, message, serviceCode }: GateError): string {
  if (code !== "BICEP_FAILED") return message;
  return `Microsoft's compiler refuses the files${serviceCode === null ? "" : ` (${serviceCode})`}`;
}
