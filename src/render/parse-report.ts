import { GateError } from "../diagnostics/gate-error.ts";
import type { Report } from "./report.ts";
import { reportShape } from "./report-shape.ts";

/**
 * Reads a report that this version, or one with the same schema, wrote.
 *
 * @throws GateError REPORT_INVALID when the text is not such a report; the message names the first member that is wrong
 */
export function parseReport(text: string, name: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new GateError("REPORT_INVALID", `${name} is not valid JSON`, { cause });
  }
  const problem = reportShape(json, "");
  if (problem !== undefined)
    throw new GateError("REPORT_INVALID", `${name} is not a Portcullis report of schema version 1: ${problem}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shape has just been checked
  return json as Report;
}
