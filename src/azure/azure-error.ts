import { GateError, isGateError } from "../diagnostics/gate-error.ts";
import { errorDetails, isJsonObject, type Json, textOf } from "../sources/arm/json.ts";

/** One answer of Resource Manager, as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
  readonly correlationId: string | null;
}

/** What to do about the refusals of Entra that people meet. Codes as in the message, `AADSTS700213`. */
const SIGN_IN_HINTS: Readonly<Record<string, string>> = {
  AADSTS700213:
    "Add a federated credential whose subject is exactly the one in the message (az identity federated-credential create, or az ad app federated-credential create).",
  AADSTS7002138:
    "The subject of the federated credential differs in letter case only; the comparison is case-sensitive.",
  AADSTS700211: "Set the issuer of the federated credential to the one in the message.",
  AADSTS700212:
    "Set the audience of the federated credential to the one in the message, and azure-cloud to the right cloud.",
  AADSTS70021: "Compare subject, issuer and audience of the federated credential with the job's token.",
  AADSTS700016: "Check client-id and tenant-id: the tenant does not know this client.",
  AADSTS90002: "Check tenant-id and azure-cloud: there is no such tenant.",
  AADSTS700024: "Check the clock of the runner: the token was outside its time of validity.",
  AADSTS53003:
    "Ask your Entra administrators: a Conditional Access policy for workload identities blocks this sign-in.",
};

/** Codes with which Resource Manager says: not allowed. */
const FORBIDDEN = new Set([
  "AuthorizationFailed",
  "LinkedAuthorizationFailed",
  "InvalidAuthenticationToken",
  "InvalidAuthenticationTokenTenant",
  "ExpiredAuthenticationToken",
]);

/** Any failure of a call to Azure as one of ours. Text of services is classified here and nowhere else. */
export function toAzureError(error: unknown, answer: RawAnswer | undefined): GateError {
  if (isGateError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  const signIn = /AADSTS\d+/.exec(message)?.[0];
  return signIn === undefined ? serviceError(error, message, answer) : signInError(signIn, message, error);
}

function serviceError(cause: unknown, message: string, answer: RawAnswer | undefined): GateError {
  const body = errorBody(answer);
  const status = statusOf(cause) ?? answer?.status;
  const serviceCode = textOf(body["code"]) ?? (status === undefined ? "no answer" : `HTTP ${status}`);
  const correlation = answer?.correlationId == null ? [] : [`correlation id ${answer.correlationId}`];
  const text = `(${serviceCode}): ${textOf(body["message"]) ?? message}`;
  const options = { cause, details: [...errorDetails(body), ...correlation], serviceCode };
  const isForbidden = status === 401 || status === 403 || FORBIDDEN.has(serviceCode);
  if (isForbidden) return new GateError("WHAT_IF_FORBIDDEN", `Azure refused the what-if ${text}`, options);
  return isFinal(status)
    ? new GateError("WHAT_IF_FAILED", `Azure did not complete the what-if ${text}`, options)
    : new GateError("AZURE_UNREACHABLE", `Azure could not run the what-if ${text}`, options);
}

/** Whether the service decided, so that asking again changes nothing. */
function isFinal(status: number | undefined): boolean {
  return status !== undefined && status !== 429 && status < 500;
}

function signInError(code: string, message: string, cause: unknown): GateError {
  const said = /AADSTS\d+: (?<text>[\s\S]*?)(?=\s+(?:https:|Trace ID:)|$)/.exec(message)?.groups?.["text"];
  const hint = SIGN_IN_HINTS[code];
  return new GateError("SIGN_IN_REFUSED", `Entra refused the sign-in (${code}): ${(said ?? message).trim()}`, {
    cause,
    serviceCode: code,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The error object of an answer; empty when it has none. */
function errorBody(answer: RawAnswer | undefined): { readonly [name: string]: Json } {
  try {
    const json: unknown = JSON.parse(answer?.body ?? "");
    const error = isJsonObject(json) ? json["error"] : undefined;
    return isJsonObject(error) ? error : {};
  } catch {
    return {}; // a proxy's page or half an answer
  }
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number"
    ? error.statusCode
    : undefined;
}
