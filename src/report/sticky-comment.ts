import { sha256 } from "../lib/sha256.ts";

/**
 * The hidden first line by which a later run finds its own comment again. It names tool, schema and a hash of the key, so two jobs on one pull
 * request do not fight, and nothing of the key reaches the page.
 */
export function commentMarker(key: string): string {
  return `<!-- portcullis:v1:${sha256(key).slice(0, 20)} -->`;
}

/** A comment's text with its marker. */
export function markedComment(key: string, body: string): string {
  return `${commentMarker(key)}\n${body}`;
}

/** Whether a comment's text is one that this key wrote. Whose comment it is the platform must say: anybody can copy a marker. */
export function isMarkedWith(key: string, body: string): boolean {
  return body.startsWith(commentMarker(key));
}
