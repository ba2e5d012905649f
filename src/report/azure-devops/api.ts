import { setTimeout as sleep } from "node:timers/promises";

/** Where a repository in Azure Repos is, and the token of the job. */
export interface AzureDevOpsPlace {
  /** `https://dev.azure.com/contoso/` */
  readonly collectionUri: string;
  readonly project: string;
  readonly repositoryId: string;
  readonly accessToken: string;
}

interface Call {
  readonly method: "GET" | "POST" | "PATCH";
  /** Below the repository, or below the collection, with its query. */
  readonly path: string;
  readonly level?: "collection";
  readonly body?: unknown;
  /** A 404 is an answer, not a failure. */
  readonly missing?: true;
}

const API_VERSION = "7.1";
const ATTEMPTS = 3;
const DEADLINE_MS = 30_000;
const RETRIED = new Set([408, 429, 500, 502, 503, 504]);

/** Longest wait that a `Retry-After` gets, in seconds: a comment is not worth more of a pipeline's time. */
const MAX_WAIT_SECONDS = 20;

/**
 * One call of the Azure Repos REST API. Tried again when the service asks for it.
 *
 * @returns the JSON of the answer; `null` for a 404 that was expected
 * @throws Error naming method, path and status when the service refuses
 * @see https://learn.microsoft.com/rest/api/azure/devops/git/
 */
export async function callAzureDevOps(place: AzureDevOpsPlace, call: Call, signal: AbortSignal): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const response = await send(place, call, AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]));
    if (response.status === 404 && call.missing === true) return null;
    const text = await response.text();
    if (response.ok && response.status !== 203) return text === "" ? null : (JSON.parse(text) as unknown);
    if (attempt === ATTEMPTS || !RETRIED.has(response.status)) throw refusal(call, response.status, text);
    await sleep(waitMs(response.headers.get("retry-after"), attempt), undefined, { signal });
  }
}

function send(place: AzureDevOpsPlace, call: Call, signal: AbortSignal): Promise<Response> {
  const { method, path, body, level } = call;
  const query = `${path.includes("?") ? "&" : "?"}api-version=${level === "collection" ? `${API_VERSION}-preview` : API_VERSION}`;
  return fetch(`${level === "collection" ? collectionOf(place) : repositoryOf(place)}${path}${query}`, {
    method,
    signal,
    redirect: "manual", // an expired token is answered with a sign-in page
    headers: {
      authorization: `Bearer ${place.accessToken}`,
      accept: "application/json",
      "x-tfs-fedauthredirect": "Suppress",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function collectionOf({ collectionUri }: AzureDevOpsPlace): string {
  return `${collectionUri.replace(/\/+$/, "")}/_apis`;
}

function repositoryOf({ collectionUri, project, repositoryId }: AzureDevOpsPlace): string {
  return `${collectionUri.replace(/\/+$/, "")}/${encodeURIComponent(project)}/_apis/git/repositories/${encodeURIComponent(repositoryId)}`;
}

function refusal({ method, path }: Call, status: number, text: string): Error {
  const message = /"message"\s*:\s*"(?<message>(?:[^"\\]|\\.)*)"/.exec(text)?.groups?.["message"];
  return new Error(`${method} ${path.split("?", 1)[0]}: HTTP ${status}${message === undefined ? "" : ` ${message}`}`);
}

function waitMs(retryAfter: string | null, attempt: number): number {
  const seconds = Number(retryAfter ?? Number.NaN);
  return Math.min(Number.isFinite(seconds) ? seconds : attempt, MAX_WAIT_SECONDS) * 1000;
}
