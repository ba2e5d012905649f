/** A status that a service may answer instead of doing its work. */
export type FaultStatus = 400 | 401 | 403 | 404 | 408 | 409 | 429 | 500 | 502 | 503 | 504;

/** Something that goes wrong with one request. */
export type Fault =
  | {
      readonly kind: "status";
      readonly status: FaultStatus;
      readonly retryAfterSeconds?: number;
      /** Replaces the service's own error body. */
      readonly body?: unknown;
    }
  /** What the service says about a token past its lifetime. */
  | { readonly kind: "expired-token" }
  /** The request is served, the response ends in the middle of its body. */
  | { readonly kind: "truncated" }
  /** No byte comes back. With `afterHeaders` the response starts and never ends. */
  | { readonly kind: "stalled"; readonly afterHeaders: boolean }
  /** The connection is reset. With `processed` the service has done its work before. */
  | { readonly kind: "reset"; readonly processed: boolean };

/** The service answers with `status`, in its own error format unless a body is given. */
export function failsWith(
  status: FaultStatus,
  options: { readonly retryAfterSeconds?: number; readonly body?: unknown } = {},
): Fault {
  return { kind: "status", status, ...options };
}

/** 429 with `Retry-After`. */
export function throttled(retryAfterSeconds: number): Fault {
  return { kind: "status", status: 429, retryAfterSeconds };
}

export function expiredToken(): Fault {
  return { kind: "expired-token" };
}

export function truncated(): Fault {
  return { kind: "truncated" };
}

export function stalled(options: { readonly afterHeaders?: boolean } = {}): Fault {
  return { kind: "stalled", afterHeaders: options.afterHeaders ?? false };
}

export function connectionReset(options: { readonly processed?: boolean } = {}): Fault {
  return { kind: "reset", processed: options.processed ?? false };
}

interface Programme {
  readonly route: string;
  readonly fault: Fault;
  skip: number;
  times: number;
}

interface Occurrence {
  /** Requests that pass before the fault begins. Default 0. */
  readonly after?: number;
  /** Requests that are hit. Default 1; `Infinity` for ever. */
  readonly times?: number;
}

/** Faults that a test has programmed, per route and occurrence. Afterwards a route behaves normally again. */
export class Faults {
  readonly #routes = new Set<string>();
  #programmes: Programme[] = [];

  /** Tells which routes exist, so that a misspelt one is an error. */
  announce(routes: readonly string[]): void {
    for (const route of routes) this.#routes.add(route);
  }

  /**
   * Programmes `fault` for `route` (`arm.whatIf`). Several programmes of one route act in the order in which they were made.
   *
   * @throws Error when no simulator has that route
   */
  inject(route: string, fault: Fault, occurrence: Occurrence = {}): void {
    if (!this.#routes.has(route)) {
      throw new Error(`no route ${route}; there are: ${[...this.#routes].toSorted().join(", ")}`);
    }
    this.#programmes.push({ route, fault, skip: occurrence.after ?? 0, times: occurrence.times ?? 1 });
  }

  /** The fault that hits the next request of `route`, used up by asking. */
  take(route: string): Fault | undefined {
    const programme = this.#programmes.find((candidate) => candidate.route === route);
    if (programme === undefined) return undefined;
    if (programme.skip > 0) {
      programme.skip -= 1;
      return undefined;
    }
    programme.times -= 1;
    if (programme.times <= 0) this.#programmes = this.#programmes.filter((other) => other !== programme);
    return programme.fault;
  }

  /** Routes with faults that have not struck yet; endless ones are left out. */
  pending(): readonly string[] {
    return this.#programmes.filter((programme) => Number.isFinite(programme.times)).map((programme) => programme.route);
  }

  clear(): void {
    this.#programmes = [];
  }
}

/** `fault` in a word or two, for the journal. */
export function describeFault(fault: Fault): string {
  return fault.kind === "status" ? String(fault.status) : fault.kind;
}
