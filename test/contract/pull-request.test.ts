import { getOctokit } from "@actions/github";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PullRequest } from "../../src/ports.ts";
import { azureReposPullRequest } from "../../src/report/azure-devops/pull-request.ts";
import { githubPullRequest } from "../../src/report/github/pull-request.ts";
import { commentMarker, markedComment } from "../../src/report/sticky-comment.ts";
import { failsWith, startWorld, USUAL_PERMISSIONS, type World } from "../simulator/index.ts";
import { fakePullRequest } from "../support/fakes.ts";

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const BASE = { "portcullis.yml": "failOn: high\n" };
const CHANGES = { "portcullis.yml": "failOn: never\n", "new.txt": "new" };
const signal = new AbortController().signal;

interface Subject {
  readonly pull: PullRequest;
  /** Texts of the comments with our marker. */
  readonly comments: () => readonly string[];
}

function onGithub(): Subject {
  const opened = world.github.state.openPull({ base: BASE, changes: CHANGES });
  const [owner = "", repo = ""] = world.github.state.repository.split("/");
  const octokit = getOctokit(world.github.tokens.issue(USUAL_PERMISSIONS).value, { baseUrl: world.urls.githubApi });
  const pull = githubPullRequest({
    octokit,
    owner,
    repo,
    number: opened.number,
    headSha: opened.headSha,
    baseSha: opened.baseSha,
    author: opened.author.login,
  });
  return {
    pull,
    comments: () =>
      world.github.state
        .commentsOf(opened.number)
        .map(({ body }) => body)
        .filter((body) => body.includes("portcullis:v1")),
  };
}

function onAzureRepos(): Subject {
  const { id, targetBranch } = world.azureDevOps.state.openPull({ base: BASE, changes: CHANGES });
  const { organisation, project, repositoryId } = world.azureDevOps.state;
  const place = {
    collectionUri: `${world.urls.azureDevOps}/${organisation}/`,
    project,
    repositoryId,
    accessToken: world.azureDevOps.job.token,
  };
  const pull = azureReposPullRequest({ place, id, targetBranch, isBlocking: () => true });
  const texts = () =>
    world.azureDevOps.state.threadsOf(id).flatMap(({ comments }) => comments.map(({ content }) => content ?? ""));
  return { pull, comments: () => texts().filter((text) => text.includes("portcullis:v1")) };
}

function inMemory(): Subject {
  const pull = fakePullRequest({ base: BASE });
  return { pull, comments: () => [...pull.comments].map(([key, body]) => markedComment(key, body)) };
}

describe.each([
  ["on GitHub", onGithub],
  ["in Azure Repos", onAzureRepos],
  ["in memory", inMemory],
])("a pull request %s", (_, create) => {
  it("has one comment for each key, however often it is written", async () => {
    const { pull, comments } = create();
    expect(await pull.hasComment("a", signal)).toBe(false);
    await pull.upsertComment("a", "first", signal);
    await pull.upsertComment("b", "other", signal);
    await pull.upsertComment("a", "second", signal);
    expect(await pull.hasComment("a", signal)).toBe(true);
    expect([...comments()].sort()).toEqual([markedComment("a", "second"), markedComment("b", "other")].sort());
  });

  it("reads files as they are on the base", async () => {
    const { pull } = create();
    expect(await pull.readBaseFile("portcullis.yml", signal)).toBe("failOn: high\n");
    expect(await pull.readBaseFile("new.txt", signal)).toBeNull();
  });

  it("takes a status", async () => {
    const { pull } = create();
    await expect(
      pull.setStatus({ key: "portcullis", state: "failed", description: "x".repeat(200) }, signal),
    ).resolves.toBeUndefined();
  });

  it("takes comments up to its own limit", async () => {
    const { pull, comments } = create();
    const body = "x".repeat(Math.min(pull.commentSpace.chars, 149_000));
    await pull.upsertComment("a", body, signal);
    expect(comments()).toEqual([markedComment("a", body)]);
  });
});

describe("a comment on GitHub", () => {
  it("is not mistaken for one that a person copied", async () => {
    const { pull, comments } = onGithub();
    const [opened] = world.github.state.pulls.values();
    world.github.state.seedComment({
      pull: opened?.number ?? 0,
      author: "mallory",
      body: `${commentMarker("a")}\nall is well`,
    });
    await pull.upsertComment("a", "blocked", signal);
    expect(comments()).toContain(markedComment("a", "blocked"));
    expect(comments()).toContain(`${commentMarker("a")}\nall is well`);
  });

  it("fails loudly when the token may not write", async () => {
    const { pull } = onGithub();
    world.faults.inject("github.createComment", failsWith(403), { times: 5 });
    await expect(pull.upsertComment("a", "text", signal)).rejects.toThrow("Resource not accessible");
  });
});

describe("reviews on GitHub", () => {
  it("count only for the head as it is, not by the author, and until they are withdrawn", async () => {
    const { pull } = onGithub();
    const { state } = world.github;
    const [opened] = state.pulls.values();
    const number = opened?.number ?? 0;
    state.seedReview({ pull: number, author: "old", state: "APPROVED", commitId: opened?.baseSha ?? "" });
    state.seedReview({ pull: number, author: opened?.author.login ?? "", state: "APPROVED" });
    state.seedReview({ pull: number, author: "fickle", state: "APPROVED" });
    state.seedReview({ pull: number, author: "fickle", state: "CHANGES_REQUESTED" });
    state.seedReview({ pull: number, author: "boss", state: "APPROVED" });
    state.seedReview({ pull: number, author: "boss", state: "COMMENTED" });
    expect(await pull.approvedBy(signal)).toEqual(["boss"]);
  });
});
