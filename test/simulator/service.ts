import type { FaultStatus } from "./faults.ts";
import type { JsonObject } from "./json.ts";

/** One request, parsed. */
export interface Call {
  /** `SERVER.NAME`. */
  readonly route: string;
  readonly method: string;
  /** Decoded path without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The `{name}` parts of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Parsed JSON or form; the text when it is neither; undefined when empty. */
  readonly body: unknown;
  /** The body was announced as JSON and is none. */
  readonly isMalformed: boolean;
  readonly bodyBytes: number;
  /** Scheme and authority under which the service was called, without a slash at the end. */
  readonly origin: string;
}

/** One response. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object or array is sent as JSON, a string as it is, undefined as an empty body. */
  readonly body?: unknown;
  /** Why the request was refused, for the journal. */
  readonly refusal?: string;
}

/** One thing a service can do. `{name}` in the path is one segment, `{+name}` one or more. */
export interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly answer: (call: Call) => Reply;
}

/** A simulated service: what it answers, independent of sockets. */
export interface Service {
  readonly name: string;
  readonly routes: readonly Route[];
  /** Whether paths match without regard to letter case. Default false. */
  readonly ignoreCase?: boolean;
  /** Runs before every route: sign-in, API version, request contract. A reply ends the call. */
  readonly admit?: (call: Call) => Reply | undefined;
  /** Runs after every route: common headers, response contract. */
  readonly complete?: (call: Call, reply: Reply) => Reply;
  /** The service's own way to fail with `status`. */
  readonly failure: (status: FaultStatus, call: Call) => Reply;
  /** The service's own way to say that a token is past its lifetime. */
  readonly expired: (call: Call) => Reply;
  /** Where secrets are expected in a request body: top-level members. Everywhere else they are leaks. */
  readonly secretMembers?: readonly string[];
}

/** The simulator broke its own contract. Answered 500 and recorded as a defect. */
export class Defect extends Error {
  override readonly name = "Defect";
}

/** Ends a call with a reply from within. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(reply.refusal ?? `refused with ${String(reply.status)}`);
    this.reply = reply;
  }
}

/** 200 with a JSON body. */
export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** `reply` with more headers. */
export function withHeaders(reply: Reply, headers: Readonly<Record<string, string>>): Reply {
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** The token of an `Authorization: Bearer` (or GitHub's `token`) header; undefined when there is none. */
export function bearerOf(call: Call): string | undefined {
  return /^(?:bearer|token) +(?<token>\S+)$/iu.exec(call.headers["authorization"] ?? "")?.groups?.["token"];
}

/** The token of an `Authorization` header, `Basic` with any user name included, as Azure DevOps accepts it. */
export function bearerOrBasicOf(call: Call): string | undefined {
  const encoded = /^basic +(?<encoded>\S+)$/iu.exec(call.headers["authorization"] ?? "")?.groups?.["encoded"];
  if (encoded === undefined) return bearerOf(call);
  return Buffer.from(encoded, "base64").toString("utf8").split(":").slice(1).join(":");
}

/** Members of a form or JSON body that are text. */
export function textMember(body: unknown, name: string): string | undefined {
  const members: JsonObject = typeof body === "object" && body !== null ? { ...body } : {};
  const value = members[name];
  return typeof value === "string" ? value : undefined;
}
