/** Parsed JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Whether `value` is a JSON object. */
export function isJsonObject(value: unknown): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text, when `value` is one that says something. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Deepest nesting of `details` that is followed in a service error. */
const MAX_ERROR_DEPTH = 8;

/**
 * The nested causes of an ARM error, flattened: `code: message`, each once. A message that is itself JSON is opened.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
 */
export function errorDetails(error: { readonly [name: string]: Json }): readonly string[] {
  const lines = new Set<string>();
  collect(error, { lines, depth: 0 });
  return [...lines];
}

function collect(error: { readonly [name: string]: Json }, state: { lines: Set<string>; depth: number }): void {
  if (state.depth >= MAX_ERROR_DEPTH) return;
  const details = Array.isArray(error["details"]) ? error["details"].filter(isJsonObject) : [];
  const inner = embedded(textOf(error["message"]));
  for (const detail of inner === undefined ? details : [...details, inner]) {
    const opened = embedded(textOf(detail["message"]));
    if (opened === undefined)
      state.lines.add(`${textOf(detail["code"]) ?? "error"}: ${textOf(detail["message"]) ?? "no message"}`);
    collect(detail, { lines: state.lines, depth: state.depth + 1 });
  }
}

/** The error object inside a message that is JSON text. */
function embedded(message: string | undefined): { readonly [name: string]: Json } | undefined {
  if (message?.startsWith("{") !== true) return undefined;
  try {
    const parsed: unknown = JSON.parse(message);
    const error = isJsonObject(parsed) ? (parsed["error"] ?? parsed) : undefined;
    return isJsonObject(error) ? error : undefined;
  } catch {
    return undefined; // text that merely starts with a brace
  }
}
