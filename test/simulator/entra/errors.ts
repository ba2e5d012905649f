import type { Reply } from "../service.ts";

/** One way in which Entra refuses a token. */
export interface SignInError {
  readonly code: number;
  readonly status: number;
  /** The OAuth error. */
  readonly error: string;
  readonly text: string;
}

const DOCUMENTATION = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

const CHECK = `Check your federated identity credential Subject, Audience and Issuer against the presented assertion. ${DOCUMENTATION}`;

/**
 * The refusals that a federated sign-in can meet, in Entra's words as they appear in public reports.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
export const signInErrors = {
  unknownTenant: (tenant: string): SignInError => ({
    code: 90_002,
    status: 400,
    error: "invalid_request",
    text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  }),
  unknownClient: (client: string, tenant: string): SignInError => ({
    code: 700_016,
    status: 400,
    error: "unauthorized_client",
    text: `Application with identifier '${client}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
  }),
  issuer: (issuer: string): SignInError => ({
    code: 700_211,
    status: 401,
    error: "invalid_client",
    text: `No matching federated identity record found for presented assertion issuer '${issuer}'. ${CHECK}`,
  }),
  audience: (audience: string): SignInError => ({
    code: 700_212,
    status: 401,
    error: "invalid_client",
    text: `No matching federated identity record found for presented assertion audience '${audience}'. ${CHECK}`,
  }),
  subject: (subject: string): SignInError => ({
    code: 700_213,
    status: 401,
    error: "invalid_client",
    text: `No matching federated identity record found for presented assertion subject '${subject}'. ${CHECK}`,
  }),
  subjectCase: (subject: string): SignInError => ({
    code: 7_002_138,
    status: 401,
    error: "invalid_client",
    text: `No matching federated identity record found for presented assertion subject '${subject}'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. See documentation at: ${DOCUMENTATION}.`,
  }),
  outsideValidity: (validity: { readonly now: string; readonly from: string; readonly to: string }): SignInError => ({
    code: 700_024,
    status: 401,
    error: "invalid_client",
    text: `Client assertion is not within its valid time range. Current time: ${validity.now}, assertion valid from ${validity.from}, expiry time of assertion ${validity.to}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
  }),
  conditionalAccess: (): SignInError => ({
    code: 53_003,
    status: 400,
    error: "invalid_grant",
    text: "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
  }),
  malformedAssertion: (): SignInError => ({
    code: 50_027,
    status: 400,
    error: "invalid_request",
    text: "JWT token is invalid or malformed.",
  }),
  signature: (): SignInError => ({
    code: 50_013,
    status: 401,
    error: "invalid_client",
    text: "Assertion failed signature validation. [Reason - The key was not found.]",
  }),
  missingParameter: (name: string): SignInError => ({
    code: 900_144,
    status: 400,
    error: "invalid_request",
    text: `The request body must contain the following parameter: '${name}'.`,
  }),
  grantType: (grantType: string): SignInError => ({
    code: 70_003,
    status: 400,
    error: "unsupported_grant_type",
    text: `The app requested an unsupported grant type '${grantType}'.`,
  }),
  clientSecret: (client: string): SignInError => ({
    code: 7_000_215,
    status: 401,
    error: "invalid_client",
    text: `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${client}'.`,
  }),
  scope: (scope: string): SignInError => ({
    code: 1_002_012,
    status: 400,
    error: "invalid_scope",
    text: `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  }),
  unknownResource: (resource: string, tenant: string): SignInError => ({
    code: 500_011,
    status: 400,
    error: "invalid_resource",
    text: `The resource principal named ${resource} was not found in the tenant named ${tenant}.`,
  }),
} as const;

/** What tells one refusal from the next. */
export interface Trace {
  readonly traceId: string;
  readonly correlationId: string;
  /** `YYYY-MM-DD hh:mm:ssZ`. */
  readonly timestamp: string;
}

/** `error` in the shape in which Entra sends it. */
export function toReply(error: SignInError, trace: Trace): Reply {
  const code = String(error.code);
  const { traceId, correlationId, timestamp } = trace;
  return {
    status: error.status,
    refusal: `AADSTS${code}`,
    body: {
      error: error.error,
      error_description: `AADSTS${code}: ${error.text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [error.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}
