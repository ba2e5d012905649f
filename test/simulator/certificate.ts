import { generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import * as der from "./der.ts";

/** A self-signed certificate with its key, both as PEM. */
export interface Certificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

const DAY_MS = 86_400_000;

/**
 * A certificate for `localhost` and `127.0.0.1` that is its own authority, valid for thirty days from yesterday. Made here
 * because Node can read X.509 but not write it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280
 */
export function selfSignedCertificate(nowMs: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = toBeSigned(publicKey, nowMs);
  const signature = sign("sha256", body, privateKey);
  const certificate = der.sequence(body, ecdsaWithSha256(), der.bitString(signature));
  return {
    certificatePem: toPem("CERTIFICATE", certificate),
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

function toBeSigned(publicKey: KeyObject, nowMs: number): Buffer {
  const name = der.sequence(der.set(der.sequence(der.objectId("2.5.4.3"), der.utf8("localhost"))));
  const validity = der.sequence(der.utcTime(nowMs - DAY_MS), der.utcTime(nowMs + 30 * DAY_MS));
  const versionThree = der.context(0, der.integer(Buffer.from([2])));
  const serial = der.integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)]));
  const keyInfo = publicKey.export({ type: "spki", format: "der" });
  return der.sequence(versionThree, serial, ecdsaWithSha256(), name, validity, name, keyInfo, extensions());
}

function ecdsaWithSha256(): Buffer {
  return der.sequence(der.objectId("1.2.840.10045.4.3.2"));
}

function extensions(): Buffer {
  const alternativeNames = der.sequence(
    der.tagged(0x82, Buffer.from("localhost", "latin1")),
    der.tagged(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const digitalSignatureAndCertSign = der.tagged(0x03, Buffer.from([0x02, 0x84]));
  return der.context(
    3,
    der.sequence(
      extension("2.5.29.19", der.sequence(der.boolean(true))),
      extension("2.5.29.15", digitalSignatureAndCertSign),
      extension("2.5.29.37", der.sequence(der.objectId("1.3.6.1.5.5.7.3.1"))),
      extension("2.5.29.17", alternativeNames),
    ),
  );
}

function extension(id: string, value: Buffer): Buffer {
  return der.sequence(der.objectId(id), der.octetString(value));
}

function toPem(label: string, content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/gu) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
