import { blobSha } from "../git/repository.ts";
import type { JsonObject } from "../json.ts";
import { ok, type Call, type Reply, type Route } from "../service.ts";
import { badRequest, refusal } from "./replies.ts";
import type { AzureDevOpsState } from "./state.ts";

/**
 * Files at a version.
 *
 * @see https://learn.microsoft.com/rest/api/azure/devops/git/items/get
 */
export class Items {
  readonly #state: AzureDevOpsState;

  constructor(state: AzureDevOpsState) {
    this.#state = state;
  }

  routes(repository: string): readonly Route[] {
    return [{ name: "getItem", method: "GET", path: `${repository}/items`, answer: (call) => this.#get(call) }];
  }

  #get(call: Call): Reply {
    const commit = this.#commitOf(call);
    const scopePath = call.query.get("scopePath");
    if (scopePath !== null) return this.#list(call, commit, scopePath);
    const path = (call.query.get("path") ?? "").replace(/^\//u, "");
    const text = this.#state.git.files(commit)[path];
    if (text === undefined) throw this.#notFound(`/${path}`, commit);
    const accept = call.headers["accept"] ?? "";
    if (!accept.includes("json") && call.query.get("$format") !== "json") {
      return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: text };
    }
    const hasContent = call.query.get("includeContent") === "true";
    return ok({ ...blob(path, text, commit), ...(hasContent ? { content: text } : {}) });
  }

  /** With `recursionLevel=Full` everything below; without it the entry itself. */
  #list(call: Call, commit: string, scopePath: string): Reply {
    const prefix = scopePath.replaceAll(/^\/|\/$/gu, "");
    const files = Object.entries(this.#state.git.files(commit));
    const below = files.filter(([path]) => prefix === "" || path === prefix || path.startsWith(`${prefix}/`));
    if (below.length === 0) throw this.#notFound(scopePath, commit);
    const isFull = (call.query.get("recursionLevel") ?? "none").toLowerCase() === "full";
    const folder = {
      objectId: blobSha(prefix),
      gitObjectType: "tree",
      commitId: commit,
      path: `/${prefix}`,
      isFolder: true,
    };
    const value = [folder, ...(isFull ? below.map(([path, text]) => blob(path, text, commit)) : [])];
    return ok({ count: value.length, value });
  }

  #commitOf(call: Call): string {
    const get = (name: string): string | null => call.query.get(`versionDescriptor.${name}`) ?? call.query.get(name);
    const version = get("version") ?? this.#state.defaultBranch;
    const type = (get("versionType") ?? "branch").toLowerCase();
    const commit = this.#state.git.resolve(type === "branch" ? `refs/heads/${version}` : version);
    if (commit !== undefined && (type !== "commit" || commit === version)) return commit;
    throw badRequest(
      `TF401175: The version descriptor <${type}: ${version}> could not be resolved to a version in the repository ${this.#state.repositoryName}`,
    );
  }

  #notFound(path: string, commit: string): ReturnType<typeof refusal> {
    const message = `TF401174: The item '${path}' could not be found in the repository '${this.#state.repositoryName}' at the version specified by '<Commit: ${commit} >'.`;
    return refusal(404, "GitItemNotFoundException", message);
  }
}

function blob(path: string, text: string, commitId: string): JsonObject {
  return { objectId: blobSha(text), gitObjectType: "blob", commitId, path: `/${path}` };
}
