import type { ArmValue } from "./arm-value.ts";
import type { CallNode, ExpressionNode } from "./ast.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { parseExpression } from "./parser.ts";
import { composed, printNode, printValue } from "./print.ts";
import { Sensitive, Unknown } from "./value.ts";

/** A text that may have to wait for the deployment. */
export type OpenText = string | Unknown;

const MAX_LENGTH = DEFAULT_LIMITS.residualLength;

/** The parts one after another; unknown when one of them is, with as much as can be said of the whole. */
export function joinTexts(parts: readonly OpenText[]): OpenText {
  const merged = merge(parts);
  const [first = ""] = merged;
  const unknown = merged.find((part) => part instanceof Unknown);
  if (unknown === undefined) return typeof first === "string" ? first : "";
  if (merged.length === 1) return unknown;
  const texts = merged.map((part) => printValue(part, MAX_LENGTH));
  const expression = composed(texts, MAX_LENGTH, (present) => `concat(${present.join(", ")})`);
  const placeholders = merged.map((part) => (part instanceof Unknown ? part.placeholder : part));
  return new Unknown(unknown.reason, expression, {
    sensitive: merged.some((part) => part instanceof Unknown && part.sensitive),
    prefix: typeof first === "string" ? first : first.prefix,
    ...(placeholders.includes(null) ? {} : { placeholder: placeholders.join("") }),
  });
}

/** A value as a text: integers as they are printed, a secret as what only its expression says. `undefined` for what is no text. */
export function toOpenText(value: ArmValue | undefined): OpenText | undefined {
  if (value instanceof Unknown || typeof value === "string") return value;
  if (value instanceof Sensitive) return new Unknown("parameter", value.expression, true);
  return typeof value === "bigint" ? value.toString() : undefined;
}

function merge(parts: readonly OpenText[]): readonly OpenText[] {
  const merged: OpenText[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else if (part !== "") merged.push(part);
  }
  return merged;
}

/**
 * A text that two ids or names share exactly when they name the same resource, as far as can be told: letter case does not count, and
 * what is not known is the same when the same expression gives it. `null` when nothing can be said.
 */
export function joinKeyOf(text: OpenText): string | null {
  if (typeof text === "string") return text.toLowerCase();
  let key = "";
  for (const part of partsOf(text)) {
    if (part instanceof Unknown && part.expression === null) return null;
    key += part instanceof Unknown ? keyOfUnknown(part.expression ?? "") : part;
  }
  return key.toLowerCase();
}

/** Scope parts that were not given, as ids print them. */
const PLACEHOLDERS: ReadonlyMap<string, string> = new Map([
  ["subscription().subscriptionId", "{subscription}"],
  ["resourceGroup().name", "{resourceGroup}"],
  ["managementGroup().name", "{managementGroup}"],
  ["tenant().tenantId", "{tenant}"],
]);

function keyOfUnknown(expression: string): string {
  return PLACEHOLDERS.get(expression) ?? `{${expression.replaceAll("/", "|")}}`;
}

/**
 * What is known of an unknown text, and what is not, one after another: `concat('a', newGuid())` is `a` and the unknown `newGuid()`.
 * Resource ids fall into the parts of their path.
 */
export function partsOf(text: OpenText): readonly OpenText[] {
  if (typeof text === "string") return [text];
  const parsed = text.expression === null ? null : parseExpression(text.expression);
  if (parsed?.kind !== "expression") return [text];
  const parts = merge(partsOfNode(parsed.node, text));
  return parts.length === 0 ? [text] : parts;
}

/** The first argument of the first call of a function within an expression; `null` when there is none. `key` in upper case. */
export function firstArgumentOf(key: string, expression: string): OpenText | null {
  const parsed = parseExpression(expression);
  const call = parsed.kind === "expression" ? findCall(parsed.node, key) : undefined;
  const argument = call?.args[0];
  if (argument === undefined) return null;
  return argument.kind === "text" ? argument.value : new Unknown("runtime-function", printNode(argument));
}

function findCall(node: ExpressionNode, key: string): CallNode | undefined {
  if (node.kind === "member") return findCall(node.target, key);
  if (node.kind === "index") return findCall(node.target, key) ?? findCall(node.index, key);
  if (node.kind !== "call") return undefined;
  if (node.key === key) return node;
  for (const arg of node.args) {
    const found = findCall(arg, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

function partsOfNode(node: ExpressionNode, whole: Unknown): readonly OpenText[] {
  if (node.kind === "text") return [node.value];
  if (node.kind === "integer") return [node.value.toString()];
  const known = node.kind === "call" ? PARTS[node.key]?.(node, whole) : undefined;
  return known ?? [new Unknown(whole.reason, printNode(node), whole.sensitive)];
}

type PartsOfCall = (node: CallNode, whole: Unknown) => readonly OpenText[] | undefined;

const PARTS: Readonly<Record<string, PartsOfCall>> = {
  CONCAT: ({ args }, whole) => args.flatMap((arg) => partsOfNode(arg, whole)),
  FORMAT: partsOfFormat,
  RESOURCEID: idParts((scopes) =>
    scopes.length === 2 ? ["/subscriptions/", ...at(scopes, 0), "/resourceGroups/", ...at(scopes, 1)] : undefined,
  ),
  SUBSCRIPTIONRESOURCEID: idParts((scopes) =>
    scopes.length === 1 ? ["/subscriptions/", ...at(scopes, 0)] : undefined,
  ),
  TENANTRESOURCEID: idParts((scopes) => (scopes.length === 0 ? [] : undefined)),
  EXTENSIONRESOURCEID: idParts((scopes) => (scopes.length === 1 ? at(scopes, 0) : undefined)),
};

function at(lists: readonly (readonly OpenText[])[], index: number): readonly OpenText[] {
  return lists[index] ?? [];
}

/** Only plain holes: what a format does to a value is not known. */
function partsOfFormat({ args }: CallNode, whole: Unknown): readonly OpenText[] | undefined {
  const [pattern, ...values] = args;
  if (pattern?.kind !== "text" || /\{\{|\}\}|\{\d+[^}\d]/.test(pattern.value)) return undefined;
  return pattern.value.split(/\{(\d+)\}/).flatMap((piece, index) => {
    if (index % 2 === 0) return [piece];
    const value = values[Number(piece)];
    return value === undefined ? [] : partsOfNode(value, whole);
  });
}

function idParts(
  scopeParts: (scopes: readonly (readonly OpenText[])[]) => readonly OpenText[] | undefined,
): PartsOfCall {
  return ({ args }, whole) => {
    const typeAt = args.findIndex((arg) => arg.kind === "text" && /^[^/]+\/[^/]/.test(arg.value));
    const type = args[typeAt];
    if (type?.kind !== "text") return undefined;
    const [namespace = "", ...types] = type.value.split("/");
    const names = args.slice(typeAt + 1);
    const scope = scopeParts(args.slice(0, typeAt).map((arg) => partsOfNode(arg, whole)));
    if (scope === undefined || names.length !== types.length) return undefined;
    const path = names.flatMap((name, index) => [`/${types[index] ?? ""}/`, ...partsOfNode(name, whole)]);
    return [...scope, `/providers/${namespace}`, ...path];
  };
}
