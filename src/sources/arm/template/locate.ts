import { fileLocation, type Location } from "../../../plan/plan.ts";
import type { PlannedResource } from "../../../plan/planned-resource.ts";
import type { PropertyPath } from "../../../plan/property-path.ts";
import type { PlannedEntry } from "./planned-resources.ts";
import type { TemplateRequest } from "./request.ts";

/** Where the properties of the resources of a template are written. */
export function templateLocator(
  _entries: readonly PlannedEntry[],
  request: TemplateRequest,
): (resource: PlannedResource, path: PropertyPath) => Location {
  return () => fileLocation(request.template.file.name);
}
