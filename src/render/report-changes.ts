import { isObject, Unknown } from "../expression/value.ts";
import { type PropertyChange, propertyChanges } from "../plan/delta.ts";
import { findNoise } from "../plan/noise.ts";
import type { PlannedResource } from "../plan/planned-resource.ts";
import { formatPath } from "../plan/property-path.ts";
import { toPrintable } from "./printable.ts";
import type { ReportChange, ReportResource } from "./report.ts";

/** A resource as reports name it: `null` where the id or name is not known. */
export function toReportResource({ id, address, type, name }: PlannedResource): ReportResource {
  return { id: id instanceof Unknown ? null : id.text, address, type, name: name instanceof Unknown ? null : name };
}

/** What happens to a resource, property by property for a modification; noise is listed apart, by path. */
export function toReportChange(resource: PlannedResource): ReportChange {
  const { id, address, type, name } = toReportResource(resource);
  const { changeType, potential, before, after } = resource;
  const changes = changeType === "modify" && isObject(before) && isObject(after) ? propertyChanges(before, after) : [];
  const properties: ReportChange["properties"][number][] = [];
  const noise: ReportChange["noise"][number][] = [];
  for (const change of changes) {
    const reason = findNoise(change);
    if (reason === undefined) properties.push(toReportProperty(change));
    else noise.push({ path: formatPath(change.path), reason });
  }
  return { resourceId: id, address, type, name, changeType, potential, properties, noise };
}

function toReportProperty({ path, change, before, after }: PropertyChange): ReportChange["properties"][number] {
  return { path: formatPath(path), change, before: toPrintable(before ?? null), after: toPrintable(after ?? null) };
}
