/** What a principal may do, and where. `*` stands for any characters. */
export interface Grant {
  readonly actions: readonly string[];
  readonly notActions?: readonly string[];
  /** Id of the scope; everything below it is included. Default: everywhere. */
  readonly scope?: string;
}

/** The actions that a role for previews on pull requests has: read, what-if and validate. */
export const PREVIEW_ACTIONS = [
  "*/read",
  "Microsoft.Resources/deployments/whatIf/action",
  "Microsoft.Resources/deployments/validate/action",
] as const;

/** Role assignments. A principal without an own list may do everything. */
export class Access {
  readonly #grants = new Map<string, readonly Grant[]>();

  /** Replaces what `clientId` may do. */
  grant(clientId: string, grants: readonly Grant[]): void {
    this.#grants.set(clientId, grants);
  }

  allows(clientId: string, action: string, scopeId: string): boolean {
    const grants = this.#grants.get(clientId);
    return grants === undefined || grants.some((grant) => covers(grant, action, scopeId));
  }
}

function covers(grant: Grant, action: string, scopeId: string): boolean {
  const own = (grant.scope ?? "").toLowerCase().replace(/\/$/u, "");
  const wanted = scopeId.toLowerCase();
  if (wanted !== own && !wanted.startsWith(`${own}/`)) return false;
  return (
    grant.actions.some((pattern) => matches(pattern, action)) &&
    !(grant.notActions ?? []).some((pattern) => matches(pattern, action))
  );
}

function matches(pattern: string, action: string): boolean {
  const source = pattern.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll("*", ".*");
  return new RegExp(`^${source}$`, "iu").test(action);
}
