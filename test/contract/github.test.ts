import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { objectOf } from "../simulator/json.ts";
import { FORK_PERMISSIONS, startWorld, type World } from "../simulator/index.ts";
import { messageOf, octokit, REPOSITORY, statusOf } from "./clients.ts";

let world: World;

const LINES = Array.from({ length: 40 }, (_, index) => `line ${String(index + 1)}`);
const BEFORE = `${LINES.join("\n")}\n`;
/** Line 10 changed, line 30 removed, a line added after line 31. */
const AFTER = `${[...LINES.slice(0, 9), "changed", ...LINES.slice(10, 29), "line 31", "added", ...LINES.slice(31)].join("\n")}\n`;

const PULL = { ...REPOSITORY, pull_number: 12 };
const ISSUE = { ...REPOSITORY, issue_number: 12 };

beforeEach(async () => {
  world = await startWorld();
  world.github.state.openPull({
    base: { "infra/main.bicep": BEFORE, "infra/old.bicep": "same\n", "README.md": "# Old\n" },
    changes: { "infra/main.bicep": AFTER, "infra/new.bicep": "same\n", "infra/old.bicep": null, "docs/a.md": "A\n" },
  });
});
afterEach(() => world.close());

/** A request that Octokit's types would not let through. */
function post(path: string, body: Record<string, unknown>): Promise<unknown> {
  const route: string = `POST /repos/contoso/ai-platform/${path}`;
  return octokit(world).request(route, body);
}

describe("comments through Octokit", () => {
  it("are created, read page by page, updated and deleted", async () => {
    const client = octokit(world).rest.issues;
    for (let count = 1; count <= 5; count += 1)
      await client.createComment({ ...ISSUE, body: `comment ${String(count)}` });
    const all = await octokit(world).paginate("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...ISSUE,
      per_page: 2,
    });
    expect(all.map(({ body }) => body)).toEqual([1, 2, 3, 4, 5].map((count) => `comment ${String(count)}`));
    expect(all[0]?.user).toMatchObject({ login: "github-actions[bot]", type: "Bot" });
    const first = await client.listComments({ ...ISSUE, per_page: 2 });
    expect(first.headers.link).toMatch(/page=2>; rel="next".*page=3>; rel="last"/u);
    const id = all[0]?.id ?? 0;
    const updated = await client.updateComment({ ...REPOSITORY, comment_id: id, body: "new" });
    expect(updated.data.body).toBe("new");
    expect(await client.deleteComment({ ...REPOSITORY, comment_id: id })).toMatchObject({ status: 204 });
    expect(world.github.state.commentsOf(12)).toHaveLength(4);
    world.journal.assertClean();
  });

  it("are limited to 65,536 characters", async () => {
    const client = octokit(world).rest.issues;
    expect(await client.createComment({ ...ISSUE, body: "ä".repeat(65_536) })).toMatchObject({ status: 201 });
    expect(await messageOf(client.createComment({ ...ISSUE, body: "a".repeat(65_537) }))).toContain(
      "body is too long (maximum is 65536 characters)",
    );
    expect(await statusOf(client.createComment({ ...ISSUE, body: " " }))).toBe(422);
  });

  it("are minimised through GraphQL", async () => {
    const client = octokit(world);
    const { data } = await client.rest.issues.createComment({ ...ISSUE, body: "old" });
    const mutation = `mutation Hide($input: MinimizeCommentInput!) { minimizeComment(input: $input) { minimizedComment { isMinimized reason: minimizedReason } } }`;
    const answer = await client.graphql(mutation, { input: { subjectId: data.node_id, classifier: "OUTDATED" } });
    expect(answer).toEqual({ minimizeComment: { minimizedComment: { isMinimized: true, reason: "outdated" } } });
    expect(world.github.state.commentsOf(12)[0]?.minimizedReason).toBe("OUTDATED");
    expect(
      await messageOf(client.graphql(mutation, { input: { subjectId: data.node_id, classifier: "BORING" } })),
    ).toContain("classifier");
  });
});

describe("tokens", () => {
  it("of a fork only read", async () => {
    const client = octokit(world, FORK_PERMISSIONS).rest;
    expect(await client.issues.listComments(ISSUE)).toMatchObject({ status: 200 });
    expect(await messageOf(client.issues.createComment({ ...ISSUE, body: "x" }))).toContain(
      "Resource not accessible by integration",
    );
    expect(world.journal.last("github.createComment")).toMatchObject({ status: 403 });
    expect(
      await statusOf(client.checks.create({ ...REPOSITORY, name: "x", head_sha: world.github.state.pull(12).headSha })),
    ).toBe(403);
  });

  it("without the permission are told which one is missing", async () => {
    const token = world.github.tokens.issue({ contents: "read" }).value;
    const response = await fetch(`${world.urls.githubApi}/repos/contoso/ai-platform/pulls/12`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([response.status, response.headers.get("x-accepted-github-permissions")]).toEqual([
      403,
      "pull_requests=read",
    ]);
  });

  it("that are unknown, missing or expired are refused", async () => {
    const url = `${world.urls.githubApi}/repos/contoso/ai-platform/pulls/12`;
    expect((await fetch(url, { headers: { authorization: "token ghs_unknown" } })).status).toBe(401);
    expect((await fetch(url)).status).toBe(404);
    const token = world.github.tokens.issue({ "pull-requests": "read" });
    token.isExpired = true;
    expect((await fetch(url, { headers: { authorization: `Bearer ${token.value}` } })).status).toBe(401);
  });

  it("see no other repository", async () => {
    expect(await statusOf(octokit(world).rest.pulls.get({ owner: "contoso", repo: "other", pull_number: 12 }))).toBe(
      404,
    );
  });
});

describe("the pull request", () => {
  it("shows its files with patches, renames included", async () => {
    const { data } = await octokit(world).rest.pulls.listFiles(PULL);
    expect(data.map(({ filename, status }) => [filename, status])).toEqual([
      ["docs/a.md", "added"],
      ["infra/main.bicep", "modified"],
      ["infra/new.bicep", "renamed"],
    ]);
    expect(data[1]?.patch).toBe(
      [
        "@@ -7,7 +7,7 @@",
        " line 7",
        " line 8",
        " line 9",
        "-line 10",
        "+changed",
        " line 11",
        " line 12",
        " line 13",
        "@@ -27,8 +27,8 @@",
        " line 27",
        " line 28",
        " line 29",
        "-line 30",
        " line 31",
        "+added",
        " line 32",
        " line 33",
        " line 34",
      ].join("\n"),
    );
    expect(data[2]).toMatchObject({ previous_filename: "infra/old.bicep", changes: 0 });
  });

  it("is found by its commits, and tells a fork", async () => {
    const pull = world.github.state.openPull({
      number: 13,
      fork: "mallory/ai-platform",
      author: "mallory",
      changes: { "x.md": "x\n" },
    });
    const client = octokit(world).rest;
    const found = await client.repos.listPullRequestsAssociatedWithCommit({ ...REPOSITORY, commit_sha: pull.headSha });
    expect(found.data.map(({ number }) => number)).toEqual([13]);
    const { data } = await client.pulls.get({ ...PULL, pull_number: 13 });
    expect([data.head.repo.full_name, data.base.repo.full_name, data.head.sha]).toEqual([
      "mallory/ai-platform",
      "contoso/ai-platform",
      pull.headSha,
    ]);
    const listed = await client.pulls.list({ ...REPOSITORY, head: "mallory:feature" });
    expect(listed.data).toHaveLength(1);
  });

  it("keeps reviews by commit, also when the head moves", async () => {
    const { state } = world.github;
    state.seedReview({ pull: 12, author: "approver", state: "APPROVED" });
    const head = state.push(12, { "docs/b.md": "B\n" });
    const { data } = await octokit(world).rest.pulls.listReviews(PULL);
    expect(data[0]).toMatchObject({ state: "APPROVED", user: { login: "approver" } });
    expect(data[0]?.commit_id).not.toBe(head);
  });
});

describe("review comments", () => {
  const path = "infra/main.bicep";
  const review = (comment: Record<string, unknown>): Promise<unknown> =>
    post("pulls/12/reviews", {
      commit_id: world.github.state.pull(12).headSha,
      event: "COMMENT",
      body: "summary",
      comments: [{ path, body: "x", ...comment }],
    });

  it.each([
    ["an added line", { line: 10, side: "RIGHT" }],
    ["a context line", { line: 33, side: "RIGHT" }],
    ["a removed line", { line: 30, side: "LEFT" }],
    ["a range of one hunk", { start_line: 8, line: 10, side: "RIGHT" }],
  ])("stand on %s", async (_name, place) => {
    await review(place);
    expect(world.github.state.reviewCommentsOf(12)).toHaveLength(1);
  });

  it.each([
    ["a line outside of the diff", { line: 20 }, "Line could not be resolved"],
    ["a file outside of the diff", { path: "README.md", line: 1 }, "Path could not be resolved"],
    ["a range over two hunks", { start_line: 10, line: 31 }, "must be part of the same hunk"],
    ["a range that ends before it starts", { start_line: 12, line: 10 }, "must precede the end line"],
    ["a removed line on the right", { line: 42, side: "RIGHT" }, "Line could not be resolved"],
  ])("are refused as a whole for %s", async (_name, place, message) => {
    expect(await messageOf(review(place))).toContain(message);
    expect(world.github.state.reviews).toHaveLength(0);
    expect(world.github.state.reviewComments).toHaveLength(0);
  });

  it("are created one by one, answered and updated", async () => {
    const client = octokit(world).rest.pulls;
    const commit_id = world.github.state.pull(12).headSha;
    const file = await client.createReviewComment({
      ...PULL,
      commit_id,
      path,
      body: "about the file",
      subject_type: "file",
    });
    expect(file.data).toMatchObject({ subject_type: "file", path });
    const line = await client.createReviewComment({ ...PULL, commit_id, path, body: "here", line: 10, side: "RIGHT" });
    expect(line.data.diff_hunk.split("\n").at(-1)).toBe("+changed");
    const wrong = client.createReviewComment({ ...PULL, commit_id, path, body: "there", line: 20, side: "RIGHT" });
    expect(await messageOf(wrong)).toContain("pull_request_review_thread.line must be part of the diff");
    await client.updateReviewComment({ ...REPOSITORY, comment_id: line.data.id, body: "new" });
    const { data } = await client.listReviewComments(PULL);
    expect(data.map(({ body }) => body)).toEqual(["about the file", "new"]);
    await client.deleteReviewComment({ ...REPOSITORY, comment_id: line.data.id });
    expect(world.github.state.reviewCommentsOf(12)).toHaveLength(1);
  });

  it("are refused for a commit of somebody else", async () => {
    const client = octokit(world).rest.pulls;
    const commit_id = world.github.state.pull(12).mergeSha;
    expect(await statusOf(client.createReviewComment({ ...PULL, commit_id, path, body: "x", line: 10 }))).toBe(422);
  });

  it("form threads that are resolved through GraphQL", async () => {
    await review({ line: 10 });
    const client = octokit(world);
    const query = `query($owner: String!, $repo: String!, $number: Int!) {
      repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
        reviewThreads(first: 100) { nodes { id isResolved isOutdated line comments(first: 1) { nodes { author { login } } } } }
      } } }`;
    const threads = async (): Promise<unknown> => {
      const answer = await client.graphql(query, { ...REPOSITORY, number: 12 });
      return objectOf(objectOf(objectOf(objectOf(answer)["repository"])["pullRequest"])["reviewThreads"])["nodes"];
    };
    const [first] = Object(await threads());
    expect(first).toMatchObject({
      isResolved: false,
      isOutdated: false,
      line: 10,
      comments: { nodes: [{ author: { login: "github-actions" } }] },
    });
    await client.graphql(
      `mutation { resolveReviewThread(input: { threadId: "${String(first.id)}" }) { thread { isResolved } } }`,
    );
    world.github.state.push(12, { "infra/main.bicep": BEFORE });
    expect(await threads()).toMatchObject([{ isResolved: true, isOutdated: true, line: null }]);
    expect(await messageOf(client.graphql(query.replace("first: 100", ""), { ...REPOSITORY, number: 12 }))).toContain(
      "You must provide a `first`",
    );
    expect(await messageOf(client.graphql("query { viewer { nickname } }"))).toContain("nickname");
  });

  it("cannot approve with the job's own token", async () => {
    const client = octokit(world).rest.pulls;
    expect(await messageOf(client.createReview({ ...PULL, event: "APPROVE" }))).toContain("not permitted to approve");
  });

  it("that block are dismissed", async () => {
    const client = octokit(world).rest.pulls;
    const { data } = await client.createReview({ ...PULL, event: "REQUEST_CHANGES", body: "no" });
    expect(data.state).toBe("CHANGES_REQUESTED");
    const dismissed = await client.dismissReview({ ...PULL, review_id: data.id, message: "fixed" });
    expect(dismissed.data.state).toBe("DISMISSED");
  });
});

describe("checks, statuses and code scanning", () => {
  const annotation = { path: "a", start_line: 1, end_line: 1, annotation_level: "warning" as const, message: "m" };

  it("take fifty annotations at a time", async () => {
    const client = octokit(world).rest.checks;
    const head_sha = world.github.state.pull(12).headSha;
    const output = { title: "t", summary: "s", annotations: Array.from({ length: 50 }, () => annotation) };
    const { data } = await client.create({
      ...REPOSITORY,
      name: "Portcullis",
      head_sha,
      status: "completed",
      conclusion: "failure",
      output,
    });
    await client.update({ ...REPOSITORY, check_run_id: data.id, output: { ...output, annotations: [annotation] } });
    const run = await client.get({ ...REPOSITORY, check_run_id: data.id });
    expect(run.data).toMatchObject({ conclusion: "failure", output: { annotations_count: 51 } });
    const many = { ...output, annotations: [...output.annotations, annotation] };
    expect(await messageOf(client.create({ ...REPOSITORY, name: "x", head_sha, output: many }))).toContain(
      "must NOT have more than 50 items",
    );
    const listed = await client.listForRef({ ...REPOSITORY, ref: head_sha });
    expect(listed.data.total_count).toBe(1);
    const annotations = await client.listAnnotations({ ...REPOSITORY, check_run_id: data.id, per_page: 100 });
    expect(annotations.data).toHaveLength(51);
  });

  it.each([
    [
      "an unknown level",
      { output: { title: "t", summary: "s", annotations: [{ ...annotation, annotation_level: "error" }] } },
    ],
    ["a summary that is too long", { output: { title: "t", summary: "s".repeat(65_536) } }],
    [
      "columns over two lines",
      { output: { title: "t", summary: "s", annotations: [{ ...annotation, end_line: 2, start_column: 1 }] } },
    ],
    ["an unknown commit", { head_sha: "0".repeat(40) }],
  ])("refuse %s", async (_name, request) => {
    const head_sha = world.github.state.pull(12).headSha;
    expect(await statusOf(post("check-runs", { name: "x", head_sha, ...request }))).toBe(422);
  });

  it("keep statuses, newest first", async () => {
    const client = octokit(world).rest.repos;
    const sha = world.github.state.pull(12).headSha;
    await client.createCommitStatus({ ...REPOSITORY, sha, state: "pending", context: "portcullis" });
    await client.createCommitStatus({
      ...REPOSITORY,
      sha,
      state: "success",
      context: "portcullis",
      description: "allowed",
    });
    const { data } = await client.listCommitStatusesForRef({ ...REPOSITORY, ref: sha });
    expect(data.map(({ state }) => state)).toEqual(["success", "pending"]);
    const long = client.createCommitStatus({ ...REPOSITORY, sha, state: "success", description: "x".repeat(141) });
    expect(await statusOf(long)).toBe(422);
  });

  it("process an uploaded SARIF file", async () => {
    const client = octokit(world).rest.codeScanning;
    const { mergeSha } = world.github.state.pull(12);
    const document = { version: "2.1.0", runs: [{ tool: { driver: { name: "Portcullis" } }, results: [] }] };
    const sarif = gzipSync(JSON.stringify(document)).toString("base64");
    const { data } = await client.uploadSarif({
      ...REPOSITORY,
      commit_sha: mergeSha,
      ref: "refs/pull/12/merge",
      sarif,
    });
    const states = [];
    for (let count = 0; count < 2; count += 1) {
      states.push((await client.getSarif({ ...REPOSITORY, sarif_id: data.id ?? "" })).data.processing_status);
    }
    expect(states).toEqual(["pending", "complete"]);
    expect(world.github.state.sarifs[0]?.document).toEqual(document);
    const plain = client.uploadSarif({
      ...REPOSITORY,
      commit_sha: mergeSha,
      ref: "refs/pull/12/merge",
      sarif: "bm90IGd6aXA=",
    });
    expect(await statusOf(plain)).toBe(400);
  });
});

describe("contents", () => {
  it("are read at a ref, as JSON and raw", async () => {
    const client = octokit(world).rest.repos;
    const { baseSha } = world.github.state.pull(12);
    const file = await client.getContent({ ...REPOSITORY, path: "infra/main.bicep", ref: baseSha });
    expect(Buffer.from(String(objectOf(file.data)["content"]), "base64").toString("utf8")).toBe(BEFORE);
    const raw = await client.getContent({
      ...REPOSITORY,
      path: "infra/main.bicep",
      ref: "refs/pull/12/merge",
      mediaType: { format: "raw" },
    });
    expect(raw.data).toBe(AFTER);
    const folder = await client.getContent({ ...REPOSITORY, path: "infra", ref: "feature" });
    expect(Object(folder.data).map(({ name }: { name: string }) => name)).toEqual(["main.bicep", "new.bicep"]);
    expect(await statusOf(client.getContent({ ...REPOSITORY, path: "none" }))).toBe(404);
    expect(await statusOf(client.getContent({ ...REPOSITORY, path: "README.md", ref: "none" }))).toBe(404);
  });

  it("are listed as a tree and compared", async () => {
    const client = octokit(world).rest;
    const { baseSha, headSha } = world.github.state.pull(12);
    const tree = await client.git.getTree({ ...REPOSITORY, tree_sha: headSha, recursive: "1" });
    expect(tree.data.tree.map(({ path }) => path)).toContain("infra/new.bicep");
    const main = world.github.state.commit("main", { "other.md": "x\n" });
    const { data } = await client.repos.compareCommitsWithBasehead({ ...REPOSITORY, basehead: `main...${headSha}` });
    expect([data.status, data.merge_base_commit.sha, data.base_commit.sha]).toEqual(["diverged", baseSha, main]);
    expect(data.files).toHaveLength(3);
  });
});

describe("caching and limits", () => {
  it("answer 304 to a known ETag", async () => {
    const headers = { authorization: `Bearer ${world.github.tokens.issue({ "pull-requests": "read" }).value}` };
    const url = `${world.urls.githubApi}/repos/contoso/ai-platform/pulls/12`;
    const first = await fetch(url, { headers });
    const again = await fetch(url, { headers: { ...headers, "if-none-match": first.headers.get("etag") ?? "" } });
    expect([first.status, again.status, await again.text()]).toEqual([200, 304, ""]);
  });

  it("count requests and end at the limit", async () => {
    world.github.rateLimit.remaining = 1;
    const client = octokit(world).rest.pulls;
    const { headers } = await client.get(PULL);
    expect(headers["x-ratelimit-remaining"]).toBe("0");
    expect(await messageOf(client.get(PULL))).toContain("API rate limit exceeded");
  });
});

describe("GitHub's OpenAPI document", () => {
  it("catches a response that breaks it", async () => {
    world.github.tamper = (_call, reply) => ({ ...reply, body: { ...objectOf(reply.body), id: "not a number" } });
    expect(await statusOf(octokit(world).rest.issues.createComment({ ...ISSUE, body: "x" }))).toBe(500);
    expect(world.journal.defects()[0]?.defect).toContain("/id must be integer");
    expect(() => {
      world.journal.assertClean();
    }).toThrow("DEFECT");
  });

  it.each([
    ["a status that is not declared", { status: 202, body: {} }],
    ["a missing member", { status: 201, body: { id: 1 } }],
    ["an error without a message", { status: 418, body: {} }],
  ])("catches %s", async (_name, reply) => {
    world.github.tamper = () => reply;
    expect(await statusOf(octokit(world).rest.issues.createComment({ ...ISSUE, body: "x" }))).toBe(500);
    expect(world.journal.defects()).toHaveLength(1);
  });

  it("catches a request that breaks it", async () => {
    const request = post("issues/12/comments", { body: 7 });
    expect(await messageOf(request)).toContain("/requestBody/body must be string");
  });
});
