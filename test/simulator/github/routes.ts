import type { Call, Reply } from "../service.ts";
import { notFound } from "./replies.ts";
import type { Renderer } from "./render.ts";
import type { GitHubState, Pull, User } from "./state.ts";
import type { Need } from "./tokens.ts";

/** One admitted request. */
export interface Visit {
  readonly call: Call;
  /** Whose token it is. */
  readonly actor: User;
  readonly state: GitHubState;
  readonly render: Renderer;
}

/** One operation of GitHub's OpenAPI document, and what it takes to use it. */
export interface GitHubRoute {
  readonly name: string;
  readonly operation: string;
  readonly needs: Need;
  readonly answer: (visit: Visit) => Reply;
}

/** A number out of the path. */
export function numberParam(visit: Visit, name: string): number {
  return Number(visit.call.params[name]);
}

/** The pull request that the path names. @throws Refusal 404 */
export function pullOf(visit: Visit, name = "pull_number"): Pull {
  const pull = visit.state.pulls.get(numberParam(visit, name));
  if (pull === undefined) throw notFound();
  return pull;
}
