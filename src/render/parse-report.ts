import { GateError } from "../diagnostics/gate-error.ts";
import { isRecord } from "../lib/is-record.ts";
import type { Report } from "./report.ts";

const LISTS = ["targets", "findings", "notifications", "reasons", "rules"];
const OBJECTS = ["tool", "policy", "summary", "subject"];

/**
 * Reads a report that this version, or one with the same schema, wrote.
 *
 * @throws GateError REPORT_INVALID when the text is not such a report
 */
export function parseReport(text: string, name: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new GateError("REPORT_INVALID", `${name} is not valid JSON`, { cause });
  }
  if (!isReport(json)) throw new GateError("REPORT_INVALID", `${name} is not a Portcullis report of schema version 1`);
  return json;
}

function isReport(json: unknown): json is Report {
  return (
    isRecord(json) &&
    json["schemaVersion"] === "1" &&
    typeof json["verdict"] === "string" &&
    typeof json["digest"] === "string" &&
    LISTS.every((name) => Array.isArray(json[name])) &&
    OBJECTS.every((name) => isRecord(json[name]))
  );
}
