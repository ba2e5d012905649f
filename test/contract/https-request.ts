import { request as httpsRequest } from "node:https";
import type { World } from "../simulator/index.ts";

/** A response without the help of an SDK. */
export interface PlainResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

interface PlainRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
}

/** One HTTPS request that trusts the world's certificate. */
export function httpsCall(world: World, url: string, options: PlainRequest = {}): Promise<PlainResponse> {
  const { method = "GET", headers = {}, body } = options;
  const payload = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = httpsRequest(url, { method, headers, ca: world.certificate.pem }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        const parsed: unknown = text.startsWith("{") ? JSON.parse(text) : text;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed });
      });
    });
    request.on("error", reject);
    request.end(payload);
  });
}
