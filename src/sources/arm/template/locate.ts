import { fileLocation, type Location } from "../../../plan/plan.ts";
import type { PlannedResource } from "../../../plan/planned-resource.ts";
import type { PropertyPath } from "../../../plan/property-path.ts";
import { Unknown } from "../../../expression/value.ts";
import type { Located } from "./node.ts";
import type { PlannedEntry } from "./planned-resources.ts";
import type { TemplateRequest } from "./request.ts";
import { trace } from "./trace.ts";

/** Where the properties of the resources of a template are written. Nothing is looked up before the first question. */
export function templateLocator(
  entries: readonly PlannedEntry[],
  { template }: TemplateRequest,
): (resource: PlannedResource, path: PropertyPath) => Location {
  let index: Index | null = null;
  return (resource, path) => {
    index ??= new Index(entries);
    const entry = index.find(resource);
    if (entry === undefined) return fileLocation(template.file.name);
    const { node } = entry.resource.declaration;
    if (path.length === 0) return locationOf(node, "resource");
    const { at, isWhole, use } = trace(entry.resource, path);
    const location = locationOf(at, isWhole ? "property" : at === node ? "resource" : "ancestor");
    return use === null ? location : { ...location, related: [locationOf(use, "property")] };
  };
}

/** Plans are joined with others, which copies their resources: found by body first, then by id. */
class Index {
  readonly #byBody = new Map<unknown, PlannedEntry>();
  readonly #byId = new Map<string, PlannedEntry>();

  constructor(entries: readonly PlannedEntry[]) {
    for (const entry of entries) {
      const { planned } = entry;
      this.#byBody.set(planned.after, entry);
      const key = keyOf(planned);
      if (!this.#byId.has(key)) this.#byId.set(key, entry);
    }
  }

  find(resource: PlannedResource): PlannedEntry | undefined {
    return this.#byBody.get(resource.after) ?? this.#byBody.get(resource.before) ?? this.#byId.get(keyOf(resource));
  }
}

function keyOf({ id, type, name }: PlannedResource): string {
  const text = id instanceof Unknown ? (id.expression ?? (name instanceof Unknown ? name.expression : name)) : id.key;
  return `${type.toLowerCase()} ${text ?? ""}`;
}

function locationOf({ file, start, end }: Located, precision: Location["precision"]): Location {
  const from = file.placeOf(start);
  const to = file.placeOf(end);
  return {
    file: file.name,
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    precision,
  };
}
