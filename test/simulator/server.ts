import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { Certificate } from "./certificate.ts";
import type { Faults } from "./faults.ts";
import type { Journal, OpenEntry } from "./journal.ts";
import { isObject, objectOf, parseJson } from "./json.ts";
import type { Secrets } from "./secrets.ts";
import { inflict, send } from "./respond.ts";
import { readBody, toCall } from "./request.ts";
import { Defect, Refusal, type Call, type Reply, type Route, type Service } from "./service.ts";

/** A service that listens. */
export interface RunningServer {
  /** Scheme, host (the number, so that no name is looked up) and port, without a slash at the end. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What all servers of one world share. */
interface Surroundings {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly secrets: Secrets;
}

interface Listening {
  readonly service: Service;
  readonly surroundings: Surroundings;
  /** Set: the service speaks TLS. */
  readonly certificate?: Certificate;
}

interface CompiledRoute {
  readonly id: string;
  readonly route: Route;
  readonly pattern: RegExp;
}

const RECORDED_HEADERS = [
  "accept",
  "authorization",
  "content-type",
  "if-none-match",
  "user-agent",
  "x-github-api-version",
  "x-ms-client-request-id",
  "x-tfs-fedauthredirect",
];

/** Starts `service` on a free port of the loopback interface. */
export async function listen(options: Listening): Promise<RunningServer> {
  const { service, surroundings, certificate } = options;
  const routes = service.routes.map((route) => compile(service, route));
  surroundings.faults.announce(routes.map(({ id }) => id));
  const answer: RequestListener = (request, response) => {
    void serve({ service, surroundings, routes }, request, response);
  };
  const server =
    certificate === undefined
      ? createHttpServer(answer)
      : createHttpsServer({ cert: certificate.certificatePem, key: certificate.keyPem }, answer);
  const port = await start(server);
  const scheme = certificate === undefined ? "http" : "https";
  return { url: `${scheme}://127.0.0.1:${String(port)}`, close: () => stop(server) };
}

function start(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
}

/** Also ends connections that a fault has left hanging. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function compile(service: Service, route: Route): CompiledRoute {
  const source = route.path
    .split(/(?<part>\{\+?\w+\})/u)
    .map((part) => {
      const name = /^\{(?<plus>\+?)(?<name>\w+)\}$/u.exec(part)?.groups;
      if (name === undefined) return part.replaceAll(/[.*+?^$()|[\]\\]/gu, String.raw`\$&`);
      return `(?<${name["name"] ?? ""}>${name["plus"] === "+" ? ".+" : "[^/]+"})`;
    })
    .join("");
  return {
    id: `${service.name}.${route.name}`,
    route,
    pattern: new RegExp(`^${source}/?$`, service.ignoreCase === true ? "iu" : "u"),
  };
}

interface Serving {
  readonly service: Service;
  readonly surroundings: Surroundings;
  readonly routes: readonly CompiledRoute[];
}

async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = await readBody(request);
  if (bytes === undefined) return;
  const { service, surroundings, routes } = serving;
  const scheme = "encrypted" in request.socket ? "https" : "http";
  const url = new URL(request.url ?? "/", `${scheme}://${request.headers.host ?? "localhost"}`);
  const match = routes.find(({ route, pattern }) => route.method === request.method && pattern.test(url.pathname));
  const params = match?.pattern.exec(url.pathname)?.groups ?? {};
  const call = toCall({ request, url, bytes, route: { id: match?.id ?? "", params } });
  const entry = record(serving, call);
  if (match === undefined) {
    send(response, unexpected(call), entry);
    return;
  }
  const answer = (): Reply => answerCall(service, match.route, { call, entry });
  const fault = surroundings.faults.take(match.id);
  if (fault === undefined) send(response, answer(), entry);
  else inflict(fault, { service, call, response, entry, answer });
}

function unexpected(call: Call): Reply {
  const message = `no route for ${call.method} ${call.path}`;
  return { status: 501, body: { error: { code: "Unexpected", message } }, refusal: message };
}

function record({ service, surroundings }: Serving, call: Call): OpenEntry {
  const { secrets, journal } = surroundings;
  const headers = RECORDED_HEADERS.filter((name) => call.headers[name] !== undefined).map((name) => [
    name,
    name === "authorization" ? maskCredential(call.headers[name] ?? "") : secrets.mask(call.headers[name] ?? ""),
  ]);
  const query = Object.fromEntries([...call.query].map(([name, value]) => [name, secrets.mask(value)]));
  const entry = journal.open({
    server: service.name,
    route: call.route === "" ? null : call.route,
    method: call.method,
    path: secrets.mask(call.path),
    query,
    headers: Object.fromEntries(headers),
    body: maskBody(call.body, service, secrets),
  });
  const own = new Set(service.secretMembers);
  const body = isObject(call.body) ? Object.entries(call.body).filter(([name]) => !own.has(name)) : call.body;
  entry.leaks = secrets.findIn(`${call.path}?${call.query.toString()} ${JSON.stringify(body) ?? ""}`);
  return entry;
}

function maskCredential(header: string): string {
  return header.replace(/ .*$/u, " «secret»");
}

function maskBody(body: unknown, service: Service, secrets: Secrets): unknown {
  if (body === undefined) return undefined;
  if (typeof body === "string") return secrets.mask(body);
  const masked = parseJson(secrets.mask(JSON.stringify(body)));
  const own = (service.secretMembers ?? []).filter((name) => name in objectOf(masked));
  return own.length === 0
    ? masked
    : { ...objectOf(masked), ...Object.fromEntries(own.map((name) => [name, "«secret»"])) };
}

interface Answering {
  readonly call: Call;
  readonly entry: OpenEntry;
}

function answerCall(service: Service, route: Route, { call, entry }: Answering): Reply {
  try {
    const reply = refusable(() => service.admit?.(call) ?? route.answer(call));
    return service.complete?.(call, reply) ?? reply;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const trace = error instanceof Error ? error.stack : undefined;
    entry.defect = error instanceof Defect ? message : (trace ?? message);
    const body = { error: { code: "SimulatorDefect", message } };
    return { status: 500, headers: { "x-simulator-defect": "true" }, body };
  }
}

function refusable(answer: () => Reply): Reply {
  try {
    return answer();
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}
