import type { ServerResponse } from "node:http";
import { describeFault, type Fault } from "./faults.ts";
import type { OpenEntry } from "./journal.ts";
import { withHeaders, type Call, type Reply, type Service } from "./service.ts";

/** A request that a fault is about to hit. */
export interface Victim {
  readonly service: Service;
  readonly call: Call;
  readonly response: ServerResponse;
  readonly entry: OpenEntry;
  /** What the service would have answered; asking has the effects of the request. */
  readonly answer: () => Reply;
}

/** Sends `reply` and notes it in the journal. */
export function send(response: ServerResponse, reply: Reply, entry: OpenEntry): void {
  const payload = payloadOf(reply);
  entry.status = reply.status;
  entry.refusal = reply.refusal ?? null;
  response.writeHead(reply.status, headersOf(reply, payload)).end(payload);
}

/** Does `fault` to the request. */
export function inflict(fault: Fault, victim: Victim): void {
  const { service, call, response, entry } = victim;
  entry.fault = describeFault(fault);
  switch (fault.kind) {
    case "status":
      send(response, failureOf(fault, victim), entry);
      break;
    case "expired-token":
      send(response, service.expired(call), entry);
      break;
    case "truncated":
      sendHalf(response, victim.answer(), () => response.socket?.destroy());
      break;
    case "stalled":
      if (fault.afterHeaders) sendHalf(response, victim.answer(), () => undefined);
      break;
    case "reset":
      if (fault.processed) victim.answer();
      response.socket?.resetAndDestroy();
      break;
  }
}

function failureOf(fault: Fault & { readonly kind: "status" }, { service, call }: Victim): Reply {
  const own = service.failure(fault.status, call);
  const reply = fault.body === undefined ? own : { ...own, body: fault.body };
  const seconds = fault.retryAfterSeconds;
  return seconds === undefined ? reply : withHeaders(reply, { "retry-after": String(seconds) });
}

function payloadOf(reply: Reply): Buffer {
  if (reply.body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body), "utf8");
}

function headersOf(reply: Reply, payload: Buffer): Record<string, string> {
  const isText = reply.body === undefined || typeof reply.body === "string";
  const type: Record<string, string> = isText ? {} : { "content-type": "application/json; charset=utf-8" };
  const hasBody = reply.status !== 204 && reply.status !== 304;
  const length: Record<string, string> = hasBody ? { "content-length": String(payload.length) } : {};
  return { ...type, ...length, ...reply.headers };
}

/** Announces the whole body, sends half of it, then does `next` once that is on its way. */
function sendHalf(response: ServerResponse, reply: Reply, next: () => void): void {
  const payload = payloadOf(reply);
  response.writeHead(reply.status, headersOf(reply, payload));
  response.write(payload.subarray(0, Math.floor(payload.length / 2)), () => {
    setTimeout(next, 10);
  });
}
