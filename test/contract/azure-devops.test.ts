import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arrayOf, objectOf } from "../simulator/json.ts";
import { startWorld, type World } from "../simulator/index.ts";
import { azureDevOpsRequest } from "./clients.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
  world.azureDevOps.state.openPull({
    base: { "infra/main.bicep": "one\ntwo\nthree\n" },
    changes: { "infra/main.bicep": "one\n2\nthree\n", "infra/new.bicep": "new\n" },
  });
});
afterEach(() => world.close());

const PULL = "/pullRequests/42";

function send(method: string, path: string, body?: unknown): ReturnType<typeof azureDevOpsRequest> {
  return azureDevOpsRequest(world, path, { method, ...(body === undefined ? {} : { body }) });
}

/** A thread in the form that the documentation shows. */
function thread(content: string, line = 2): Record<string, unknown> {
  return {
    comments: [{ parentCommentId: 0, content, commentType: 1 }],
    status: 1,
    threadContext: {
      filePath: "/infra/main.bicep",
      rightFileStart: { line, offset: 1 },
      rightFileEnd: { line, offset: 2 },
    },
    pullRequestThreadContext: {
      changeTrackingId: 1,
      iterationContext: { firstComparingIteration: 1, secondComparingIteration: 1 },
    },
    properties: { "Portcullis.Key": "abc" },
  };
}

describe("threads", () => {
  it("are created, listed and closed", async () => {
    const created = await send("POST", `${PULL}/threads`, thread("hello"));
    expect(created).toMatchObject({
      status: 200,
      body: {
        status: "active",
        comments: [
          { id: 1, content: "hello", commentType: "text", author: { displayName: "platform Build Service (contoso)" } },
        ],
        properties: { "Portcullis.Key": { $type: "System.String", $value: "abc" } },
      },
    });
    const id = String(objectOf(created.body)["id"]);
    expect(await send("PATCH", `${PULL}/threads/${id}`, { status: "fixed" })).toMatchObject({
      body: { status: "fixed" },
    });
    const listed = await send("GET", `${PULL}/threads`);
    expect(objectOf(listed.body)["count"]).toBe(2);
    world.journal.assertClean();
  });

  it("of the system have no status", async () => {
    const [system] = arrayOf(objectOf((await send("GET", `${PULL}/threads`)).body)["value"]);
    expect(system).toMatchObject({ comments: [{ commentType: "system" }] });
    expect(objectOf(system)).not.toHaveProperty("status");
  });

  it("take further comments, which only their author may change", async () => {
    const { id } = world.azureDevOps.state.seedThread({ pull: 42, author: "Somebody", content: "mine" });
    const comments = `${PULL}/threads/${String(id)}/comments`;
    expect(await send("POST", comments, { content: "reply", parentCommentId: 1 })).toMatchObject({ body: { id: 2 } });
    expect(await send("PATCH", `${comments}/2`, { content: "better" })).toMatchObject({ body: { content: "better" } });
    expect(await send("PATCH", `${comments}/1`, { content: "theirs" })).toMatchObject({ status: 403 });
    expect(await send("DELETE", `${comments}/2`)).toMatchObject({ status: 200 });
    expect((await send("GET", comments)).body).toMatchObject({ value: [{ id: 1 }, { id: 2, isDeleted: true }] });
  });

  it.each([
    ["a comment over 150,000 characters", thread("x".repeat(150_001))],
    ["an empty comment", thread(" ")],
    ["a line that does not exist", thread("x", 9)],
    ["a path without its slash", { ...thread("x"), threadContext: { filePath: "infra/main.bicep" } }],
    [
      "half a range",
      { ...thread("x"), threadContext: { filePath: "/infra/main.bicep", rightFileStart: { line: 1, offset: 1 } } },
    ],
    ["a member that does not exist", { ...thread("x"), state: 1 }],
    [
      "an iteration that does not exist",
      {
        ...thread("x"),
        pullRequestThreadContext: { iterationContext: { firstComparingIteration: 1, secondComparingIteration: 9 } },
      },
    ],
  ])("refuse %s", async (_name, body) => {
    expect(await send("POST", `${PULL}/threads`, body)).toMatchObject({ status: 400 });
    expect(world.azureDevOps.state.threadsOf(42)).toHaveLength(1);
  });

  it("hold exactly 150,000 characters", async () => {
    expect(await send("POST", `${PULL}/threads`, thread("x".repeat(150_000)))).toMatchObject({ status: 200 });
  });
});

describe("pull requests", () => {
  it("tell their commits, iterations and changes", async () => {
    const commit = world.azureDevOps.state.push(42, { "infra/third.bicep": "3\n" });
    expect((await send("GET", PULL)).body).toMatchObject({
      sourceRefName: "refs/heads/feature",
      targetRefName: "refs/heads/main",
      lastMergeSourceCommit: { commitId: commit },
      reviewers: [],
    });
    const iterations = await send("GET", `${PULL}/iterations`);
    expect(iterations.body).toMatchObject({
      count: 2,
      value: [{ id: 1 }, { id: 2, sourceRefCommit: { commitId: commit } }],
    });
    const all = await send("GET", `${PULL}/iterations/2/changes?$compareTo=0`);
    expect(objectOf(all.body)["changeEntries"]).toMatchObject([
      { changeTrackingId: 1, changeType: "edit", item: { path: "/infra/main.bicep" } },
      { changeTrackingId: 2, changeType: "add", item: { path: "/infra/new.bicep" } },
      { changeTrackingId: 3, changeType: "add", item: { path: "/infra/third.bicep" } },
    ]);
    const last = await send("GET", `${PULL}/iterations/2/changes?$compareTo=1`);
    expect(objectOf(last.body)["changeEntries"]).toMatchObject([{ changeTrackingId: 3 }]);
    const page = await send("GET", `${PULL}/iterations/2/changes?$top=1&$skip=1`);
    expect(page.body).toMatchObject({ changeEntries: [{ changeTrackingId: 2 }], nextSkip: 2, nextTop: 1 });
  });

  it("show votes", async () => {
    world.azureDevOps.state.vote(42, "Approver", 10);
    expect((await send("GET", PULL)).body).toMatchObject({ reviewers: [{ displayName: "Approver", vote: 10 }] });
  });

  it("keep statuses per iteration", async () => {
    const context = { name: "portcullis", genre: "gate" };
    const status = {
      iterationId: 1,
      state: "succeeded",
      description: "allowed",
      targetUrl: "https://x.example",
      context,
    };
    expect(await send("POST", `${PULL}/statuses`, status)).toMatchObject({
      status: 200,
      body: { state: "succeeded", context },
    });
    expect(await send("POST", `${PULL}/statuses`, { ...status, state: "success" })).toMatchObject({ status: 400 });
    expect(await send("POST", `${PULL}/statuses`, { ...status, iterationId: 7 })).toMatchObject({ status: 400 });
    expect((await send("GET", `${PULL}/statuses`)).body).toMatchObject({ count: 1 });
  });
});

describe("items", () => {
  it("are read at a commit", async () => {
    const { sourceCommit } = world.azureDevOps.state.lastIteration(world.azureDevOps.state.pull(42));
    const version = `versionDescriptor.versionType=commit&versionDescriptor.version=${sourceCommit}`;
    const item = await send("GET", `/items?path=/infra/main.bicep&includeContent=true&${version}`);
    expect(item.body).toMatchObject({ path: "/infra/main.bicep", commitId: sourceCommit, content: "one\n2\nthree\n" });
    const text = await azureDevOpsRequest(world, `/items?path=/infra/main.bicep&versionDescriptor.version=main`, {
      headers: { accept: "text/plain" },
    });
    expect(text.body).toBe("one\ntwo\nthree\n");
    const list = await send("GET", `/items?scopePath=/infra&recursionLevel=Full&${version}`);
    expect(list.body).toMatchObject({ count: 3 });
    const none = await send("GET", `/items?path=/none&${version}`);
    expect(none).toMatchObject({ status: 404, body: { typeKey: "GitItemNotFoundException" } });
  });
});

describe("the contract", () => {
  it("catches a response that breaks it", async () => {
    const thread = world.azureDevOps.state.seedThread({ pull: 42, author: "Somebody", content: "x" });
    Object.assign(thread, { status: "resolved" });
    expect(await send("GET", `${PULL}/threads/${String(thread.id)}`)).toMatchObject({ status: 500 });
    expect(world.journal.defects()[0]?.defect).toContain("/status must be equal to one of the allowed values");
  });
});

describe("access", () => {
  it("needs the right to contribute", async () => {
    world.azureDevOps.state.canContribute = false;
    const refused = await send("POST", `${PULL}/threads`, thread("x"));
    expect(refused).toMatchObject({ status: 403, body: { typeKey: "GitNeedsPermissionException" } });
    expect(String(objectOf(refused.body)["message"])).toContain("TF401027");
    expect(await send("GET", `${PULL}/threads`)).toMatchObject({ status: 200 });
  });

  it("hides what may not be read", async () => {
    world.azureDevOps.state.canRead = false;
    expect(await send("GET", PULL)).toMatchObject({ status: 404, body: { typeKey: "GitRepositoryNotFoundException" } });
  });

  it("sends an expired token to the sign-in page", async () => {
    world.azureDevOps.job.isExpired = true;
    expect(await send("GET", PULL)).toMatchObject({ status: 401 });
    const open = await azureDevOpsRequest(world, PULL, { headers: { "x-tfs-fedauthredirect": "" } });
    expect(open).toMatchObject({ status: 302 });
    const page = await fetch(`${world.urls.azureDevOps}/_signin`);
    expect([page.status, page.headers.get("content-type")]).toEqual([203, "text/html; charset=utf-8"]);
  });

  it("takes the token as a password too", async () => {
    const authorization = `Basic ${Buffer.from(`:${world.azureDevOps.job.token}`).toString("base64")}`;
    expect(await azureDevOpsRequest(world, PULL, { headers: { authorization } })).toMatchObject({ status: 200 });
  });

  it("wants an API version for writing", async () => {
    const { organisation, project, repositoryId } = world.azureDevOps.state;
    const url = `${world.urls.azureDevOps}/${organisation}/${project}/_apis/git/repositories/${repositoryId}${PULL}/threads`;
    const headers = { authorization: `Bearer ${world.azureDevOps.job.token}`, "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(thread("x")) });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("No api-version was supplied");
  });

  it("tells whose token it is", async () => {
    const url = `${world.urls.azureDevOps}/contoso/_apis/connectionData?api-version=7.1-preview`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${world.azureDevOps.job.token}` } });
    expect(await response.json()).toMatchObject({
      authenticatedUser: { id: world.azureDevOps.state.buildIdentity.id },
    });
  });
});
