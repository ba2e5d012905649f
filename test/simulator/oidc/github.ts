import type { SimulatedClock } from "../clock.ts";
import type { FaultStatus } from "../faults.ts";
import type { JsonObject } from "../json.ts";
import type { TokenSigner } from "../jwt.ts";
import { countedId, DEFAULTS, GITHUB_ISSUER } from "../names.ts";
import type { Secrets } from "../secrets.ts";
import { bearerOf, ok, type Call, type Reply, type Service } from "../service.ts";
import { githubSubject, type SubjectFacts } from "./github-subject.ts";
import type { Issuers } from "./issuers.ts";

/** A workflow job that may ask for tokens. */
export interface JobIdentity extends SubjectFacts {
  readonly sha: string;
  readonly actor: string;
  readonly baseRef: string;
  readonly headRef: string;
  readonly workflow: string;
  readonly runId: number;
  /** Replaces the subject that GitHub would compute, as a customised subject template does. */
  readonly subject?: string;
}

/** How a job asks for its token. */
export interface TokenEndpoint {
  /** Already has a query. */
  readonly requestUrl: string;
  readonly requestToken: string;
}

interface Parts {
  readonly clock: SimulatedClock;
  readonly secrets: Secrets;
  readonly signer: TokenSigner;
  readonly issuers: Issuers;
}

const SHA_OF_WORKFLOW = "0123456789abcdef0123456789abcdef01234567";

/**
 * GitHub's token issuer. Bodies of refused requests are our own wording; nothing documents GitHub's.
 *
 * @see https://docs.github.com/actions/reference/security/oidc
 */
export class GitHubOidc {
  readonly #parts: Parts;
  readonly #jobs = new Map<string, JobIdentity>();
  /** The `iss` claim. */
  issuer: string;
  /** How long a token is valid. */
  lifetimeSeconds = 300;

  constructor(parts: Parts, enterprise?: string) {
    this.#parts = parts;
    this.issuer = enterprise === undefined ? GITHUB_ISSUER : `${GITHUB_ISSUER}/${enterprise}`;
    parts.issuers.publish(this.issuer, () => parts.signer.keySet());
  }

  /** Lets a job ask for tokens. `url` is where this service listens. */
  admitJob(url: string, job: JobIdentity): TokenEndpoint {
    const count = this.#jobs.size + 1;
    const requestToken = this.#parts.secrets.add(`simulated-oidc-request-token-${String(count)}`, "OIDC request token");
    this.#jobs.set(requestToken, job);
    return { requestUrl: `${url}/idtoken/${countedId("90b", count)}?api-version=2.0`, requestToken };
  }

  /** A signed token as `job` gets it; for tests that talk to Entra directly. */
  tokenFor(job: JobIdentity, audience?: string): string {
    const issuedAt = this.#parts.clock.nowSeconds();
    const claims = this.#claims(job, { audience, issuedAt });
    return this.#parts.secrets.add(this.#parts.signer.sign(claims), "GitHub OIDC token");
  }

  service(): Service {
    return {
      name: "github-oidc",
      routes: [
        { name: "token", method: "GET", path: "/idtoken/{job}", answer: (call) => this.#issue(call) },
        {
          name: "configuration",
          method: "GET",
          path: "/.well-known/openid-configuration",
          answer: (call) => ok(this.#configuration(call)),
        },
        { name: "keys", method: "GET", path: "/.well-known/jwks", answer: () => ok(this.#parts.signer.keySet()) },
      ],
      failure: (status) => refuse(status, "simulated failure"),
      expired: () => refuse(401, "the request token has expired"),
    };
  }

  #issue(call: Call): Reply {
    const job = this.#jobs.get(bearerOf(call) ?? "");
    if (job === undefined) return refuse(401, "the request token is missing or unknown");
    const value = this.tokenFor(job, call.query.get("audience") ?? undefined);
    return ok({ count: value.length, value });
  }

  #configuration(call: Call): JsonObject {
    return {
      issuer: this.issuer,
      jwks_uri: `${call.origin}/.well-known/jwks`,
      subject_types_supported: ["public", "pairwise"],
      response_types_supported: ["id_token"],
      claims_supported: ["sub", "aud", "exp", "iat", "iss", "jti", "nbf", "ref", "repository", "environment"],
      id_token_signing_alg_values_supported: ["RS256"],
      scopes_supported: ["openid"],
    };
  }

  #claims(job: JobIdentity, token: { readonly audience: string | undefined; readonly issuedAt: number }): JsonObject {
    const [owner = ""] = job.repository.split("/");
    const workflowRef = `${job.repository}/.github/workflows/${job.workflow}@${job.ref}`;
    return {
      jti: countedId("717", this.#parts.secrets.all().length),
      sub: job.subject ?? githubSubject(job),
      aud: token.audience ?? `https://github.com/${owner}`,
      ref: job.ref,
      sha: job.sha,
      repository: job.repository,
      repository_owner: owner,
      repository_owner_id: String(job.ownerId),
      run_id: String(job.runId),
      run_number: "7",
      run_attempt: "1",
      repository_visibility: "private",
      repository_id: String(job.repositoryId),
      actor_id: "500001",
      actor: job.actor,
      workflow: job.workflow,
      head_ref: job.headRef,
      base_ref: job.baseRef,
      event_name: job.eventName,
      ref_protected: "false",
      ref_type: job.ref.startsWith("refs/tags/") ? "tag" : "branch",
      workflow_ref: workflowRef,
      workflow_sha: SHA_OF_WORKFLOW,
      job_workflow_ref: workflowRef,
      job_workflow_sha: SHA_OF_WORKFLOW,
      runner_environment: "github-hosted",
      ...(job.environment === undefined ? {} : { environment: job.environment }),
      iss: this.issuer,
      nbf: token.issuedAt - 300,
      exp: token.issuedAt + this.lifetimeSeconds,
      iat: token.issuedAt,
    };
  }
}

/** A job on the default repository's pull request 12, with whatever a test wants different. */
export function jobIdentity(overrides: Partial<JobIdentity> = {}): JobIdentity {
  return {
    repository: DEFAULTS.repository,
    repositoryId: DEFAULTS.repositoryId,
    ownerId: DEFAULTS.ownerId,
    eventName: "pull_request",
    ref: "refs/pull/12/merge",
    subjectFormat: "classic",
    sha: SHA_OF_WORKFLOW,
    actor: "octocat",
    baseRef: "main",
    headRef: "feature",
    workflow: "portcullis.yml",
    runId: 800_001,
    ...overrides,
  };
}

function refuse(status: FaultStatus, message: string): Reply {
  return { status, body: { message }, refusal: message };
}
