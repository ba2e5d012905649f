import { readFileSync } from "node:fs";
import { join } from "node:path";
import addFormats from "ajv-formats";
import { OpenAPIBackend, type Document } from "openapi-backend";
import { arrayOf, isObject, type JsonObject } from "../json.ts";
import { describeErrors } from "../schema.ts";
import type { Call, Reply } from "../service.ts";

/** Where an operation lives. */
interface OperationAddress {
  readonly path: string;
  readonly method: string;
  /** Statuses that the document declares. */
  readonly statuses: ReadonlySet<string>;
}

/** Media types that replace the JSON of the document by something else. */
const RAW = /\b(?:raw|diff|patch)\b/u;

/** GitHub's own OpenAPI document, in the pruned copy of `test/contract`. */
export class GitHubContract {
  static #loaded: Promise<GitHubContract> | undefined;
  readonly #backend: OpenAPIBackend;
  readonly #operations: ReadonlyMap<string, OperationAddress>;

  private constructor(backend: OpenAPIBackend, operations: ReadonlyMap<string, OperationAddress>) {
    this.#backend = backend;
    this.#operations = operations;
  }

  /** The document with its validators. They never change and are dear to compile, so a process does it once. */
  static load(): Promise<GitHubContract> {
    GitHubContract.#loaded ??= GitHubContract.#read();
    return GitHubContract.#loaded;
  }

  static async #read(): Promise<GitHubContract> {
    const text = readFileSync(join(import.meta.dirname, "../../contract/github-openapi.json"), "utf8");
    const definition = readable(JSON.parse(text));
    if (!isDocument(definition)) throw new Error("github-openapi.json is no OpenAPI document");
    const backend = new OpenAPIBackend({
      definition,
      quick: true,
      coerceTypes: true,
      ajvOpts: { strict: false, formats: { repo: true, timestamp: true } },
      customizeAjv: (ajv) => addFormats.default(ajv),
    });
    await backend.init();
    return new GitHubContract(backend, addressesOf(definition));
  }

  /** The operation's path, `{name}` for its parameters. @throws Error when the document has no such operation */
  addressOf(operationId: string): OperationAddress {
    const address = this.#operations.get(operationId);
    if (address === undefined) throw new Error(`the OpenAPI document has no operation ${operationId}`);
    return address;
  }

  /** What is wrong with a request, or undefined. */
  requestProblem(operationId: string, call: Call): string | undefined {
    const { path } = this.addressOf(operationId);
    const filled = path.replaceAll(/\{(?<name>\w+)\}/gu, (_match, name: string) =>
      encodeURIComponent(call.params[name] ?? ""),
    );
    const request = {
      method: call.method,
      path: filled,
      query: Object.fromEntries(call.query),
      headers: { ...call.headers, ...(call.body === undefined ? {} : { "content-type": "application/json" }) },
      body: call.body,
    };
    const result = this.#backend.validateRequest(request, operationId);
    return result.valid ? undefined : describeErrors(result.errors);
  }

  /** What is wrong with a response, or undefined. */
  responseProblem(operationId: string, call: Call, reply: Reply): string | undefined {
    const { statuses } = this.addressOf(operationId);
    const isBare = reply.status === 204 || reply.status === 304 || RAW.test(call.headers["accept"] ?? "");
    if (isBare && reply.status < 400) return undefined;
    if (statuses.has(String(reply.status))) {
      const result = this.#backend.validateResponse(reply.body, operationId, reply.status);
      return result.valid ? undefined : describeErrors(result.errors);
    }
    if (reply.status < 400) return `status ${String(reply.status)} is not declared`;
    const isBasicError = isObject(reply.body) && typeof reply.body["message"] === "string";
    return isBasicError ? undefined : "an undeclared error must be a basic error";
  }
}

/**
 * `value` in a form that ajv takes the way GitHub means it: where something is `nullable`, null becomes one of the values of
 * `enum` and one of the alternatives of `oneOf` and `anyOf`.
 */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (!isObject(value)) return value;
  const members = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, readable(item)]));
  if (members["nullable"] !== true) return members;
  if ("type" in members) return "enum" in members ? { ...members, enum: [...arrayOf(members["enum"]), null] } : members;
  const { nullable: _nullable, ...rest } = members;
  const alternatives = ["oneOf", "anyOf"].filter((name) => Array.isArray(rest[name]));
  return {
    ...rest,
    ...Object.fromEntries(alternatives.map((name) => [name, [...arrayOf(rest[name]), { enum: [null] }]])),
  };
}

function isDocument(value: unknown): value is Document {
  return isObject(value) && typeof value["openapi"] === "string" && isObject(value["paths"]);
}

function addressesOf(definition: unknown): ReadonlyMap<string, OperationAddress> {
  const paths = isObject(definition) ? definition["paths"] : undefined;
  const addresses = Object.entries(isObject(paths) ? paths : {}).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).map(([method, operation]) => toAddress(path, method, operation)),
  );
  return new Map(addresses);
}

function toAddress(path: string, method: string, operation: unknown): readonly [string, OperationAddress] {
  const fields: JsonObject = isObject(operation) ? operation : {};
  const statuses = new Set(Object.keys(isObject(fields["responses"]) ? fields["responses"] : {}));
  return [String(fields["operationId"]), { path, method: method.toUpperCase(), statuses }];
}
