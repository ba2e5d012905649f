import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../simulator/index.ts";
import {
  connectionReset,
  expiredToken,
  failsWith,
  stalled,
  startWorld,
  throttled,
  truncated,
  type World,
} from "../simulator/index.ts";
import {
  accountTemplate,
  ARM_SCOPE,
  azureDevOpsRequest,
  deploymentsClient,
  githubCredential,
  messageOf,
  octokit,
  REPOSITORY,
} from "./clients.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
  world.github.state.openPull({ changes: { "a.md": "A\n" } });
  world.azureDevOps.state.openPull({ changes: { "a.md": "A\n" } });
});
afterEach(() => world.close());

const ISSUE = { ...REPOSITORY, issue_number: 12 };

/** A comment without the help of an SDK. */
async function comment(options: { readonly signal?: AbortSignal } = {}): Promise<Response> {
  const authorization = `Bearer ${world.github.tokens.issue({ "pull-requests": "write" }).value}`;
  const url = `${world.urls.githubApi}/repos/contoso/ai-platform/issues/12/comments`;
  return fetch(url, { method: "POST", headers: { authorization }, body: JSON.stringify({ body: "x" }), ...options });
}

/** What a whole attempt comes to: the status, or that it broke off. */
async function outcome(options: { readonly signal?: AbortSignal } = {}): Promise<number | "broken"> {
  try {
    const response = await comment(options);
    await response.text();
    return response.status;
  } catch {
    return "broken";
  }
}

describe("a fault", () => {
  it.each<readonly [string, Fault, number | "broken", number]>([
    ["401", failsWith(401), 401, 0],
    ["403", failsWith(403), 403, 0],
    ["404", failsWith(404), 404, 0],
    ["409", failsWith(409), 409, 0],
    ["429", throttled(3), 429, 0],
    ["500", failsWith(500), 500, 0],
    ["503", failsWith(503), 503, 0],
    ["expired-token", expiredToken(), 401, 0],
    ["truncated", truncated(), "broken", 1],
    ["stalled", stalled(), "broken", 0],
    ["stalled", stalled({ afterHeaders: true }), "broken", 1],
    ["reset", connectionReset(), "broken", 0],
    ["reset", connectionReset({ processed: true }), "broken", 1],
  ])("of kind %s strikes once", async (...row) => {
    const [name, fault, expected, effects] = row;
    world.faults.inject("github.createComment", fault);
    const patienceMs = fault.kind === "stalled" ? 500 : 5000;
    expect(await outcome({ signal: AbortSignal.timeout(patienceMs) })).toBe(expected);
    expect(world.github.state.commentsOf(12)).toHaveLength(effects);
    expect(world.journal.last("github.createComment").fault).toBe(name);
    expect(world.faults.pending()).toEqual([]);
    expect(await outcome()).toBe(201);
  });

  it("carries its own body and Retry-After", async () => {
    world.faults.inject(
      "github.createComment",
      failsWith(403, { retryAfterSeconds: 7, body: { message: "secondary" } }),
    );
    const response = await comment();
    expect([response.status, response.headers.get("retry-after"), await response.json()]).toEqual([
      403,
      "7",
      { message: "secondary" },
    ]);
  });

  it("waits and repeats as programmed", async () => {
    world.faults.inject("github.createComment", failsWith(500), { after: 1, times: 2 });
    world.faults.inject("github.createComment", failsWith(503));
    const outcomes = [];
    for (let count = 0; count < 5; count += 1) outcomes.push(await outcome());
    expect(outcomes).toEqual([201, 500, 500, 503, 201]);
  });

  it("is refused for a route that does not exist", () => {
    expect(() => {
      world.faults.inject("github.createComments", failsWith(500));
    }).toThrow("no route github.createComments");
  });
});

describe("every service fails in its own words", () => {
  it("GitHub", async () => {
    world.faults.inject("github.createComment", failsWith(429));
    expect(await messageOf(octokit(world).rest.issues.createComment({ ...ISSUE, body: "x" }))).toContain(
      "secondary rate limit",
    );
  });

  it("Entra", async () => {
    world.faults.inject("entra.token", failsWith(503));
    expect(await messageOf(githubCredential(world).getToken(ARM_SCOPE))).not.toBe("nothing was thrown");
    world.faults.inject("entra.token", expiredToken());
    expect(await messageOf(githubCredential(world).getToken(ARM_SCOPE))).toContain("AADSTS700024");
  });

  it("Azure Resource Manager", async () => {
    world.faults.inject("arm.operationResult", failsWith(409));
    const properties = {
      mode: "Incremental" as const,
      template: accountTemplate(),
      parameters: { name: { value: "x" } },
    };
    const attempt = deploymentsClient(world).deployments.whatIf(
      "rg-ai-test",
      "p",
      { properties },
      { updateIntervalInMs: 5 },
    );
    expect(await messageOf(Promise.resolve(attempt))).toContain("Simulated failure.");
  });

  it("Azure DevOps", async () => {
    world.faults.inject("azure-devops.listThreads", failsWith(503));
    expect(await azureDevOpsRequest(world, "/pullRequests/42/threads")).toMatchObject({
      status: 503,
      body: { typeKey: "VssServiceException" },
    });
    world.faults.inject("azure-devops.listThreads", failsWith(429));
    expect(await azureDevOpsRequest(world, "/pullRequests/42/threads")).toMatchObject({ status: 429 });
  });
});
