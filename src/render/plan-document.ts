import { Unknown } from "../expression/value.ts";
import type { GateError } from "../diagnostics/gate-error.ts";
import type { Plan, SourceId } from "../plan/plan.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import { readPath } from "../plan/property-reader.ts";
import { stringifyJson } from "../lib/stringify-json.ts";
import { toReportError } from "./assemble-report.ts";
import { type Printable, toPrintable } from "./printable.ts";

interface PlannedTarget {
  readonly name: string;
  readonly source: SourceId | null;
  readonly plan: Plan | null;
  readonly error: GateError | null;
}

/** The normalised plans as JSON: what rules see, with unknowns and secrets replaced. */
export function renderPlanJson(targets: readonly PlannedTarget[]): string {
  return `${stringifyJson({ schemaVersion: "1", targets: targets.map(toPlanTarget) })}\n`;
}

function toPlanTarget({ name, source, plan, error }: PlannedTarget): object {
  if (plan === null)
    return {
      name,
      source,
      status: "notJudged",
      error: error === null ? null : toReportError(error),
      scope: null,
      coverage: { analysed: 0, notAnalysed: [], context: [] },
      resources: [],
      outputs: {},
    };
  const analysed = plan.resources.filter(
    ({ outside, after, before }) => !outside && !((after ?? before) instanceof Unknown),
  ).length;
  return {
    name,
    source,
    status: "planned",
    error: null,
    scope: plan.scope,
    coverage: { analysed, notAnalysed: plan.notAnalysed, context: [] },
    resources: plan.resources.map((resource) => toPlanResource(resource, plan)),
    outputs: Object.fromEntries(
      Object.entries(plan.outputs).map(([key, { type, value }]) => [
        key,
        { type, value: toPrintable(value, "author") },
      ]),
    ),
    notifications: plan.notifications,
  };
}

function toPlanResource(resource: PlannedResource, plan: Plan): object {
  const { id, name, address, type, apiVersion, changeType, potential, before, after, dependsOn } = resource;
  const location = readPath(after ?? before, ["location"]);
  const { file, startLine, startColumn, endLine, endColumn } = plan.locate(resource, []);
  return {
    id: id instanceof Unknown ? toPrintable(id) : id.text,
    address,
    type,
    name: toPrintable(name),
    apiVersion,
    location: printableReading(location),
    changeType,
    potential,
    before: toPrintable(before, "author"),
    after: toPrintable(after, "author"),
    dependsOn,
    origin: { file, startLine, startColumn, endLine, endColumn },
  };
}

function printableReading(reading: ReturnType<typeof readPath>): Printable {
  if (reading.state === "known") return toPrintable(reading.value);
  return reading.state === "unknown" ? { unknown: reading.reason } : null;
}
