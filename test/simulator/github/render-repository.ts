import type { JsonObject } from "../json.ts";
import { nodeId } from "./node-id.ts";
import type { GitHubState, User } from "./state.ts";

interface Addresses {
  readonly api: string;
  readonly web: string;
  readonly user: (user: User) => JsonObject;
}

const REPOSITORY_LINKS = [
  "archive",
  "assignees",
  "blobs",
  "branches",
  "collaborators",
  "comments",
  "commits",
  "compare",
  "contents",
  "contributors",
  "deployments",
  "downloads",
  "events",
  "forks",
  "git_commits",
  "git_refs",
  "git_tags",
  "hooks",
  "issue_comment",
  "issue_events",
  "issues",
  "keys",
  "labels",
  "languages",
  "merges",
  "milestones",
  "notifications",
  "pulls",
  "releases",
  "stargazers",
  "statuses",
  "subscribers",
  "subscription",
  "tags",
  "teams",
  "trees",
];

const REPOSITORY_COUNTS = [
  "forks_count",
  "stargazers_count",
  "watchers_count",
  "size",
  "open_issues_count",
  "forks",
  "open_issues",
  "watchers",
  "network_count",
  "subscribers_count",
];

const REPOSITORY_SWITCHES = [
  "has_issues",
  "has_projects",
  "has_wiki",
  "has_pages",
  "has_downloads",
  "has_discussions",
  "archived",
  "disabled",
];

/** The repository of `state`, or a fork of it by that name, as GitHub shows it. */
export function renderRepository(state: GitHubState, fullName: string, { api, web, user }: Addresses): JsonObject {
  const [owner = "", name = ""] = fullName.split("/");
  const isFork = fullName !== state.repository;
  const url = `${api}/repos/${fullName}`;
  const id = isFork ? state.repositoryId + 1 : state.repositoryId;
  const html = `${web}/${fullName}`;
  return {
    id,
    node_id: nodeId("Repository", id),
    name,
    full_name: fullName,
    private: state.isPrivate && !isFork,
    owner: user({ login: owner, id: state.ownerId, type: isFork ? "User" : "Organization" }),
    html_url: html,
    description: null,
    fork: isFork,
    url,
    ...Object.fromEntries(REPOSITORY_LINKS.map((link) => [`${link}_url`, `${url}/${link.replaceAll("_", "/")}`])),
    clone_url: `${html}.git`,
    git_url: `git://github.example/${fullName}.git`,
    ssh_url: `git@github.example:${fullName}.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: state.defaultBranch,
    ...Object.fromEntries(REPOSITORY_COUNTS.map((count) => [count, 0])),
    ...Object.fromEntries(REPOSITORY_SWITCHES.map((flag) => [flag, false])),
    visibility: state.isPrivate && !isFork ? "private" : "public",
    topics: [],
    created_at: "2026-01-01T00:00:00Z",
    updated_at: "2026-01-01T00:00:00Z",
    pushed_at: "2026-01-01T00:00:00Z",
  };
}
