import type { IncomingMessage } from "node:http";
import { parseJson } from "./json.ts";
import type { Call } from "./service.ts";

interface Received {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly bytes: Buffer;
  /** The route that matched: its id and its still encoded parameters. */
  readonly route: { readonly id: string; readonly params: Readonly<Record<string, string>> };
}

/** The whole body, or undefined when the client went away before it was complete. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

/** What a service needs to know of a request. */
export function toCall({ request, url, bytes, route }: Received): Call {
  const headers = headersOf(request);
  const params = Object.entries(route.params).map(([name, value]) => [name, decode(value)]);
  return {
    route: route.id,
    method: request.method ?? "",
    path: decode(url.pathname),
    query: url.searchParams,
    headers,
    params: Object.fromEntries(params),
    ...parseBody(bytes.toString("utf8"), headers["content-type"] ?? ""),
    bodyBytes: bytes.length,
    origin: url.origin,
  };
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

function parseBody(text: string, contentType: string): Pick<Call, "body" | "isMalformed"> {
  if (text === "") return { body: undefined, isMalformed: false };
  if (contentType.startsWith("application/x-www-form-urlencoded")) {
    return { body: Object.fromEntries(new URLSearchParams(text)), isMalformed: false };
  }
  const json = parseJson(text);
  return { body: json ?? text, isMalformed: json === undefined && contentType.includes("json") };
}

/** Percent-decoding that leaves malformed text alone. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
