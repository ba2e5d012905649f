import type { JsonObject } from "./json.ts";

/** One request as a simulator saw it, with secrets masked. */
export interface JournalEntry {
  /** 1 for the first request of the world, in order of arrival. */
  readonly sequence: number;
  /** The simulator: `arm`, `entra`, `github`, `github-oidc`, `azure-devops`, `azure-devops-oidc`. */
  readonly server: string;
  /** `SERVER.NAME` of the route, or null when nothing matched: an unexpected request. */
  readonly route: string | null;
  readonly method: string;
  /** Decoded path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON or form; text when it is neither; undefined when empty. */
  readonly body: unknown;
  /** Null while no response was sent, and for connections that were stalled or reset. */
  readonly status: number | null;
  /** The error code or message with which the request was refused. */
  readonly refusal: string | null;
  /** The injected fault that hit the request. */
  readonly fault: string | null;
  /** What the simulator itself did wrong, such as a response that breaks the contract. Fails the test. */
  readonly defect: string | null;
  /** Labels of secrets found where they do not belong: in the address or in the body. */
  readonly leaks: readonly string[];
}

/** Which entries are meant. A string is a route (`arm.whatIf`) or a whole server (`arm`). */
export type JournalFilter =
  | string
  | {
      readonly server?: string;
      readonly route?: string;
      readonly method?: string;
      readonly path?: string | RegExp;
      readonly status?: number;
    };

/** A journal entry while its request is being answered. */
export type OpenEntry = { -readonly [Key in keyof JournalEntry]: JournalEntry[Key] };

/** Every request to any simulator of one world, in order of arrival. */
export class Journal {
  readonly #entries: OpenEntry[] = [];

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  /** Adds an entry whose outcome is filled in later. */
  open(request: Pick<JournalEntry, "server" | "route" | "method" | "path" | "query" | "headers" | "body">): OpenEntry {
    const sequence = this.#entries.length + 1;
    const entry: OpenEntry = {
      sequence,
      ...request,
      status: null,
      refusal: null,
      fault: null,
      defect: null,
      leaks: [],
    };
    this.#entries.push(entry);
    return entry;
  }

  /** The entries that match, in order. */
  where(filter: JournalFilter): readonly JournalEntry[] {
    return this.#entries.filter((entry) => matches(entry, filter));
  }

  count(filter: JournalFilter): number {
    return this.where(filter).length;
  }

  /** The newest entry that matches. @throws Error when there is none, listing what there was */
  last(filter: JournalFilter): JournalEntry {
    const entry = this.where(filter).at(-1);
    if (entry === undefined)
      throw new Error(`no request matches ${JSON.stringify(filter)}; requests:\n${this.print()}`);
    return entry;
  }

  /** Routes in order of arrival, for asserting a whole conversation. */
  routes(filter?: JournalFilter): readonly string[] {
    const entries = filter === undefined ? this.#entries : this.where(filter);
    return entries.map((entry) => entry.route ?? `unexpected ${entry.method} ${entry.path}`);
  }

  /** Requests that no route serves. They were answered 501. */
  unexpected(): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.route === null);
  }

  /** Requests on which a simulator broke its own contract. */
  defects(): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.defect !== null);
  }

  /** Requests that carried a secret where none belongs. */
  leaks(): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.leaks.length > 0);
  }

  /** @throws Error when a request was unexpected, leaked a secret, or when a simulator broke its contract */
  assertClean(): void {
    const wrong = this.#entries.filter(
      (entry) => entry.route === null || entry.defect !== null || entry.leaks.length > 0,
    );
    if (wrong.length > 0) throw new Error(`requests that must not happen:\n${wrong.map(printEntry).join("\n")}`);
  }

  clear(): void {
    this.#entries.length = 0;
  }

  /** One line a request. */
  print(): string {
    return this.#entries.map(printEntry).join("\n");
  }
}

function matches(entry: JournalEntry, filter: JournalFilter): boolean {
  if (typeof filter === "string") return entry.route === filter || entry.server === filter;
  const { path, ...exact } = filter;
  const isExact = Object.entries(exact).every(([key, value]) => value === undefined || fieldOf(entry, key) === value);
  if (!isExact || path === undefined) return isExact;
  return typeof path === "string" ? entry.path === path : path.test(entry.path);
}

function fieldOf(entry: JournalEntry, key: string): unknown {
  const fields: JsonObject = { ...entry };
  return fields[key];
}

function printEntry(entry: JournalEntry): string {
  const notes = [
    entry.fault === null ? "" : `fault ${entry.fault}`,
    entry.refusal ?? "",
    entry.route === null ? "unexpected" : "",
    entry.defect === null ? "" : `DEFECT ${entry.defect}`,
    entry.leaks.length === 0 ? "" : `LEAK ${entry.leaks.join(", ")}`,
  ].filter((note) => note !== "");
  const route = entry.route ?? entry.server;
  const status = entry.status ?? "no response";
  return `${String(entry.sequence)}. ${route} ${entry.method} ${entry.path} -> ${String(status)} ${notes.join("; ")}`.trimEnd();
}
