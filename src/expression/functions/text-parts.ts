import { type ArmValue } from "../arm-value.ts";
import { residualCall } from "../residual.ts";
import { Sensitive, Unknown } from "../value.ts";
import { type Call, checkResultLength } from "./signature.ts";

/**
 * What texts, integers and booleans give when they are put together; unknown with what is known of it when one of them is unknown.
 *
 * @returns `undefined` when there is nothing to tell that the parts are texts: all of them are unknown, or one is something else
 */
export function concatTexts(call: Call, parts: readonly ArmValue[]): ArmValue | undefined {
  if (!parts.some((part) => part instanceof Unknown)) return knownText(call, parts);
  if (!parts.every((part) => part instanceof Unknown || textOf(part) !== undefined)) return undefined;
  if (!parts.some((part) => isText(part))) return undefined;
  return partlyKnown(call, parts);
}

/** The call as an unknown text of which the given pieces are known, in this order. */
export function partlyKnown(call: Call, pieces: readonly ArmValue[]): Unknown {
  return residualCall(call, call.args, { prefix: prefixOf(pieces), ...placeholderOf(pieces) });
}

/** How `concat` and `format` print a value; `undefined` for what is no text, integer or boolean. */
export function textOf(value: ArmValue): string | undefined {
  if (value instanceof Sensitive) return textOf(value.value);
  if (typeof value === "string") return value;
  if (typeof value === "bigint") return value.toString();
  return typeof value === "boolean" ? (value ? "True" : "False") : undefined;
}

function knownText(call: Call, parts: readonly ArmValue[]): string | undefined {
  const texts: string[] = [];
  let length = 0;
  for (const part of parts) {
    const text = textOf(part);
    if (text === undefined) return undefined;
    texts.push(text);
    length += text.length;
  }
  checkResultLength(call, length);
  return texts.join("");
}

function isText(part: ArmValue): boolean {
  return part instanceof Unknown ? part.prefix !== "" || part.placeholder !== null : true;
}

function prefixOf(pieces: readonly ArmValue[]): string {
  let prefix = "";
  for (const piece of pieces) {
    if (piece instanceof Unknown) return prefix + piece.prefix;
    if (piece instanceof Sensitive) return prefix;
    prefix += textOf(piece) ?? "";
  }
  return prefix;
}

/** Only when nothing but scope parts is missing, and nothing is a secret. */
function placeholderOf(pieces: readonly ArmValue[]): { readonly placeholder?: string } {
  let text = "";
  for (const piece of pieces) {
    const known = piece instanceof Unknown ? piece.placeholder : piece instanceof Sensitive ? null : textOf(piece);
    if (known === null || known === undefined) return {};
    text += known;
  }
  return { placeholder: text };
}
