import { createPublicKey, generateKeyPairSync, sign, verify, type JsonWebKey, type KeyObject } from "node:crypto";
import { isObject, parseJson, type JsonObject } from "./json.ts";

/** What a token says, with its header. Nothing is verified. */
export interface DecodedToken {
  readonly header: JsonObject;
  readonly claims: JsonObject;
}

/** A published key set. */
export interface KeySet {
  readonly keys: readonly JsonWebKey[];
}

/** An RSA key that signs tokens and publishes its public half. Made when it is first needed: most tests need none. */
export class TokenSigner {
  #keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } | undefined;
  readonly keyId: string;

  constructor(keyId: string) {
    this.keyId = keyId;
  }

  get #pair(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
    this.#keys ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
    return this.#keys;
  }

  /** `claims` as an RS256 JSON Web Token. */
  sign(claims: JsonObject): string {
    const header = { typ: "JWT", alg: "RS256", kid: this.keyId, x5t: this.keyId };
    const content = `${encode(header)}.${encode(claims)}`;
    return `${content}.${sign("RSA-SHA256", Buffer.from(content), this.#pair.privateKey).toString("base64url")}`;
  }

  keySet(): KeySet {
    return { keys: [{ ...this.#pair.publicKey.export({ format: "jwk" }), kid: this.keyId, use: "sig", alg: "RS256" }] };
  }
}

/** The parts of `token`, or undefined when it is no JSON Web Token. */
export function decodeToken(token: string): DecodedToken | undefined {
  const [head = "", body = "", , ...more] = token.split(".");
  const header = decodePart(head);
  const claims = decodePart(body);
  return isObject(header) && isObject(claims) && more.length === 0 ? { header, claims } : undefined;
}

/** Whether `token` was signed by a key of `keySet`. */
export function isSignedBy(token: string, keySet: KeySet): boolean {
  const decoded = decodeToken(token);
  const key = keySet.keys.find((candidate) => candidate["kid"] === decoded?.header["kid"]);
  if (key === undefined || decoded?.header["alg"] !== "RS256") return false;
  const end = token.lastIndexOf(".");
  const signature = Buffer.from(token.slice(end + 1), "base64url");
  return verify("RSA-SHA256", Buffer.from(token.slice(0, end)), createPublicKey({ key, format: "jwk" }), signature);
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decodePart(text: string): unknown {
  return parseJson(Buffer.from(text, "base64url").toString("utf8"));
}
