import { Unknown, type Value } from "../../src/expression/value.ts";
import { type ChangeType } from "../../src/plan/change-type.ts";
import { fileLocation, type NotAnalysed, type Plan } from "../../src/plan/plan.ts";
import type { PlannedResource } from "../../src/plan/planned-resource.ts";
import { parseResourceId } from "../../src/plan/resource-id.ts";
import type { Body } from "./resources.ts";

/** How a body takes part in a plan. */
export interface Planned {
  readonly before?: Body | undefined;
  readonly after?: Body | undefined;
  readonly changeType?: ChangeType;
  readonly outside?: boolean;
  readonly potential?: boolean;
}

/** A planned resource; without a change type it follows from which bodies there are. */
export function planned({ before, after, changeType, outside, potential }: Planned): PlannedResource {
  const body = after ?? before;
  if (body === undefined) throw new Error("a planned resource needs a body");
  return {
    id: parseResourceId(body.id) ?? new Unknown("not-reported"),
    address: null,
    type: body.type,
    name: body.name,
    apiVersion: typeof body["apiVersion"] === "string" ? body["apiVersion"] : null,
    changeType: changeType ?? (after === undefined ? "delete" : before === undefined ? "create" : "modify"),
    potential: potential ?? false,
    outside: outside ?? false,
    before: (before ?? null) satisfies Value,
    after: (after ?? null) satisfies Value,
    dependsOn: [],
  };
}

/** A plan of the given resources, fully analysed unless told otherwise. */
export function planOf(resources: readonly PlannedResource[], notAnalysed: readonly NotAnalysed[] = []): Plan {
  return {
    source: "arm-what-if",
    scope: null,
    stateBasis: "live",
    resources,
    notAnalysed,
    notifications: [],
    outputs: {},
    locate: () => fileLocation("plan.json"),
  };
}
