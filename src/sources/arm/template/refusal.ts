import { GateError } from "../../../diagnostics/gate-error.ts";
import type { ErrorCode } from "../../../diagnostics/catalogue.ts";
import type { Located } from "./node.ts";

/** Where a node is written, as messages say it: `main.json:12:5`. */
export function placeOf({ file, start }: Located): string {
  const { line, column } = file.placeOf(start);
  return `${file.name}:${line}:${column}`;
}

/** @throws GateError TEMPLATE_INVALID always: Resource Manager would refuse the template */
export function refuseTemplate(message: string, at: Located): never {
  throw refusal("TEMPLATE_INVALID", message, at);
}

/** The error that says why Resource Manager would refuse, and where that is written. */
export function refusal(
  code: Extract<ErrorCode, "TEMPLATE_INVALID" | "PARAMETER_INVALID">,
  message: string,
  at: Located,
): GateError {
  return new GateError(code, `${placeOf(at)}: ${message}`);
}
