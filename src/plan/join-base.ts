import { Unknown } from "../expression/value.ts";
import type { Notification } from "../diagnostics/notification.ts";
import { plural } from "../lib/plural.ts";
import type { Plan } from "./plan.ts";
import type { PlannedResource } from "./planned-resource.ts";
import { sameValue } from "./value-equality.ts";

/** As in ARM: whether what the template does not name stays or goes. */
export type DeploymentMode = "incremental" | "complete";

/**
 * `plan` with the resources of `base`, the same target at an earlier state, as its world before. What both have is `modify` or `noChange`.
 * What only the base has goes in complete mode; in incremental mode it stays as it was, beside the template.
 */
export function joinBase(plan: Plan, base: Plan, mode: DeploymentMode): Plan {
  const earlier = new Earlier(base.resources);
  const resources = plan.resources.map((resource) => withBefore(resource, earlier.take(resource)));
  const rest = earlier.rest();
  const fromBase = new Set<PlannedResource>();
  for (const resource of rest) {
    const left: PlannedResource =
      mode === "complete"
        ? { ...resource, changeType: "delete", before: resource.after, after: null }
        : { ...resource, changeType: "ignore", before: resource.after };
    fromBase.add(left);
    resources.push(left);
  }
  return {
    ...plan,
    stateBasis: "base",
    resources,
    notAnalysed: [...plan.notAnalysed],
    notifications: [...plan.notifications, ...leftBehind(rest, mode)],
    locate: (resource, path) => (fromBase.has(resource) ? base : plan).locate(resource, path),
  };
}

function withBefore(resource: PlannedResource, earlier: PlannedResource | undefined): PlannedResource {
  if (earlier === undefined) return resource;
  const before = earlier.after;
  return { ...resource, before, changeType: sameValue(before, resource.after) ? "noChange" : "modify" };
}

function leftBehind(resources: readonly PlannedResource[], mode: DeploymentMode): readonly Notification[] {
  if (resources.length === 0 || mode === "complete") return [];
  return [
    {
      level: "note",
      code: "left-behind",
      message: `${plural(resources.length, "resource")} of the base ${resources.length === 1 ? "is" : "are"} no longer in the template: an incremental deployment leaves ${resources.length === 1 ? "it" : "them"} as before`,
    },
  ];
}

/** The resources of the base, each of which is given out once. */
class Earlier {
  readonly #byKey = new Map<string, PlannedResource[]>();

  constructor(resources: readonly PlannedResource[]) {
    for (const resource of resources) {
      if (resource.outside) continue;
      const key = keyOf(resource);
      const list = this.#byKey.get(key);
      if (list === undefined) this.#byKey.set(key, [resource]);
      else list.push(resource);
    }
  }

  /** The same resource in the base. Where one id stands several times, they are matched in their order. */
  take(resource: PlannedResource): PlannedResource | undefined {
    return resource.outside ? undefined : this.#byKey.get(keyOf(resource))?.shift();
  }

  rest(): readonly PlannedResource[] {
    return [...this.#byKey.values()].flat();
  }
}

/** Two resources with the same key are the same one: by id, by the expression that gives it, else by the author's own name. */
function keyOf({ id, type, name, address }: PlannedResource): string {
  if (!(id instanceof Unknown)) return id.key;
  const written = id.expression ?? (name instanceof Unknown ? name.expression : name.toLowerCase()) ?? address ?? "";
  return `${type.toLowerCase()}\n${written}`;
}
