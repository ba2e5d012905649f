import * as core from "@actions/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { decodeToken, isSignedBy } from "../simulator/jwt.ts";
import {
  entraIssuer,
  EXCHANGE_AUDIENCE,
  failsWith,
  GITHUB_ISSUER,
  githubSubject,
  jobIdentity,
  startWorld,
  vstokenIssuer,
  type World,
} from "../simulator/index.ts";
import { httpsCall } from "./https-request.ts";
import { ARM_SCOPE, githubCredential, messageOf, pipelinesCredential } from "./clients.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.journal.clear();
  world.faults.clear();
});
afterAll(() => world.close());

/** Signs in with what a job's token says. */
function signIn(job: Parameters<typeof jobIdentity>[0], audience = EXCHANGE_AUDIENCE): Promise<unknown> {
  const assertion = (): Promise<string> => Promise.resolve(world.oidc.github.tokenFor(jobIdentity(job), audience));
  return githubCredential(world, { assertion }).getToken(ARM_SCOPE);
}

describe("GitHub's token issuer", () => {
  it("answers the toolkit with a signed token", async () => {
    const { variables } = world.environmentForAction({ event: "push" });
    for (const name of ["ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"])
      vi.stubEnv(name, variables[name]);
    const output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const token = await core.getIDToken(EXCHANGE_AUDIENCE);
    output.mockRestore();
    vi.unstubAllEnvs();
    expect(decodeToken(token)?.claims).toMatchObject({
      iss: GITHUB_ISSUER,
      sub: "repo:contoso/ai-platform:ref:refs/heads/main",
      aud: EXCHANGE_AUDIENCE,
      event_name: "push",
    });
    expect(world.journal.routes()).toEqual(["github-oidc.token"]);
  });

  it("publishes the keys that verify its tokens", async () => {
    const base = world.urls.githubOidc;
    const configuration = await (await fetch(`${base}/.well-known/openid-configuration`)).json();
    const keySet = await (await fetch(String(Object(configuration)["jwks_uri"]))).json();
    const token = world.oidc.github.tokenFor(jobIdentity(), EXCHANGE_AUDIENCE);
    expect(isSignedBy(token, Object(keySet))).toBe(true);
    expect(isSignedBy(`${token.slice(0, -8)}AAAAAAAA`, Object(keySet))).toBe(false);
  });

  it("refuses a wrong request token", async () => {
    const { variables } = world.environmentForAction();
    const response = await fetch(variables["ACTIONS_ID_TOKEN_REQUEST_URL"] ?? "", {
      headers: { authorization: "Bearer x" },
    });
    expect(response.status).toBe(401);
  });

  it.each([
    ["an environment", { environment: "prod:eu" }, "repo:contoso/ai-platform:environment:prod%3Aeu"],
    ["a pull request", {}, "repo:contoso/ai-platform:pull_request"],
    ["a tag", { eventName: "push", ref: "refs/tags/v1" }, "repo:contoso/ai-platform:ref:refs/tags/v1"],
    [
      "an immutable subject",
      { subjectFormat: "immutable" as const },
      "repo:contoso@600001/ai-platform@700001:pull_request",
    ],
  ])("writes the subject of %s", (_name, job, subject) => {
    expect(githubSubject(jobIdentity(job))).toBe(subject);
  });
});

describe("Entra", () => {
  it("exchanges GitHub's token for one that ARM takes", async () => {
    const token = await githubCredential(world).getToken(ARM_SCOPE);
    expect(world.entra.check(token?.token ?? "", world.ids.tenantId)).toMatchObject({ state: "valid" });
    expect(world.journal.routes("entra")).toEqual(["entra.configuration", "entra.token"]);
    expect(world.journal.last("entra.token").body).toMatchObject({ client_assertion: "«secret»" });
    world.journal.assertClean();
  });

  it("exchanges the token of a service connection", async () => {
    const { variables } = world.environmentForTask();
    vi.stubEnv("SYSTEM_OIDCREQUESTURI", variables["SYSTEM_OIDCREQUESTURI"]);
    const token = await pipelinesCredential(world).getToken(ARM_SCOPE);
    vi.unstubAllEnvs();
    expect(token?.token).toMatch(/^ey/u);
    expect(world.journal.routes()).toContain("azure-devops-oidc.token");
    world.journal.assertClean();
  });

  it("exchanges the token of a connection with the newer issuer", async () => {
    const id = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    const issuer = entraIssuer(world.ids.tenantId);
    const subject = `/eid1/c/pub/t/simulated/a/simulated/sc/55555555-5555-4555-8555-555555555555/${id}`;
    world.oidc.azureDevOps.connect({ id, name: "newer", issuer, subject });
    world.entra.trust(world.ids.clientId, { issuer, subject, audience: EXCHANGE_AUDIENCE });
    expect(issuer).not.toBe(vstokenIssuer(world.ids.tenantId));
    vi.stubEnv("SYSTEM_OIDCREQUESTURI", world.environmentForTask().variables["SYSTEM_OIDCREQUESTURI"]);
    expect((await pipelinesCredential(world, id).getToken(ARM_SCOPE))?.token).toMatch(/^ey/u);
    world.oidc.azureDevOps.disconnect(id);
    expect(await messageOf(pipelinesCredential(world, id).getToken(ARM_SCOPE))).toContain(
      "oidcToken field not detected",
    );
    vi.unstubAllEnvs();
  });

  it.each([
    ["AADSTS700213", "a subject that nobody trusts", () => signIn({ eventName: "push", ref: "refs/heads/other" })],
    ["AADSTS7002138", "a subject in other letter case", () => signIn({ repository: "Contoso/ai-platform" })],
    ["AADSTS700212", "a foreign audience", () => signIn({}, "api://elsewhere")],
    [
      "AADSTS700016",
      "an unknown client",
      () => githubCredential(world, { clientId: "99999999-9999-4999-8999-999999999999" }).getToken(ARM_SCOPE),
    ],
    [
      "AADSTS50027",
      "a malformed assertion",
      () => githubCredential(world, { assertion: () => Promise.resolve("no.token") }).getToken(ARM_SCOPE),
    ],
    [
      "AADSTS500011",
      "a resource that it does not know",
      () => githubCredential(world).getToken("https://elsewhere/.default"),
    ],
  ])("answers %s to %s", async (code, _name, attempt) => {
    expect(await messageOf(attempt())).toContain(`${code}:`);
    expect(world.journal.last("entra.token")).toMatchObject({ refusal: code });
  });

  it("answers AADSTS700211 to an issuer that nobody trusts", async () => {
    const other = await startWorld({ enterprise: "contoso-enterprise" });
    const assertion = (): Promise<string> =>
      Promise.resolve(other.oidc.github.tokenFor(jobIdentity(), EXCHANGE_AUDIENCE));
    const message = await messageOf(githubCredential(world, { assertion }).getToken(ARM_SCOPE));
    await other.close();
    expect(message).toContain("AADSTS700211");
    expect(message).toContain("https://token.actions.githubusercontent.com/contoso-enterprise");
  });

  it("answers AADSTS50013 to a signature of somebody else", async () => {
    const other = await startWorld();
    const assertion = (): Promise<string> =>
      Promise.resolve(other.oidc.github.tokenFor(jobIdentity(), EXCHANGE_AUDIENCE));
    const message = await messageOf(githubCredential(world, { assertion }).getToken(ARM_SCOPE));
    await other.close();
    expect(message).toContain("AADSTS50013");
  });

  it("answers AADSTS90002 for an unknown tenant", async () => {
    const tenantId = "99999999-9999-4999-8999-999999999999";
    const message = await messageOf(githubCredential(world, { tenantId }).getToken(ARM_SCOPE));
    expect(message).not.toBe("nothing was thrown");
    expect(world.journal.last("entra.configuration")).toMatchObject({ refusal: "AADSTS90002", status: 400 });
  });

  it("answers AADSTS700024 to an assertion past its lifetime", async () => {
    const old = world.oidc.github.tokenFor(jobIdentity(), EXCHANGE_AUDIENCE);
    world.clock.advance(3600);
    const message = await messageOf(
      githubCredential(world, { assertion: () => Promise.resolve(old) }).getToken(ARM_SCOPE),
    );
    world.clock.advance(-3600);
    expect(message).toContain("AADSTS700024");
  });

  it("answers AADSTS53003 where conditional access blocks", async () => {
    const application = world.entra.application(world.ids.clientId);
    application.isBlocked = true;
    const message = await messageOf(githubCredential(world).getToken(ARM_SCOPE));
    application.isBlocked = false;
    expect(message).toContain("AADSTS53003");
  });

  it("answers the form errors in Entra's shape", async () => {
    const url = `${world.urls.entra}/${world.ids.tenantId}/oauth2/v2.0/token`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const post = async (form: Record<string, string>): Promise<unknown> => {
      const body = new URLSearchParams(form).toString();
      return (await httpsCall(world, url, { method: "POST", headers, body })).body;
    };
    const base = { client_id: world.ids.clientId, scope: ARM_SCOPE, grant_type: "client_credentials" };
    expect(await post({ ...base, client_secret: "not-a-secret" })).toMatchObject({
      error: "invalid_client",
      error_codes: [7_000_215],
    });
    expect(await post({ ...base, grant_type: "password" })).toMatchObject({ error_codes: [70_003] });
    expect(await post({ client_id: world.ids.clientId })).toMatchObject({ error_codes: [900_144] });
    expect(
      await post({ ...base, scope: "User.Read", client_assertion: "x", client_assertion_type: "y" }),
    ).toMatchObject({
      error_codes: [900_144],
    });
  });

  it("limits an application to twenty federated credentials", () => {
    const tenantId = world.ids.tenantId;
    world.entra.register({ tenantId, clientId: "full", objectId: "full" });
    const credential = { issuer: "https://issuer", subject: "s", audience: "a" };
    for (let count = 0; count < 20; count += 1) world.entra.trust("full", credential);
    expect(() => world.entra.trust("full", credential)).toThrow("at most 20");
  });
});

describe("Azure DevOps' token issuer", () => {
  const address = (): string => world.environmentForTask().variables["SYSTEM_OIDCREQUESTURI"] ?? "";
  const ask = (query: string, headers: Record<string, string>): ReturnType<typeof httpsCall> =>
    httpsCall(world, `${address()}${query}`, { method: "POST", headers });
  const query = "?api-version=7.1&serviceConnectionId=88888888-8888-4888-8888-888888888888";

  it("asks a browser to sign in when the token has expired", async () => {
    world.azureDevOps.job.isExpired = true;
    const open = await ask(query, {});
    const suppressed = await ask(query, { "x-tfs-fedauthredirect": "Suppress" });
    world.azureDevOps.job.isExpired = false;
    expect([open.status, open.headers["location"]]).toEqual([
      302,
      `${world.urls.azureDevOpsOidc}/_signin?realm=simulated`,
    ]);
    expect(suppressed.status).toBe(401);
  });

  it("knows only the connections that the job may use", async () => {
    const token = { authorization: `Bearer ${world.azureDevOps.job.token}` };
    const other = `?api-version=7.1&serviceConnectionId=00000000-0000-4000-8000-000000000000`;
    expect(await ask(other, token)).toMatchObject({ status: 404 });
    expect(await ask("", token)).toMatchObject({ status: 400 });
    expect(await ask(query, token)).toMatchObject({ status: 200 });
  });

  it("fails as programmed, then works again", async () => {
    world.faults.inject("azure-devops-oidc.token", failsWith(503));
    const token = { authorization: `Bearer ${world.azureDevOps.job.token}` };
    expect(await ask(query, token)).toMatchObject({ status: 503 });
    expect(await ask(query, token)).toMatchObject({ status: 200 });
  });
});
