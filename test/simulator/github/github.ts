import { createHash } from "node:crypto";
import type { SimulatedClock } from "../clock.ts";
import type { FaultStatus } from "../faults.ts";
import type { Secrets } from "../secrets.ts";
import { bearerOf, Defect, withHeaders, type Call, type Reply, type Route, type Service } from "../service.ts";
import { checkRoutes } from "./checks.ts";
import { codeScanningRoutes } from "./code-scanning.ts";
import { commentRoutes } from "./comments.ts";
import { contentRoutes } from "./contents.ts";
import { GitHubContract } from "./contract.ts";
import { answerGraphql } from "./graphql.ts";
import { pullRoutes } from "./pulls.ts";
import { Renderer } from "./render.ts";
import { errorReply } from "./replies.ts";
import { reviewRoutes } from "./reviews.ts";
import type { GitHubRoute, Visit } from "./routes.ts";
import { GitHubState } from "./state.ts";
import { printNeed, satisfies, Tokens, type Token } from "./tokens.ts";

const ALL_ROUTES: readonly GitHubRoute[] = [
  ...commentRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...checkRoutes,
  ...contentRoutes,
  ...codeScanningRoutes,
];

/** The REST requests that a token has left; settable, so that a test can exhaust them. */
export interface RateLimit {
  limit: number;
  remaining: number;
  /** Seconds until `remaining` is `limit` again. */
  resetSeconds: number;
}

interface Parts {
  readonly clock: SimulatedClock;
  readonly secrets: Secrets;
  readonly repository: string;
}

const FAILURES: Partial<Record<FaultStatus, string>> = {
  401: "Bad credentials",
  403: "Resource not accessible by integration",
  404: "Not Found",
  409: "Conflict",
  429: "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
  502: "Server Error",
  503: "Service Unavailable",
};

/** GitHub's REST and GraphQL for one repository, held to GitHub's own OpenAPI document in both directions. */
export class GitHub {
  readonly state: GitHubState;
  readonly tokens: Tokens;
  /** The limit of `GITHUB_TOKEN`. */
  readonly rateLimit: RateLimit = { limit: 1000, remaining: 1000, resetSeconds: 3600 };
  /** Changes every response before it is checked; for proving that the check is active. */
  tamper: ((call: Call, reply: Reply) => Reply) | undefined;
  readonly #parts: Parts;
  readonly #contract: GitHubContract;
  readonly #routes: ReadonlyMap<string, GitHubRoute>;
  #requests = 0;

  private constructor(parts: Parts, contract: GitHubContract) {
    this.#parts = parts;
    this.#contract = contract;
    this.#routes = new Map(ALL_ROUTES.map((route) => [`github.${route.name}`, route]));
    this.state = new GitHubState(parts.clock, parts.repository);
    this.tokens = new Tokens(parts.secrets);
  }

  static async create(parts: Parts): Promise<GitHub> {
    return new GitHub(parts, await GitHubContract.load());
  }

  service(): Service {
    const rest = ALL_ROUTES.map((route) => this.#toRoute(route));
    const graphql: Route = { name: "graphql", method: "POST", path: "/graphql", answer: (call) => this.#graphql(call) };
    return {
      name: "github",
      routes: [...rest, graphql],
      admit: (call) => this.#admit(call),
      complete: (call, reply) => this.#complete(call, reply),
      failure: (status) => errorReply(status, FAILURES[status] ?? "Server Error"),
      expired: () => errorReply(401, "Bad credentials"),
    };
  }

  #toRoute(route: GitHubRoute): Route {
    const { path, method } = this.#contract.addressOf(route.operation);
    return {
      name: route.name,
      method,
      path: path.replace("{path}", "{+path}"),
      answer: (call) => route.answer(this.#visit(call)),
    };
  }

  #visit(call: Call): Visit {
    const token = this.tokens.find(bearerOf(call) ?? "");
    if (token === undefined) throw new Defect("a request without a token got past the door");
    return { call, actor: token.actor, state: this.state, render: new Renderer(this.state, call.origin) };
  }

  #graphql(call: Call): Reply {
    const visit = this.#visit(call);
    const token = this.tokens.find(bearerOf(call) ?? "");
    return token === undefined ? errorReply(401, "Bad credentials") : answerGraphql(visit, token);
  }

  /** Rate limit, token, repository, permission and form of the request, in this order. */
  #admit(call: Call): Reply | undefined {
    if (this.rateLimit.remaining <= 0) return errorReply(403, "API rate limit exceeded for installation.");
    this.rateLimit.remaining -= 1;
    const value = bearerOf(call);
    if (value === undefined) return this.#unauthenticated(call);
    const token = this.tokens.find(value);
    if (token === undefined) return errorReply(401, "Bad credentials");
    const route = this.#routes.get(call.route);
    return route === undefined ? undefined : this.#admitTo(route, call, token);
  }

  /** Private repositories hide; everything but reading asks for a token. This simulator serves nobody without one. */
  #unauthenticated(call: Call): Reply {
    return call.method === "GET" && this.state.isPrivate
      ? errorReply(404, "Not Found")
      : errorReply(401, "Requires authentication");
  }

  #admitTo(route: GitHubRoute, call: Call, token: Token): Reply | undefined {
    const { owner = "", repo = "" } = call.params;
    if (`${owner}/${repo}`.toLowerCase() !== this.state.repository.toLowerCase()) return errorReply(404, "Not Found");
    const isOpen = !this.state.isPrivate && call.method === "GET";
    if (!isOpen && !satisfies(token, route.needs)) {
      const refused = errorReply(403, "Resource not accessible by integration");
      return withHeaders(refused, { "x-accepted-github-permissions": printNeed(route.needs) });
    }
    if (call.isMalformed) return errorReply(400, "Problems parsing JSON");
    const problem = this.#contract.requestProblem(route.operation, call);
    return problem === undefined ? undefined : errorReply(422, `Invalid request.\n\n${problem}`);
  }

  #complete(call: Call, original: Reply): Reply {
    const reply = this.tamper?.(call, original) ?? original;
    const route = this.#routes.get(call.route);
    const problem = route === undefined ? undefined : this.#contract.responseProblem(route.operation, call, reply);
    if (problem !== undefined) throw new Defect(`${call.route} answered against GitHub's document: ${problem}`);
    this.#requests += 1;
    const headers = { ...this.#commonHeaders(), ...etagOf(call, reply) };
    const isUnchanged =
      reply.status === 200 && headers["etag"] !== undefined && headers["etag"] === call.headers["if-none-match"];
    return isUnchanged ? { status: 304, headers } : withHeaders(reply, headers);
  }

  #commonHeaders(): Record<string, string> {
    const { limit, remaining, resetSeconds } = this.rateLimit;
    return {
      "x-github-media-type": "github.v3; format=json",
      "x-github-request-id": `SIM:${String(this.#requests).padStart(6, "0")}`,
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(Math.max(remaining, 0)),
      "x-ratelimit-used": String(limit - Math.max(remaining, 0)),
      "x-ratelimit-reset": String(this.#parts.clock.nowSeconds() + resetSeconds),
      "x-ratelimit-resource": "core",
    };
  }
}

function etagOf(call: Call, reply: Reply): Record<string, string> {
  if (call.method !== "GET" || reply.status !== 200) return {};
  const hash = createHash("sha256").update(JSON.stringify(reply.body)).digest("hex");
  return { etag: `W/"${hash}"`, "cache-control": "private, max-age=60, s-maxage=60" };
}
