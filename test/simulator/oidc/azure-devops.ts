import type { SimulatedClock } from "../clock.ts";
import type { JsonObject } from "../json.ts";
import type { TokenSigner } from "../jwt.ts";
import { countedId, EXCHANGE_AUDIENCE } from "../names.ts";
import type { Secrets } from "../secrets.ts";
import { bearerOf, ok, type Call, type Reply, type Service } from "../service.ts";
import type { Issuers } from "./issuers.ts";

/** A service connection that signs in by workload identity federation. */
export interface ServiceConnection {
  readonly id: string;
  readonly name: string;
  /** The `iss` claim: the organisation's `vstoken` issuer, or a tenant of Entra. */
  readonly issuer: string;
  /** The `sub` claim. */
  readonly subject: string;
}

/** The job whose access token asks for tokens of service connections. */
export interface JobToken {
  readonly token: string;
  isExpired: boolean;
}

interface Parts {
  readonly clock: SimulatedClock;
  readonly secrets: Secrets;
  readonly signer: TokenSigner;
  readonly issuers: Issuers;
}

/** The issuer of connections made before Entra's own; retired on 1 July 2027. */
export function vstokenIssuer(organisationId: string): string {
  return `https://vstoken.dev.azure.com/${organisationId}`;
}

/** The issuer of newer connections. */
export function entraIssuer(tenantId: string): string {
  return `https://login.microsoftonline.com/${tenantId}/v2.0`;
}

/**
 * The token endpoint of Azure Pipelines. HTTPS, because the Azure SDK sends its bearer token over nothing else.
 *
 * @see https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create
 */
export class AzureDevOpsOidc {
  readonly #parts: Parts;
  readonly #job: JobToken;
  readonly #connections = new Map<string, ServiceConnection>();
  lifetimeSeconds = 600;

  constructor(parts: Parts, job: JobToken) {
    this.#parts = parts;
    this.#job = job;
  }

  /** Adds or replaces a service connection that the job is authorised to use. */
  connect(connection: ServiceConnection): void {
    this.#connections.set(connection.id.toLowerCase(), connection);
    this.#parts.issuers.publish(connection.issuer, () => this.#parts.signer.keySet());
  }

  disconnect(id: string): void {
    this.#connections.delete(id.toLowerCase());
  }

  service(): Service {
    return {
      name: "azure-devops-oidc",
      ignoreCase: true,
      routes: [
        {
          name: "token",
          method: "POST",
          path: "/{organisation}/{project}/_apis/distributedtask/hubs/{hub}/plans/{plan}/jobs/{job}/oidctoken",
          answer: (call) => this.#issue(call),
        },
        { name: "signIn", method: "GET", path: "/_signin", answer: () => signInPage() },
      ],
      failure: (status) => ({ status, ...problem("VS402000", "simulated failure") }),
      expired: (call) => askToSignIn(call),
    };
  }

  #issue(call: Call): Reply {
    if (bearerOf(call) !== this.#job.token || this.#job.isExpired) return askToSignIn(call);
    const version = call.query.get("api-version") ?? "";
    if (!/^7\.\d(?:-preview(?:\.\d)?)?$/u.test(version)) {
      const message = "No api-version was supplied, or it is out of range for this server.";
      return { status: 400, ...problem("VssVersionNotSpecifiedException", message) };
    }
    const connection = this.#connections.get((call.query.get("serviceConnectionId") ?? "").toLowerCase());
    if (connection === undefined) {
      const message = "The service connection does not exist, or this job is not authorised to use it.";
      return { status: 404, ...problem("ServiceEndpointNotFoundException", message) };
    }
    return ok({ oidcToken: this.#tokenFor(connection) });
  }

  #tokenFor(connection: ServiceConnection): string {
    const now = this.#parts.clock.nowSeconds();
    const claims: JsonObject = {
      jti: countedId("ad0", this.#parts.secrets.all().length),
      sub: connection.subject,
      aud: EXCHANGE_AUDIENCE,
      iss: connection.issuer,
      nbf: now - 300,
      exp: now + this.lifetimeSeconds,
      iat: now,
    };
    return this.#parts.secrets.add(this.#parts.signer.sign(claims), "Azure DevOps OIDC token");
  }
}

/** 401 for automation; a browser, or who does not say that it is none, is sent to the sign-in page. */
export function askToSignIn(call: Call): Reply {
  const refusal = "the access token is missing, unknown or expired";
  if ((call.headers["x-tfs-fedauthredirect"] ?? "").toLowerCase() === "suppress") {
    return { status: 401, headers: { "www-authenticate": "Bearer" }, refusal };
  }
  return { status: 302, headers: { location: `${call.origin}/_signin?realm=simulated` }, refusal };
}

/** 203 with a page for people: what a client that follows the redirect takes for an answer. */
export function signInPage(): Reply {
  return {
    status: 203,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!DOCTYPE html><html><head><title>Azure DevOps Services | Sign In</title></head><body></body></html>",
  };
}

function problem(typeKey: string, message: string): Pick<Reply, "body" | "refusal"> {
  const body = { $id: "1", innerException: null, message, typeName: typeKey, typeKey, errorCode: 0, eventId: 3000 };
  return { body, refusal: `${typeKey}: ${message}` };
}
