import type { Secrets } from "../secrets.ts";
import { ACTIONS_BOT, type User } from "./state.ts";

/** Keys of a workflow's `permissions:`. */
type Permission =
  | "actions"
  | "attestations"
  | "checks"
  | "contents"
  | "deployments"
  | "id-token"
  | "issues"
  | "pull-requests"
  | "security-events"
  | "statuses";

/** A workflow's `permissions:`. What is left out is `none`. */
export type Permissions = Readonly<Partial<Record<Permission, "read" | "write">>>;

/** What the README's workflow asks for. */
export const USUAL_PERMISSIONS: Permissions = {
  contents: "read",
  "id-token": "write",
  "pull-requests": "write",
  checks: "write",
  statuses: "write",
  "security-events": "write",
};

/** What every permission comes down to for a pull request from a fork. */
export const FORK_PERMISSIONS: Permissions = { contents: "read", issues: "read", "pull-requests": "read" };

/** A token with what it may do. */
export interface Token {
  readonly value: string;
  readonly actor: User;
  readonly permissions: Permissions;
  isExpired: boolean;
}

/** A need of a route: one of the alternatives suffices. */
export type Need = readonly (readonly [Permission, "read" | "write"])[];

/** The tokens that GitHub has issued. */
export class Tokens {
  readonly #secrets: Secrets;
  readonly #tokens = new Map<string, Token>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** Issues a token. The actor is `github-actions[bot]` by default. */
  issue(permissions: Permissions, actor: User = ACTIONS_BOT): Token {
    const value = this.#secrets.add(
      `ghs_SimulatedToken${String(this.#tokens.size + 1).padStart(18, "0")}`,
      "GitHub token",
    );
    const token: Token = { value, actor, permissions, isExpired: false };
    this.#tokens.set(value, token);
    return token;
  }

  /** The live token with that value. */
  find(value: string): Token | undefined {
    const token = this.#tokens.get(value);
    return token?.isExpired === true ? undefined : token;
  }
}

/** Whether `token` has one of the alternatives of `need`. */
export function satisfies(token: Token, need: Need): boolean {
  return (
    need.length === 0 ||
    need.some(([key, level]) => token.permissions[key] === "write" || token.permissions[key] === level)
  );
}

/** `need` as the header `X-Accepted-GitHub-Permissions` has it. */
export function printNeed(need: Need): string {
  return need.map(([key, level]) => `${key.replaceAll("-", "_")}=${level}`).join("; ");
}
