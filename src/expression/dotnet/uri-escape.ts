import { Buffer } from "node:buffer";

/*
 * Percent escapes as System.Uri and System.Web.HttpUtility handle them.
 */

const UNRESERVED = /[A-Za-z0-9\-._~]/;
/** What stays escaped, and what is never escaped: it could mean something else. */
const RESERVED = ";/:@?&=+$,#[]!'()*%\\";

/** `text` with every character escaped but letters, digits and `-._~` (`Uri.EscapeDataString`). */
export function escapeData(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9\-._~]+/g, escapeBytes);
}

/**
 * `text` with `+` as space and all escapes undone; what is no escape stays (`HttpUtility.UrlDecode`).
 *
 * @param withUnits also `%uXXXX`
 * @see https://learn.microsoft.com/dotnet/api/system.web.httputility.urldecode
 */
export function urlDecode(text: string, withUnits = true): string {
  const escapes = withUnits ? /%u[0-9A-Fa-f]{4}|(?:%[0-9A-Fa-f]{2})+/g : /(?:%[0-9A-Fa-f]{2})+/g;
  return text.replaceAll("+", " ").replaceAll(escapes, (match) => {
    return match.startsWith("%u") ? String.fromCharCode(Number.parseInt(match.slice(2), 16)) : decodeBytes(match);
  });
}

/** `text` with those escapes undone that mean nothing special, and a `%` that escapes nothing escaped itself. */
export function displayForm(text: string): string {
  return text.replaceAll(/%(?![0-9A-Fa-f]{2})/g, "%25").replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, unescapeRun);
}

/** `text` with everything escaped that an address may not hold; escapes that are there stay. */
export function escapeForm(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9\-._~;/:@?&=+$,#[\]!'()*%]+/g, escapeBytes);
}

function escapeBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("hex").toUpperCase().replaceAll(/../g, "%$&");
}

function decodeBytes(run: string): string {
  return Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8");
}

function unescapeRun(run: string): string {
  const characters: string[] = [];
  for (let at = 0; at < run.length;) {
    const length = sequenceLength(run, at);
    const escapes = run.slice(at, at + length * 3);
    characters.push(length > 1 ? decodeBytes(escapes) : unescapeOne(escapes));
    at += length * 3;
  }
  return characters.join("");
}

/** How many escapes make up one character; 1 for ASCII and for what is no proper UTF-8. */
function sequenceLength(run: string, at: number): number {
  const first = Number.parseInt(run.slice(at + 1, at + 3), 16);
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  const escapes = run.slice(at, at + length * 3);
  return escapes.length === length * 3 && !decodeBytes(escapes).includes("\ufffd") ? length : 1;
}

function unescapeOne(escape: string): string {
  const code = Number.parseInt(escape.slice(1), 16);
  const character = String.fromCharCode(code);
  if (UNRESERVED.test(character)) return character;
  return code <= 0x20
    ? code === 0x20
      ? " "
      : escape
    : code >= 0x7f || RESERVED.includes(character)
      ? escape
      : character;
}
