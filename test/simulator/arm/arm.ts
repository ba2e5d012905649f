import type { SimulatedClock } from "../clock.ts";
import { assertNever } from "../../../src/lib/assert-never.ts";
import type { AccessCheck, Entra } from "../entra/entra.ts";
import type { FaultStatus } from "../faults.ts";
import { countedId } from "../names.ts";
import { bearerOf, Defect, Refusal, withHeaders, type Call, type Reply, type Service } from "../service.ts";
import { Access } from "./access.ts";
import { correlationOf } from "./deployment-request.ts";
import { Deployments } from "./deployments.ts";
import type { Principal } from "./principal.ts";
import { errorReply } from "./errors.ts";
import { Operations } from "./operations.ts";
import { Reads } from "./reads.ts";
import { Scenario } from "./scenario.ts";
import { armSchemas } from "./schemas.ts";
import { ArmState } from "./state.ts";

interface Parts {
  readonly clock: SimulatedClock;
  readonly entra: Entra;
  readonly tenantId: string;
}

/** The definition that the body of a successful response must fit, by route. */
const RESPONSES: Readonly<Record<string, string>> = {
  "arm.validate": "deployment",
  "arm.deploy": "deployment",
  "arm.getDeployment": "deployment",
  "arm.deploymentOperations": "operationList",
  "arm.deploymentStatus": "operationStatus",
  "arm.operationStatus": "operationStatus",
  "arm.listResources": "resourceList",
  "arm.listGroupResources": "resourceList",
  "arm.listGroups": "resourceList",
  "arm.getGroup": "resource",
};

const FAILURES: Partial<Record<FaultStatus, string>> = {
  401: "InvalidAuthenticationToken",
  403: "AuthorizationFailed",
  404: "ResourceNotFound",
  409: "Conflict",
  429: "TooManyRequests",
  503: "ServerBusy",
};

/** Azure Resource Manager: its state, its access control, what a test has decided about it, and the service itself. */
export class Arm {
  readonly state = new ArmState();
  readonly access = new Access();
  readonly scenario = new Scenario();
  readonly #parts: Parts;
  #requests = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  service(): Service {
    const operations = new Operations(this.scenario.longRunning);
    const principalOf = (call: Call): Principal => this.#principalOf(call);
    const { state, access, scenario } = this;
    const { clock, tenantId } = this.#parts;
    const deployments = new Deployments({ state, access, scenario, operations, clock, tenantId, principalOf });
    const reads = new Reads({ state, access, principalOf });
    const pollRoutes = ["/subscriptions/{subscription}", "/providers/Microsoft.Resources"].flatMap((base) => [
      {
        name: "operationResult",
        method: "GET",
        path: `${base}/operationresults/{operation}`,
        answer: (call: Call) => operations.result(call),
      },
      {
        name: "operationStatus",
        method: "GET",
        path: `${base}/operationstatuses/{operation}`,
        answer: (call: Call) => operations.status(call),
      },
    ]);
    return {
      name: "arm",
      ignoreCase: true,
      routes: [...pollRoutes, ...deployments.routes(), ...reads.routes()],
      admit: (call) => this.#admit(call),
      complete: (call, reply) => this.#complete(call, reply),
      failure: (status) =>
        errorReply(status, { code: FAILURES[status] ?? "InternalServerError", message: "Simulated failure." }),
      expired: () =>
        challenge(
          this.#parts.tenantId,
          "ExpiredAuthenticationToken",
          "The access token expiry UTC time is earlier than current UTC time.",
        ),
    };
  }

  #principalOf(call: Call): Principal {
    const { entra, tenantId } = this.#parts;
    const token = bearerOf(call);
    if (token === undefined) {
      throw new Refusal(
        challenge(tenantId, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."),
      );
    }
    const check = entra.check(token, tenantId);
    if (check.state === "valid") return check;
    throw new Refusal(challenge(tenantId, ...rejectionOf(check, tenantId)));
  }

  /** Sign-in, API version and subscription, in ARM's order. */
  #admit(call: Call): Reply | undefined {
    this.#principalOf(call);
    const version = call.query.get("api-version");
    if (version === null) {
      return errorReply(400, {
        code: "MissingApiVersionParameter",
        message: "The api-version query parameter (?api-version=) is required for all requests.",
      });
    }
    const versionProblem = this.#versionProblem(call, version);
    if (versionProblem !== undefined) return versionProblem;
    const { subscription } = call.params;
    if (subscription !== undefined && !this.state.hasSubscription(subscription)) {
      return errorReply(404, {
        code: "SubscriptionNotFound",
        message: `The subscription '${subscription}' could not be found.`,
      });
    }
    return undefined;
  }

  #versionProblem(call: Call, version: string): Reply | undefined {
    const { apiVersions, apiVersionError } = this.scenario;
    const isOfDeployments = /\/providers\/Microsoft\.Resources\/deployments\//iu.test(call.path);
    const isKnown = isOfDeployments ? apiVersions.includes(version) : /^\d{4}-\d{2}-\d{2}(?:-preview)?$/u.test(version);
    if (isKnown) return undefined;
    const supported = apiVersions.join(",");
    const message =
      apiVersionError === "InvalidApiVersionParameter"
        ? `The api-version '${version}' is invalid. The supported versions are '${supported}'.`
        : `No registered resource provider found for location '' and API version '${version}' for type 'deployments'. The supported api-versions are '${apiVersions.join(", ")}'. The supported locations are ''.`;
    return errorReply(400, { code: apiVersionError, message });
  }

  #complete(call: Call, reply: Reply): Reply {
    const definition = reply.status >= 400 ? "cloudError" : RESPONSES[call.route];
    const isEmpty = reply.status === 202 || reply.status === 204;
    const problem = definition === undefined || isEmpty ? undefined : armSchemas.problemOf(definition, reply.body);
    if (problem !== undefined) throw new Defect(`${call.route} answered against the contract: ${problem}`);
    this.#requests += 1;
    const kind = call.method === "GET" ? "reads" : "writes";
    return withHeaders(reply, {
      "x-ms-request-id": countedId("4e90e57", this.#requests),
      "x-ms-correlation-request-id": correlationOf(call),
      [`x-ms-ratelimit-remaining-subscription-${kind}`]: String(Math.max(0, 1200 - this.#requests)),
      "cache-control": "no-cache",
    });
  }
}

/** Code and message for a token that does not hold. */
function rejectionOf(check: Exclude<AccessCheck, { state: "valid" }>, tenantId: string): readonly [string, string] {
  switch (check.state) {
    case "expired":
      return [
        "ExpiredAuthenticationToken",
        `The access token expiry UTC time '${check.expiresAt}' is earlier than current UTC time.`,
      ];
    case "wrong-audience":
      return [
        "InvalidAuthenticationTokenAudience",
        `The access token has been obtained for wrong audience or resource '${check.audience}'.`,
      ];
    case "wrong-tenant":
      return [
        "InvalidAuthenticationTokenTenant",
        `The access token is from the wrong issuer '${check.issuer}'. It must match the tenant '${tenantId}' associated with this subscription.`,
      ];
    case "invalid":
      return ["InvalidAuthenticationToken", "The access token is invalid."];
    default:
      return assertNever(check);
  }
}

function challenge(tenantId: string, code: string, message: string): Reply {
  const header = `Bearer authorization_uri="https://login.microsoftonline.com/${tenantId}", error="invalid_token", error_description="${message}"`;
  return withHeaders(errorReply(401, { code, message }), { "www-authenticate": header });
}
