import type { JsonObject } from "../json.ts";
import { Refusal, type Call, type Reply } from "../service.ts";

const DOCUMENTATION = "https://docs.github.com/rest";

/** One entry of GitHub's `errors`. */
export interface FieldError {
  readonly resource: string;
  readonly field: string;
  readonly code: string;
  readonly message?: string;
}

/** GitHub's error body. */
export function errorReply(status: number, message: string, extra: JsonObject = {}): Reply {
  const body = { message, ...extra, documentation_url: DOCUMENTATION, status: String(status) };
  return { status, body, refusal: [message, ...describe(extra["errors"])].join(": ") };
}

/** 422 with the fields that are wrong. */
export function invalid(errors: readonly FieldError[]): Refusal {
  return new Refusal(errorReply(422, "Validation Failed", { errors }));
}

/** 422 as batches of review comments get it: sentences, without naming the comment at fault. */
export function unprocessable(...errors: readonly string[]): Refusal {
  return new Refusal(errorReply(422, "Unprocessable Entity", { errors }));
}

/** 404. */
export function notFound(): Refusal {
  return new Refusal(errorReply(404, "Not Found"));
}

/** One page of `items`, with links to the others as GitHub sends them. */
export function paged(
  call: Call,
  items: readonly unknown[],
  wrap: (page: readonly unknown[]) => unknown = asIs,
): Reply {
  const size = Math.min(Math.max(Number(call.query.get("per_page") ?? 30), 1), 100);
  const number = Math.max(Number(call.query.get("page") ?? 1), 1);
  const last = Math.max(Math.ceil(items.length / size), 1);
  const page = items.slice((number - 1) * size, number * size);
  const targets: readonly (readonly [string, number, boolean])[] = [
    ["prev", number - 1, number > 1],
    ["next", number + 1, number < last],
    ["last", last, number < last],
    ["first", 1, number > 1],
  ];
  const links = targets
    .filter(([, , isShown]) => isShown)
    .map(([name, target]) => `<${addressOf(call, target)}>; rel="${name}"`);
  const reply: Reply = { status: 200, body: wrap(page) };
  return links.length === 0 ? reply : { ...reply, headers: { link: links.join(", ") } };
}

function asIs(page: readonly unknown[]): unknown {
  return page;
}

function addressOf(call: Call, page: number): string {
  const query = new URLSearchParams(call.query);
  query.set("page", String(page));
  return `${call.origin}${call.path}?${query.toString()}`;
}

function describe(errors: unknown): readonly string[] {
  if (!Array.isArray(errors)) return [];
  return [errors.map((error: unknown) => (typeof error === "string" ? error : JSON.stringify(error))).join("; ")];
}

/** GitHub's limit for comments: characters, and bytes of UTF-8. */
const MAX_CHARACTERS = 65_536;
const MAX_BYTES = 262_144;

/** @throws Refusal when `body` is blank or too long for a comment of kind `resource` */
export function checkBody(resource: string, body: string): void {
  if (body.trim() === "") throw invalid([{ resource, field: "body", code: "custom", message: "body cannot be blank" }]);
  const characters = Array.from(body).length;
  if (characters <= MAX_CHARACTERS && Buffer.byteLength(body, "utf8") <= MAX_BYTES) return;
  const message = `body is too long (maximum is ${String(MAX_CHARACTERS)} characters)`;
  throw invalid([{ resource, field: "body", code: "unprocessable", message }]);
}
