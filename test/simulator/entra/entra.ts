import type { SimulatedClock } from "../clock.ts";
import type { FaultStatus } from "../faults.ts";
import { maybeNumber, textOf, type JsonObject } from "../json.ts";
import { decodeToken, isSignedBy, type TokenSigner } from "../jwt.ts";
import { ARM_AUDIENCE, countedId } from "../names.ts";
import type { Issuers } from "../oidc/issuers.ts";
import type { Secrets } from "../secrets.ts";
import { ok, textMember, type Call, type Reply, type Service } from "../service.ts";
import { signInErrors, toReply, type SignInError, type Trace } from "./errors.ts";

/** What an application accepts in place of a secret. All three are compared exactly. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** An application or user-assigned identity. */
export interface Application {
  readonly tenantId: string;
  readonly clientId: string;
  readonly objectId: string;
  /** At most 20. */
  readonly credentials: FederatedCredential[];
  /** A Conditional Access policy refuses every token. */
  isBlocked: boolean;
}

/** What an access token says, once verified. */
export type AccessCheck =
  | { readonly state: "valid"; readonly clientId: string; readonly objectId: string }
  | { readonly state: "expired"; readonly expiresAt: string }
  | { readonly state: "wrong-audience"; readonly audience: string }
  | { readonly state: "wrong-tenant"; readonly issuer: string }
  | { readonly state: "invalid" };

interface Parts {
  readonly clock: SimulatedClock;
  readonly secrets: Secrets;
  readonly signer: TokenSigner;
  readonly issuers: Issuers;
}

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Clock skew that Entra forgives. */
const SKEW_SECONDS = 300;

/**
 * Entra ID: exchanges federated assertions for access tokens, by the rules of its configured applications.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#third-case-access-token-request-with-a-federated-credential
 */
export class Entra {
  readonly #parts: Parts;
  readonly #applications: Application[] = [];
  readonly #tenants = new Set<string>();
  #refusals = 0;
  /** The resources for which it issues tokens. */
  readonly resources = new Set<string>([ARM_AUDIENCE, "https://management.core.windows.net"]);
  /** How long an access token is valid. */
  tokenLifetimeSeconds = 3599;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Adds an application, and its tenant. */
  register(application: Pick<Application, "tenantId" | "clientId" | "objectId">): Application {
    const registered: Application = { ...application, credentials: [], isBlocked: false };
    this.#applications.push(registered);
    this.#tenants.add(application.tenantId);
    return registered;
  }

  /** Lets `credential` sign in as the application. @throws Error beyond Entra's limit of 20 */
  trust(clientId: string, credential: FederatedCredential): void {
    const { credentials } = this.application(clientId);
    if (credentials.length >= 20) throw new Error("an application has at most 20 federated credentials");
    credentials.push(credential);
  }

  /** @throws Error when there is none */
  application(clientId: string): Application {
    const found = this.#applications.find((application) => application.clientId === clientId);
    if (found === undefined) throw new Error(`no application ${clientId}`);
    return found;
  }

  /** An access token without the exchange; for tests that talk to ARM directly. */
  accessTokenFor(clientId: string, overrides: JsonObject = {}): string {
    const { tenantId, objectId } = this.application(clientId);
    const now = this.#parts.clock.nowSeconds();
    const token = this.#parts.signer.sign({
      aud: ARM_AUDIENCE,
      iss: issuerOf(tenantId),
      iat: now,
      nbf: now,
      exp: now + this.tokenLifetimeSeconds,
      appid: clientId,
      appidacr: "2",
      idp: issuerOf(tenantId),
      idtyp: "app",
      oid: objectId,
      sub: objectId,
      tid: tenantId,
      uti: countedId("071", this.#parts.secrets.all().length),
      ver: "1.0",
      ...overrides,
    });
    return this.#parts.secrets.add(token, "Entra access token");
  }

  /** What Azure Resource Manager of `tenantId` makes of `token`. */
  check(token: string, tenantId: string): AccessCheck {
    const claims = decodeToken(token)?.claims;
    if (claims === undefined || !isSignedBy(token, this.#parts.signer.keySet())) return { state: "invalid" };
    const expiresAt = maybeNumber(claims["exp"]) ?? 0;
    if (expiresAt <= this.#parts.clock.nowSeconds()) return { state: "expired", expiresAt: utcText(expiresAt) };
    const audience = textOf(claims["aud"]);
    if (!this.resources.has(audience.replace(/\/+$/u, ""))) return { state: "wrong-audience", audience };
    const issuer = textOf(claims["iss"]);
    if (issuer !== issuerOf(tenantId)) return { state: "wrong-tenant", issuer };
    return { state: "valid", clientId: textOf(claims["appid"]), objectId: textOf(claims["oid"]) };
  }

  service(): Service {
    return {
      name: "entra",
      routes: [
        {
          name: "configuration",
          method: "GET",
          path: "/{tenant}/v2.0/.well-known/openid-configuration",
          answer: (call) => this.#configuration(call),
        },
        { name: "token", method: "POST", path: "/{tenant}/oauth2/v2.0/token", answer: (call) => this.#exchange(call) },
        {
          name: "keys",
          method: "GET",
          path: "/{tenant}/discovery/v2.0/keys",
          answer: () => ok(this.#parts.signer.keySet()),
        },
      ],
      failure: (status, call) => this.#refuse(call, failureOf(status)),
      expired: (call) => this.#refuse(call, this.#outsideValidity({ nbf: 0, exp: 600 })),
      secretMembers: ["client_assertion"],
    };
  }

  #configuration(call: Call): Reply {
    const tenant = call.params["tenant"] ?? "";
    if (!this.#tenants.has(tenant)) return this.#refuse(call, signInErrors.unknownTenant(tenant));
    const base = `${call.origin}/${tenant}`;
    return ok({
      token_endpoint: `${base}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt", "client_secret_basic"],
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_modes_supported: ["query", "fragment", "form_post"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
      scopes_supported: ["openid", "profile", "email", "offline_access"],
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      tenant_region_scope: "EU",
    });
  }

  #exchange(call: Call): Reply {
    const tenant = call.params["tenant"] ?? "";
    if (!this.#tenants.has(tenant)) return this.#refuse(call, signInErrors.unknownTenant(tenant));
    const form = formProblem(call) ?? this.#scopeProblem(call, tenant);
    if (form !== undefined) return this.#refuse(call, form);
    const clientId = textMember(call.body, "client_id") ?? "";
    const application = this.#applications.find((one) => one.tenantId === tenant && one.clientId === clientId);
    if (application === undefined) return this.#refuse(call, signInErrors.unknownClient(clientId, tenant));
    const assertion = textMember(call.body, "client_assertion") ?? "";
    const problem = this.#assertionProblem(application, assertion);
    if (problem !== undefined) return this.#refuse(call, problem);
    const seconds = this.tokenLifetimeSeconds;
    const access_token = this.accessTokenFor(clientId, { aud: resourceOf(textMember(call.body, "scope") ?? "") });
    return ok({ token_type: "Bearer", expires_in: seconds, ext_expires_in: seconds, access_token });
  }

  #scopeProblem(call: Call, tenant: string): SignInError | undefined {
    const scope = textMember(call.body, "scope") ?? "";
    const resource = resourceOf(scope);
    if (resource === undefined) return signInErrors.scope(scope);
    return this.resources.has(resource) ? undefined : signInErrors.unknownResource(resource, tenant);
  }

  #assertionProblem(application: Application, assertion: string): SignInError | undefined {
    const claims = decodeToken(assertion)?.claims;
    if (claims === undefined) return signInErrors.malformedAssertion();
    const mismatch = mismatchOf(application.credentials, claims);
    if (mismatch !== undefined) return mismatch;
    if (!this.#parts.issuers.hasSigned(textOf(claims["iss"]), assertion)) return signInErrors.signature();
    const now = this.#parts.clock.nowSeconds();
    const from = maybeNumber(claims["nbf"]) ?? 0;
    const to = maybeNumber(claims["exp"]) ?? 0;
    if (now < from - SKEW_SECONDS || now > to + SKEW_SECONDS) return this.#outsideValidity(claims);
    return application.isBlocked ? signInErrors.conditionalAccess() : undefined;
  }

  #outsideValidity(claims: JsonObject): SignInError {
    return signInErrors.outsideValidity({
      now: utcText(this.#parts.clock.nowSeconds()),
      from: utcText(maybeNumber(claims["nbf"]) ?? 0),
      to: utcText(maybeNumber(claims["exp"]) ?? 0),
    });
  }

  #refuse(call: Call, error: SignInError): Reply {
    this.#refusals += 1;
    const trace: Trace = {
      traceId: countedId("77ace", this.#refusals),
      correlationId: call.headers["client-request-id"] ?? countedId("c0ffee", this.#refusals),
      timestamp: `${new Date(this.#parts.clock.nowMs()).toISOString().slice(0, 19).replace("T", " ")}Z`,
    };
    return toReply(error, trace);
  }
}

/** The v1 issuer, which access tokens for Azure Resource Manager carry. */
function issuerOf(tenantId: string): string {
  return `https://sts.windows.net/${tenantId}/`;
}

function utcText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/u, ".0000000Z");
}

/** What is wrong with the form itself, before anybody looks at the assertion. */
function formProblem(call: Call): SignInError | undefined {
  const member = (name: string): string | undefined => textMember(call.body, name);
  const missing = ["grant_type", "client_id", "scope"].find((name) => member(name) === undefined);
  if (missing !== undefined) return signInErrors.missingParameter(missing);
  const grantType = member("grant_type") ?? "";
  if (grantType !== "client_credentials") return signInErrors.grantType(grantType);
  if (member("client_secret") !== undefined) return signInErrors.clientSecret(member("client_id") ?? "");
  if (member("client_assertion") === undefined) return signInErrors.missingParameter("client_assertion");
  if (member("client_assertion_type") !== ASSERTION_TYPE) return signInErrors.missingParameter("client_assertion_type");
  return undefined;
}

/** The resource of a scope ending in `/.default`. MSAL adds the OpenID scopes to what was asked for. */
function resourceOf(scope: string): string | undefined {
  const asked = scope.split(" ").filter((part) => !["openid", "profile", "offline_access", ""].includes(part));
  const [first = ""] = asked;
  if (asked.length !== 1 || !first.endsWith("/.default")) return undefined;
  return first.slice(0, -"/.default".length).replace(/\/+$/u, "");
}

/** The first claim that no credential has, looked at in Entra's order: issuer, subject, audience. */
function mismatchOf(credentials: readonly FederatedCredential[], claims: JsonObject): SignInError | undefined {
  const [issuer, subject, audience] = [textOf(claims["iss"]), textOf(claims["sub"]), textOf(claims["aud"])];
  const ofIssuer = credentials.filter((credential) => credential.issuer === issuer);
  if (ofIssuer.length === 0) return signInErrors.issuer(issuer);
  const ofSubject = ofIssuer.filter((credential) => credential.subject === subject);
  if (ofSubject.length === 0) {
    const isCase = ofIssuer.some((credential) => credential.subject.toLowerCase() === subject.toLowerCase());
    return isCase ? signInErrors.subjectCase(subject) : signInErrors.subject(subject);
  }
  return ofSubject.some((credential) => credential.audience === audience) ? undefined : signInErrors.audience(audience);
}

function failureOf(status: FaultStatus): SignInError {
  const isThrottled = status === 429;
  return {
    code: isThrottled ? 90_055 : 90_033,
    status,
    error: isThrottled ? "invalid_request" : "temporarily_unavailable",
    text: isThrottled
      ? "The server is terminating this request due to excessive request rate."
      : "A transient error has occurred. Please try again.",
  };
}
