import { GateError } from "../../diagnostics/gate-error.ts";
import type { Notification } from "../../diagnostics/notification.ts";
import { fileLocation, type NotAnalysed, type Plan } from "../../plan/plan.ts";
import type { PlannedResource } from "../../plan/planned-resource.ts";
import type { PlanSource } from "../source.ts";
import { readChange } from "./what-if-change.ts";
import { errorDetails, type Json, isJsonObject, textOf } from "./json.ts";
import { scopeOf } from "./what-if-scope.ts";

/**
 * The result of an ARM what-if: the REST body with or without the `properties` level, the object that tools save, full or id-only.
 *
 * @see https://learn.microsoft.com/rest/api/resources/deployments/what-if
 */
export const whatIfSource: PlanSource = {
  async load({ document, json }) {
    return { plan: planOfWhatIf(json, document.name) };
  },
};

/**
 * The plan in a what-if result. `file` is where findings point to.
 *
 * @throws GateError WHAT_IF_FAILED when the service reports a failure (a failed what-if can come with HTTP 200), WHAT_IF_MALFORMED when
 *   the document has no list of changes
 */
export function planOfWhatIf(json: unknown, file: string): Plan {
  if (!isJsonObject(json)) throw new GateError("WHAT_IF_MALFORMED", `${file} is not a what-if result`);
  refuseFailure(json, file);
  const body = isJsonObject(json["properties"]) && !Array.isArray(json["changes"]) ? json["properties"] : json;
  const changes = body["changes"];
  if (!Array.isArray(changes)) throw new GateError("WHAT_IF_MALFORMED", `${file} has no list of changes`);
  const diagnostics = listOf(body["diagnostics"] ?? json["diagnostics"]);
  const incomplete = diagnostics.filter((diagnostic) => INCOMPLETE.test(textOf(diagnostic["code"]) ?? ""));
  const resources: PlannedResource[] = [];
  const notAnalysed: NotAnalysed[] = incomplete.map((diagnostic) => ({
    resource: textOf(diagnostic["target"]) ?? "nested deployment",
    reason: `${textOf(diagnostic["code"])}: ${textOf(diagnostic["message"]) ?? "not expanded"}`,
  }));
  const lists = [
    { list: changes, potential: false },
    { list: listOf(body["potentialChanges"] ?? json["potentialChanges"]), potential: true },
  ];
  for (const { list, potential } of lists) {
    for (const [index, change] of list.entries()) {
      const read = readChange(change, { index, potential, expansionIncomplete: incomplete.length > 0 });
      if (read.resource !== undefined) resources.push(read.resource);
      if (read.notAnalysed !== undefined) notAnalysed.push(read.notAnalysed);
    }
  }
  return {
    source: "arm-what-if",
    scope: scopeOf(resources),
    stateBasis: "live",
    resources,
    notAnalysed,
    notifications: diagnostics.map(toNotification),
    outputs: {},
    locate: () => fileLocation(file),
  };
}

/** Diagnostics that say: part of the template was not looked into. */
const INCOMPLETE = /ShortCircuited|SkippedFromInternalExpansion|ExpansionLimit|NotExpanded/i;

function refuseFailure(json: Readonly<Record<string, Json>>, file: string): void {
  const error = isJsonObject(json["error"]) ? json["error"] : undefined;
  const status = textOf(json["status"]);
  const succeeded = status === undefined || status.toLowerCase() === "succeeded";
  if (error === undefined && succeeded) return;
  const code = textOf(error?.["code"]) ?? status ?? "Unknown";
  const details = error === undefined ? [] : errorDetails(error);
  const message = textOf(error?.["message"]);
  const said = message === undefined ? "" : `: ${message}`;
  throw new GateError("WHAT_IF_FAILED", `Azure did not complete the what-if in ${file} (${code})${said}`, {
    serviceCode: code,
    details,
  });
}

function listOf(value: Json | undefined): readonly Readonly<Record<string, Json>>[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function toNotification(diagnostic: Readonly<Record<string, Json>>): Notification {
  const code = textOf(diagnostic["code"]) ?? "diagnostic";
  const level = textOf(diagnostic["level"])?.toLowerCase();
  const target = textOf(diagnostic["target"]);
  const message = `${textOf(diagnostic["message"]) ?? "no message"}${target === undefined ? "" : ` (${target})`}`;
  return { level: level === "error" || level === "warning" ? level : "note", code: `what-if/${code}`, message };
}
