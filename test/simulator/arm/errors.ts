import { Refusal, type Reply } from "../service.ts";

/** ARM's error, as it stands below `error`. */
export interface ArmError {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ArmError[];
  readonly additionalInfo?: readonly { readonly type: string; readonly info: unknown }[];
}

/** `error` as a response. */
export function errorReply(status: number, error: ArmError): Reply {
  return { status, body: { error }, refusal: error.code };
}

/** Ends the call with `status` and an error of ARM. */
export function refusal(status: number, code: string, message: string): Refusal {
  return new Refusal(errorReply(status, { code, message }));
}

/** The template itself is wrong. */
export function invalidTemplate(message: string): Refusal {
  return refusal(400, "InvalidTemplate", `Deployment template validation failed: '${message}'.`);
}
