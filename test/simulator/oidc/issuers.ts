import { isSignedBy, type KeySet } from "../jwt.ts";

/** The issuers whose keys Entra can look up, by the exact text of `iss`. */
export class Issuers {
  readonly #keySets = new Map<string, () => KeySet>();

  /** Publishes the keys of `issuer`. */
  publish(issuer: string, keySet: () => KeySet): void {
    this.#keySets.set(issuer, keySet);
  }

  /** Whether `token` was signed by `issuer`. False for an issuer nobody knows. */
  hasSigned(issuer: string, token: string): boolean {
    const keySet = this.#keySets.get(issuer);
    return keySet !== undefined && isSignedBy(token, keySet());
  }
}
